/**
 * Where the stepper stops. The engine tells more than a person wants to step through one by one:
 * an event of little weight is folded into the stop before or after it, and what happened there
 * is drawn along with it.
 */
import type { Direction, EngineEvent } from '$lib/engine';
import type { TimelineEvent } from '$lib/timeline/timeline';
import { directionsOf } from './directions';

/** What a stop is drawn as on the timeline. */
export type MarkKind =
	| 'start'
	| 'hook'
	| 'passed'
	| 'verdict'
	| 'rewrite'
	/** An entry was made (on its packet or into the table), changed, or is gone. */
	| 'made'
	| 'changed'
	| 'gone'
	| 'drop'
	| 'arrival'
	| 'time'
	| 'command';

export interface Stop {
	/** How many events have happened when the reader stands here. */
	readonly cursor: number;
	/** Index of the event that this stop is about. */
	readonly focus: number;
	/** Index of the first event that belongs to it. */
	readonly from: number;
	/** Scenario step, from 0. */
	readonly step: number;
	readonly mark: MarkKind;
	/** Direction of the packet within its flow; `null` where it has none. */
	readonly direction: Direction | null;
}

/** `lead`: told with the stop after it; `trail`: with the one before it. */
type Weight = 'lead' | 'stop' | 'trail';

function stationWeight(event: EngineEvent & { kind: 'station' }): Weight {
	const { station, outcome } = event;
	switch (outcome.kind) {
		case 'passed over':
			if (outcome.reason === 'not a fragment') return 'lead';
			return station.kind === 'nat' || station.kind === 'confirm' ? 'trail' : 'stop';
		case 'nat':
			return outcome.rewrites.length === 0 && !outcome.dropped ? 'trail' : 'stop';
		case 'confirm':
			// What a helper did to the packet, or read in it, is told at this station.
			return outcome.outcome === 'known' && !outcome.expects && event.packet === event.before
				? 'trail'
				: 'stop';
		default:
			return 'stop';
	}
}

/**
 * Whether a host's answer begins here while the packet that it answers has not come to its end:
 * the end is told first.
 */
function isEarlyAnswer(events: readonly TimelineEvent[], index: number): boolean {
	const { event } = events[index]!;
	if (!('walk' in event) || (event.kind !== 'begin' && event.kind !== 'route')) return false;
	for (let i = index; i >= 0; i--) {
		const earlier = events[i]!.event;
		if (!('walk' in earlier) || earlier.walk !== event.walk) return false;
		if (earlier.kind !== 'begin') continue;
		if (earlier.origin !== 'answer') return false;
		for (let next = index + 1; next < events.length; next++) {
			const later = events[next]!.event;
			if (!('walk' in later) || later.walk !== event.walk)
				return 'walk' in later && later.walk === earlier.answers;
			if (later.kind === 'station') return false;
		}
		return false;
	}
	return false;
}

function weightOf(events: readonly TimelineEvent[], index: number): Weight {
	const { event } = events[index]!;
	switch (event.kind) {
		case 'step':
		case 'hook':
			return 'lead';
		case 'table':
			// An entry's change is told before the station that made it.
			return 'lead';
		case 'wire':
		case 'forward':
			return 'trail';
		case 'received': {
			// A copy that was meant for somebody else.
			const before = events[index - 1]?.event;
			return before?.kind === 'wire' && before.flooded ? 'trail' : 'stop';
		}
		case 'station':
			return stationWeight(event);
		case 'begin':
		case 'route':
			return isEarlyAnswer(events, index) ? 'lead' : 'stop';
		default:
			return 'stop';
	}
}

const CONFIRMED: Readonly<
	Record<'inserted' | 'known' | 'merged' | 'beside' | 'insert_failed' | 'helper_drop', MarkKind>
> = {
	inserted: 'made',
	beside: 'made',
	merged: 'gone',
	known: 'hook',
	insert_failed: 'drop',
	helper_drop: 'drop'
};

const CHANGED = { new: 'made', update: 'changed', destroy: 'gone' } as const;

function stationMark(event: EngineEvent & { kind: 'station' }): MarkKind {
	const { outcome } = event;
	switch (outcome.kind) {
		case 'passed over':
			return 'passed';
		case 'conntrack':
			return outcome.dropped ? 'drop' : outcome.created ? 'made' : 'hook';
		case 'chain':
			return outcome.verdict === 'drop' ? 'drop' : 'verdict';
		case 'nat-rules':
			return outcome.verdict === 'drop' ? 'drop' : 'verdict';
		case 'nat':
			return outcome.dropped ? 'drop' : 'rewrite';
		case 'confirm':
			return CONFIRMED[outcome.outcome];
		case 'defrag':
			return 'hook';
	}
}

/** The kind of mark that an event has on the timeline. */
export function markOf(event: EngineEvent): MarkKind {
	switch (event.kind) {
		case 'sent':
			return 'start';
		case 'begin':
			return event.origin === 'wire' || event.origin === 'loopback' ? 'hook' : 'start';
		case 'station':
			return stationMark(event);
		case 'drop':
			return 'drop';
		case 'received':
		case 'delivered':
			return 'arrival';
		case 'table':
			return CHANGED[event.change.kind];
		case 'time':
			return 'time';
		case 'command':
			return 'command';
		default:
			return 'hook';
	}
}

/** Marks that say little: what happened to an entry at such a stop is drawn instead. */
export const WEAK: ReadonlySet<MarkKind> = new Set(['hook', 'passed', 'verdict']);

type Open = { -readonly [key in keyof Stop]: Stop[key] };

/** The places at which the stepper stops, in order. Before the first of them nothing has happened. */
export function stopsOf(
	events: readonly TimelineEvent[],
	directions: readonly (Direction | null)[] = directionsOf(events.map(({ event }) => event))
): Stop[] {
	const stops: Open[] = [];
	let from = 0;
	const close = (stop: Open, cursor: number): void => {
		for (let i = from; i < cursor; i++) {
			const { event } = events[i]!;
			if (event.kind === 'table' && WEAK.has(stop.mark)) stop.mark = CHANGED[event.change.kind];
		}
		stop.cursor = cursor;
		from = cursor;
	};
	events.forEach(({ event, step }, index) => {
		const weight = weightOf(events, index);
		const last = stops[stops.length - 1];
		if (weight === 'trail' && last?.step === step) close(last, index + 1);
		else if (weight === 'stop') {
			const stop: Open = {
				cursor: index + 1,
				focus: index,
				from,
				step,
				mark: markOf(event),
				direction: directions[index] ?? null
			};
			stops.push(stop);
			close(stop, index + 1);
		}
	});
	const last = stops[stops.length - 1];
	if (last && from < events.length) close(last, events.length);
	return stops;
}

/** Index of the first stop of a scenario step, or of the first one after it; `stops.length` if none. */
export function firstStopOf(stops: readonly Stop[], step: number): number {
	let low = 0;
	let high = stops.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (stops[middle]!.step < step) low = middle + 1;
		else high = middle;
	}
	return low;
}
