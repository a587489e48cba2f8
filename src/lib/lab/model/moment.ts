/**
 * Everything that the views show of one moment: gathered once, as plain values, so that drawing
 * asks the engine nothing.
 */
import type { Direction, EngineEvent, Packet, Ruleset, Station, StationList } from '$lib/engine';
import type { Recording } from './recording';
import type { Stop } from './stops';
import { countUpTo } from '$lib/timeline/field-history';
import type { EntryRow, TableView } from './table-rows';
import { rowAt, tableView } from './table-rows';
import type { StationEvent, WalkView } from './walk-view';
import { stationKey, walkView } from './walk-view';

export interface Moment {
	/** 0: nothing has happened; n: the n-th stop. */
	readonly at: number;
	readonly stop: Stop | null;
	readonly event: EngineEvent | null;
	/** What was folded into the stop besides. */
	readonly also: readonly EngineEvent[];
	/** World time in ms. */
	readonly now: number;
	/** Scenario step under way, -1 before the first. */
	readonly step: number;
	readonly direction: Direction | null;
	/** The walk through the shown host; `null` before the packet reaches it. */
	readonly walk: WalkView | null;
	/** The station at which the packet stands, if the stop is about one of the shown host. */
	readonly current: string | null;
	readonly stations: StationList;
	/** The shown host's rules. */
	readonly rules: Ruleset;
	readonly packet: Packet | null;
	/** The packet as it was when it came in; what differs was rewritten on the way. */
	readonly original: Packet | null;
	readonly table: TableView;
	/** The table as it was before this step: `get` gives a row by its entry's id. */
	readonly before: Pick<TableView, 'get' | 'count'>;
	/** Entries that have gone in this step. */
	readonly gone: readonly EntryRow[];
	/** Entry of the packet at hand. */
	readonly entry: number | null;
}

/** Without any rules, there is still connection tracking; hosts that are no Linux host have no inside. */
const NO_STATIONS: StationList = {
	prerouting: [],
	input: [],
	forward: [],
	output: [],
	postrouting: []
};

/** The stop's walk on this host, or the last one before it in the same step. */
function walkAt({ stops, index }: Recording, at: number, name: string): number | null {
	const host = index.hosts.get(name);
	if (!host) return null;
	const last = countUpTo(host.stops, at) - 1;
	const stop = stops[(host.stops[last] ?? 0) - 1];
	return stop && stop.step === stops[at - 1]?.step ? host.walks[last]! : null;
}

/** The packet at hand, and as it was when its last walk began. */
function packetsAt(
	{ events, index }: Recording,
	focus: number
): { packet: Packet | null; original: Packet | null } {
	let packet: Packet | null = null;
	let walk: number | null = null;
	for (let i = focus; i >= 0; i--) {
		const event = events[i]!;
		if (event.kind === 'step') break;
		if (event.kind === 'sent') return { packet: packet ?? event.packet, original: event.packet };
		if (!('packet' in event)) continue;
		packet ??= event.packet;
		// What arrives came out of the last walk that sent something out.
		if (walk === null && 'walk' in event && (event.kind === 'out' || event === events[focus]))
			walk = event.walk;
		if (event.kind === 'begin' && event.walk === walk) return { packet, original: event.packet };
	}
	if (walk === null) return { packet, original: packet };
	// A held packet began its walk in an earlier step.
	const begin = events[index.walks.get(walk)?.events[0] ?? -1];
	return { packet, original: begin && 'packet' in begin ? begin.packet : packet };
}

/** The events of a walk that have happened. */
function walkEvents({ events, index }: Recording, id: number, cursor: number): EngineEvent[] {
	const own = index.walks.get(id)?.events ?? [];
	return own.slice(0, countUpTo(own, cursor - 1)).map((i) => events[i]!);
}

/** Look at a moment. Costs the same wherever it is; the timeline stays where it stands. */
export function momentAt(recording: Recording, at: number, host: string): Moment {
	const { timeline, stops, events, index, stepStarts } = recording;
	const stop = stops[at - 1] ?? null;
	const cursor = stop?.cursor ?? 0;
	const instant = timeline.at(cursor);
	const start = timeline.at(stop ? (stepStarts[stop.step] ?? 0) : 0);
	const event = stop ? events[stop.focus]! : null;
	const id = walkAt(recording, at, host);
	const walk =
		id === null
			? null
			: walkView(
					walkEvents(recording, id, cursor),
					id,
					// As it will turn out, so that it is drawn in one colour from the start.
					index.walks.get(id)?.direction ?? null
				);
	const { packet, original } = stop
		? packetsAt(recording, stop.focus)
		: { packet: null, original: null };
	const own = timeline.hosts.get(host);
	return {
		at,
		stop,
		event,
		also: stop ? events.slice(stop.from, stop.cursor).filter((one) => one !== event) : [],
		now: instant.now,
		step: stop?.step ?? -1,
		direction: stop?.direction ?? null,
		walk,
		current: event?.kind === 'station' && event.host === host ? stationKey(event.station) : null,
		stations: own ? instant.stations(own) : NO_STATIONS,
		rules: own ? instant.ruleset(own) : { tables: [] },
		packet,
		original,
		table: tableView(timeline, cursor, host),
		before: tableView(timeline, start.cursor, host),
		gone: own ? instant.gone(own, start).map((entry) => rowAt(start, entry)) : [],
		entry: walk?.entry ?? null
	};
}

/** What a station said to the walk; `null` when it has not been reached. */
export function saidAt(moment: Moment, station: Station): StationEvent | null {
	return moment.walk?.said.get(stationKey(station)) ?? null;
}
