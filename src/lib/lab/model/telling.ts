/**
 * What there is to tell of any stop: a transcript asks for many, and the whole moment of each would be far too much
 * work.
 */
import type { EngineEvent, Entry, Relation, TcpTracking } from '$lib/engine';
import { TCP, TCP_STATES, packetTuple } from '$lib/engine';
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

/** A TCP entry before and after connection tracking saw a packet. */
export interface Tracking {
	/** The packet's entry, or for a packet that was found invalid the one that its tuple fits. */
	readonly entry: Entry | null;
	readonly before: TcpTracking | null;
	readonly after: TcpTracking | null;
	/** An earlier connection's entry stood in the way and was deleted: its state. */
	readonly replaced: number | null;
}

/** Looks at the entry on both sides of a conntrack station's event. */
export function trackingAt({ timeline, events }: Recording, index: number): Tracking {
	const event = events[index];
	const host = event && 'host' in event ? timeline.hosts.get(event.host) : undefined;
	if (!event || !host || !isTracked(event) || event.before.ip.protocol !== TCP)
		return { entry: null, before: null, after: null, replaced: null };
	// What the tracker did to the table is told before the station, and is the station's doing.
	let from = index;
	while (events[from - 1]?.kind === 'table') from--;
	const earlier = timeline.at(from);
	const { entry: own, created } = event.outcome;
	const tuple = packetTuple(event.before);
	const found = (!own || created) && tuple ? earlier.find(host, tuple) : null;
	const entry = own ?? found;
	return {
		entry,
		before: created || !entry ? null : earlier.value(entry, 'tcp'),
		after: entry && timeline.at(index + 1).value(entry, 'tcp'),
		replaced: created && found ? (earlier.value(found, 'tcp')?.state ?? null) : null
	};
}

/** What sentences are told from at a stop (from 1; 0 is before anything has happened). */
export function tellingAt(recording: Recording, at: number): Telling {
	const stop = recording.stops[at - 1];
	if (!stop)
		return { event: null, also: [], was: null, state: null, direction: null, relation: null };
	const { events } = recording;
	const event = events[stop.focus]!;
	const also = events.slice(stop.from, stop.cursor).filter((one) => one !== event);
	const tracking =
		isTracked(event) && event.outcome.entry ? trackingAt(recording, stop.focus) : null;
	const name = (tracked: TcpTracking | null | undefined): string | null =>
		tracked ? (TCP_STATES[tracked.state] ?? null) : null;
	return {
		event,
		also,
		was: name(tracking?.before),
		state: name(tracking?.after),
		direction: stop.direction,
		relation: relationOf(recording, stop.focus)
	};
}
