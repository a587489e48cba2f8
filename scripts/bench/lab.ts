/**
 * How quick the Lab is in a long timeline, in a real browser whose processor is slowed four times: what a step forward,
 * a step back and a jump cost the main thread, and how many frames are dropped while it plays.
 *
 * A step's cost is the time of all the main thread's tasks from the key press to the end of the next frame, as the
 * browser counts it (`TaskDuration`): scripts, styles, layout and painting. What asking costs is measured likewise,
 * with nothing to do, and told beside it; it is not taken off.
 */
import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { findBrowser } from '../tools/browser.mjs';
import { listen, siteServer } from '../serve.mjs';
import { longScenario } from '../../src/routes/[lang=lang]/gallery/long/long-scenario';
import { runTimeline } from '../../src/lib/timeline/run';

/** How many times the processor is slowed down. */
const SLOWED = 4;
const FLOWS = 1900;
const STEPS = 100;
/** Milliseconds of playing. */
const PLAYED = 10_000;
const FRAME = 1000 / 60;

export interface LabFigures {
	readonly events: number;
	readonly stops: number;
	/** Milliseconds of the main thread at the 95th percentile. */
	readonly nothing: number;
	readonly forward: number;
	readonly back: number;
	readonly jump: number;
	/** Frames that were dropped while playing, of all that there should have been. */
	readonly dropped: number;
}

function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds that the main thread has worked so far. */
async function worked(session: CDPSession): Promise<number> {
	const { metrics } = await session.send('Performance.getMetrics');
	return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
}

/** A key, a place on the timeline, or nothing at all. */
type Doing = { readonly key: string } | { readonly share: number } | null;

/** Does something in the page and waits until its frame is on the screen. */
function act(page: Page, doing: Doing): Promise<void> {
	return page.evaluate(
		(what) =>
			new Promise<void>((resolve) => {
				const slider = document.querySelector<HTMLInputElement>('.lab input[type=range]')!;
				if (what && 'share' in what) {
					slider.value = String(Math.round(what.share * Number(slider.max)));
					slider.dispatchEvent(new Event('input', { bubbles: true }));
				} else if (what)
					slider.dispatchEvent(new KeyboardEvent('keydown', { key: what.key, bubbles: true }));
				// The frame is done when what was posted from within it arrives.
				requestAnimationFrame(() => {
					const { port1, port2 } = new MessageChannel();
					port1.onmessage = () => resolve();
					port2.postMessage(null);
				});
			}),
		doing
	);
}

/** The 95th percentile of what something costs, done again and again. */
async function cost(
	page: Page,
	session: CDPSession,
	doing: (turn: number) => Doing,
	turns = STEPS
): Promise<number> {
	const costs: number[] = [];
	for (let turn = -10; turn < turns; turn++) {
		const before = await worked(session);
		await act(page, doing(turn));
		const after = await worked(session);
		// The first ones are for the compiler.
		if (turn >= 0) costs.push(after - before);
	}
	return percentile(costs, 0.95);
}

/** The share of frames that did not come while the Lab played. */
async function droppedWhilePlaying(page: Page): Promise<number> {
	const select = page.locator('.lab .speed select');
	await select.selectOption({ index: 4 });
	await act(page, { share: 0.3 });
	await page.locator('.lab button.play').click();
	const dropped = await page.evaluate(
		([time, frame]) =>
			new Promise<number>((resolve) => {
				const frames = {
					began: -1,
					last: 0,
					lost: 0,
					look(now: number): void {
						if (frames.began < 0) frames.began = now;
						else frames.lost += Math.max(0, Math.round((now - frames.last) / frame) - 1);
						frames.last = now;
						const lasted = now - frames.began;
						if (lasted < time) requestAnimationFrame((next) => frames.look(next));
						else resolve(frames.lost / Math.round(lasted / frame));
					}
				};
				requestAnimationFrame((now) => frames.look(now));
			}),
		[PLAYED, FRAME] as const
	);
	await page.locator('.lab button.play').click();
	return dropped;
}

/**
 * @param folder the built site
 * @returns `null` where there is no Chromium
 */
export async function measureLab(folder: string): Promise<LabFigures | null> {
	const executablePath = await findBrowser();
	if (!executablePath) return null;
	const { events } = runTimeline(longScenario(FLOWS));
	const server = siteServer({ folder });
	const port = await listen(server, 0, '127.0.0.1');
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		await page.goto(`http://127.0.0.1:${port}/en/gallery/long/?flows=${FLOWS}`);
		const slider = page.locator('.lab input[type=range]');
		await slider.waitFor({ timeout: 120_000 });
		const stops = Number(await slider.getAttribute('max'));
		const session = await page.context().newCDPSession(page);
		await session.send('Performance.enable');
		await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
		const random = generator(20261122);
		const nothing = await cost(page, session, () => null);
		await act(page, { share: 0.5 });
		const forward = await cost(page, session, () => ({ key: 'ArrowRight' }));
		const back = await cost(page, session, () => ({ key: 'ArrowLeft' }));
		const jump = await cost(page, session, () => ({ share: random() }));
		const dropped = await droppedWhilePlaying(page);
		return { events: events.length, stops, nothing, forward, back, jump, dropped };
	} finally {
		await browser.close();
		server.closeAllConnections();
		server.close();
	}
}

/** Numbers from 0 to below 1, the same every time (mulberry32). */
function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let z = Math.imul(state ^ (state >>> 15), state | 1);
		z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
		return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
	};
}
