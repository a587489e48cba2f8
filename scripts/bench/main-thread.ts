/**
 * What a page's main thread has to do for something that happens to it, out of a trace of the browser: all tasks from the
 * one that takes the event to the one that hands the frame to the compositor.
 *
 * It is counted in time of the thread itself (CPU time): the time by the clock of the same work is longer the more else a
 * machine has to do, and says nothing of the page then.
 */
import type { Browser, CDPSession } from '@playwright/test';

interface TraceEvent {
	readonly name: string;
	readonly ph: string;
	readonly pid: number;
	readonly tid: number;
	/** Microseconds: when it began, how long it lasted, and how long the thread was at work in it. */
	readonly ts: number;
	readonly dur: number;
	readonly tdur?: number;
	readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
}

/** Records what the browser does meanwhile. */
async function traced(browser: Browser, act: () => Promise<void>): Promise<TraceEvent[]> {
	const session: CDPSession = await browser.newBrowserCDPSession();
	const events: TraceEvent[] = [];
	session.on('Tracing.dataCollected', ({ value }) => {
		for (const event of value) events.push(event as unknown as TraceEvent);
	});
	await session.send('Tracing.start', {
		transferMode: 'ReportEvents',
		traceConfig: {
			includedCategories: [
				'toplevel',
				'devtools.timeline',
				'disabled-by-default-devtools.timeline',
				'cc'
			]
		}
	});
	await act();
	const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
	await session.send('Tracing.end');
	await complete;
	await session.detach();
	return events;
}

/** The outermost of pieces that lie in one another. */
function outermost(pieces: readonly TraceEvent[]): TraceEvent[] {
	const found: TraceEvent[] = [];
	let end = -Infinity;
	for (const piece of pieces.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
		if (piece.ts < end) continue;
		found.push(piece);
		end = piece.ts + piece.dur;
	}
	return found;
}

const within = (inner: TraceEvent, outer: TraceEvent): boolean =>
	inner.ts >= outer.ts && inner.ts < outer.ts + outer.dur;

/**
 * Milliseconds of the main thread for each event of a type, up to and with its frame. What the page puts off until the
 * browser is idle is not part of it; an event whose frame has not come before the next one is left out.
 */
export async function workPerEvent(
	browser: Browser,
	type: string,
	act: () => Promise<void>
): Promise<number[]> {
	const all = await traced(browser, act);
	const taken = all.find(({ name, args }) => name === 'EventDispatch' && args.data?.type === type);
	if (!taken) return [];
	const own = all.filter(
		({ ph, pid, tid }) => ph === 'X' && pid === taken.pid && tid === taken.tid
	);
	const named = (name: string): TraceEvent[] => own.filter((event) => event.name === name);
	const tasks = outermost(own.filter(({ name }) => name.endsWith('RunTask')));
	const idle = named('FireIdleCallback');
	const commits = named('Commit').toSorted((a, b) => a.ts - b.ts);
	const starts = named('EventDispatch')
		.filter(({ args }) => args.data?.type === type)
		.toSorted((a, b) => a.ts - b.ts);
	return starts.flatMap((start, i) => {
		const commit = commits.find(({ ts }) => ts > start.ts);
		if (!commit || commit.ts > (starts[i + 1]?.ts ?? Infinity)) return [];
		const first = tasks.findIndex((task) => within(start, task));
		const last = tasks.findIndex((task) => within(commit, task));
		if (first < 0 || last < first) return [];
		const work = tasks
			.slice(first, last + 1)
			.filter((task) => !idle.some((one) => within(one, task)))
			.reduce((sum, { tdur, dur }) => sum + (tdur ?? dur), 0);
		return [work / 1000];
	});
}
