/**
 * Everything that the views show of one moment: gathered once, as plain values, so that drawing
 * asks the engine nothing.
 */
import type { Direction, EngineEvent, Packet, Ruleset, Station, StationList } from '$lib/engine';
import type { Recording } from './recording';
import type { Stop } from './stops';
import type { EntryRow, TableView } from './table-rows';
import { tableView } from './table-rows';
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
	/** The rows as they were before this step, by id. */
	readonly before: ReadonlyMap<number, EntryRow>;
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
function walkAt({ events, stops }: Recording, at: number, host: string): number | null {
	const step = stops[at - 1]?.step;
	for (let i = at - 1; i >= 0 && stops[i]!.step === step; i--) {
		const event = events[stops[i]!.focus]!;
		if ('walk' in event && event.host === host) return event.walk;
	}
	return null;
}

/** The packet at hand, and as it was when its last walk began. */
function packetsAt(
	events: readonly EngineEvent[],
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
	const begin = events.find((event) => event.kind === 'begin' && event.walk === walk);
	return { packet, original: begin && 'packet' in begin ? begin.packet : packet };
}

/** The rows of a host's table at the end of the step before `step`. */
function tableBefore({ timeline, stepStarts }: Recording, step: number, host: string): TableView {
	timeline.goTo(stepStarts[step] ?? 0);
	return tableView(timeline.world, host);
}

/** Look at a moment; the timeline stands there afterwards. */
export function momentAt(recording: Recording, at: number, host: string): Moment {
	const { timeline, stops, events } = recording;
	const stop = stops[at - 1] ?? null;
	const { world } = timeline;
	const earlier = stop ? tableBefore(recording, stop.step, host) : null;
	timeline.goTo(stop?.cursor ?? 0);
	const event = stop ? events[stop.focus]! : null;
	const id = walkAt(recording, at, host);
	const walk =
		stop && id !== null
			? walkView(events.slice(0, stop.cursor), id, directionOf(recording, at, id))
			: null;
	const table = tableView(world, host);
	const present = new Set([...table.rows, ...table.unconfirmed].map((row) => row.id));
	const before = new Map((earlier?.rows ?? []).map((row) => [row.id, row]));
	const { packet, original } = stop
		? packetsAt(events, stop.focus)
		: { packet: null, original: null };
	return {
		at,
		stop,
		event,
		also: stop ? events.slice(stop.from, stop.cursor).filter((one) => one !== event) : [],
		now: world.now,
		step: stop?.step ?? -1,
		direction: stop?.direction ?? null,
		walk,
		current: event?.kind === 'station' && event.host === host ? stationKey(event.station) : null,
		stations: world.hosts.get(host)?.stations ?? NO_STATIONS,
		rules: world.hosts.get(host)?.ruleset ?? { tables: [] },
		packet,
		original,
		table,
		before,
		gone: [...before.values()].filter((row) => !present.has(row.id)),
		entry: walk?.entry ?? null
	};
}

/** A walk's direction as it will turn out, so that it is drawn in one colour from the start. */
function directionOf({ events, stops }: Recording, at: number, walk: number): Direction | null {
	for (let i = at - 1; i >= 0; i--) {
		const event = events[stops[i]!.focus]!;
		if ('walk' in event && event.walk === walk) return stops[i]!.direction;
	}
	return null;
}

/** What a station said to the walk; `null` when it has not been reached. */
export function saidAt(moment: Moment, station: Station): StationEvent | null {
	return moment.walk?.said.get(stationKey(station)) ?? null;
}
