/**
 * What there is to tell of any stop: a transcript asks for many, and the whole moment of each would be far too much
 * work.
 */
import type { EngineEvent, Relation } from '$lib/engine';
import { stateName } from '$lib/engine';
import type { Telling } from '../words/facts';
import type { Recording } from './recording';
import type { StationEvent } from './walk-view';

type Tracked = StationEvent & {
	readonly outcome: Extract<StationEvent['outcome'], { kind: 'conntrack' }>;
};

/** Whether connection tracking looked at a packet. */
export function isTracked(event: EngineEvent): event is Tracked {
	return event.kind === 'station' && event.outcome.kind === 'conntrack';
}

/** World time in ms at a stop (from 1). */
export function timeAt({ timeline, stops }: Recording, at: number): number {
	return timeline.at(stops[at - 1]?.cursor ?? 0).now;
}

/** What connection tracking said of an event's packet by then; `null` where it has not been asked. */
function relationOf({ events, index }: Recording, focus: number): Relation | null {
	const event = events[focus]!;
	if (!('walk' in event)) return null;
	const own = index.walks.get(event.walk)?.events ?? [];
	const found = own.findLast((i) => i <= focus && isTracked(events[i]!));
	const said = found === undefined ? null : events[found]!;
	return said && isTracked(said) ? said.outcome.relation : null;
}

/** Where the timeline stood before a conntrack station's event: what the tracker did to the table is told first. */
export function beforeTracking({ events }: Recording, index: number): number {
	let from = index;
	while (events[from - 1]?.kind === 'table') from--;
	return from;
}

/** What sentences are told from at a stop (from 1; 0 is before anything has happened). */
export function tellingAt(recording: Recording, at: number): Telling {
	const stop = recording.stops[at - 1];
	if (!stop)
		return { event: null, also: [], was: null, state: null, direction: null, relation: null };
	const { events } = recording;
	const event = events[stop.focus]!;
	const also = events.slice(stop.from, stop.cursor).filter((one) => one !== event);
	const entry = isTracked(event) ? event.outcome.entry : null;
	const made = isTracked(event) && event.outcome.created;
	const stateAt = (cursor: number): string | null => {
		if (!entry) return null;
		const then = recording.timeline.at(cursor);
		return stateName({ tcp: then.value(entry, 'tcp'), sctp: then.value(entry, 'sctp') });
	};
	return {
		event,
		also,
		was: made ? null : stateAt(beforeTracking(recording, stop.focus)),
		state: stateAt(stop.focus + 1),
		direction: stop.direction,
		relation: relationOf(recording, stop.focus)
	};
}
