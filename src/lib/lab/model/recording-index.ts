/**
 * What is looked up about a recording again and again, found out in one pass: which events are of which walk, which
 * stops are about which host, and where to jump to.
 */
import type { Direction, EngineEvent, TableEvent } from '$lib/engine';
import type { Stop } from './stops';

/** One packet's way through one host. */
export interface WalkIndex {
	readonly id: number;
	readonly host: string;
	/** Indexes of its events, ascending. */
	readonly events: readonly number[];
	/** Within its flow, as it turns out. */
	readonly direction: Direction | null;
}

export interface HostIndex {
	/** Stops (from 1) that are about a walk through this host, ascending, and which walk it is. */
	readonly stops: readonly number[];
	readonly walks: readonly number[];
	/** Stops (from 1) with which something in its table changes, as `conntrack -E` tells it; ascending. */
	readonly tableStops: readonly number[];
	/** All that its `conntrack -E` prints, with the index of the event. */
	readonly log: readonly TableEvent[];
	readonly logEvents: readonly number[];
	/** Entries that lost a race and were put in beside the winner (`nf_ct_resolve_clash`). */
	readonly beside: readonly number[];
}

export interface RecordingIndex {
	readonly walks: ReadonlyMap<number, WalkIndex>;
	readonly hosts: ReadonlyMap<string, HostIndex>;
	/** Stops (from 1) with which a scenario step begins, ascending. */
	readonly stepStops: readonly number[];
	/** Stops (from 1) at which a packet enters a hook, or a step begins; ascending. */
	readonly hookStops: readonly number[];
}

type Open<T> = { [key in keyof T]: T[key] extends readonly (infer E)[] ? E[] : T[key] };

/** Where a stop is within the hooks; `null` for one outside of them. */
function hookOf(event: EngineEvent): string | null {
	if (event.kind === 'station') return `${event.walk} ${event.station.hook}`;
	return event.kind === 'held' ? `${event.walk} ${event.hook}` : null;
}

export function indexOf(
	events: readonly EngineEvent[],
	stops: readonly Stop[],
	directions: ReadonlyMap<number, Direction>
): RecordingIndex {
	const walks = new Map<number, Open<WalkIndex>>();
	const hosts = new Map<string, Open<HostIndex>>();
	const hostOf = (name: string): Open<HostIndex> => {
		let host = hosts.get(name);
		if (!host) {
			host = { stops: [], walks: [], tableStops: [], log: [], logEvents: [], beside: [] };
			hosts.set(name, host);
		}
		return host;
	};
	const stepStops: number[] = [];
	const hookStops: number[] = [];
	let index = 0;
	let hook: string | null = null;
	stops.forEach((stop, i) => {
		for (; index < stop.cursor; index++) {
			const event = events[index]!;
			if ('walk' in event) {
				const { walk: id, host } = event;
				let walk = walks.get(id);
				if (!walk) {
					walk = { id, host, events: [], direction: directions.get(id) ?? null };
					walks.set(id, walk);
				}
				walk.events.push(index);
				if (event.kind === 'station') {
					const { outcome } = event;
					if (outcome.kind === 'confirm' && outcome.outcome === 'beside')
						hostOf(host).beside.push(outcome.entry.id);
				}
			} else if (event.kind === 'table') {
				const host = hostOf(event.host);
				host.log.push(event.change);
				host.logEvents.push(index);
				if (host.tableStops[host.tableStops.length - 1] !== i + 1) host.tableStops.push(i + 1);
			}
		}
		const focus = events[stop.focus]!;
		if ('walk' in focus) {
			const host = hostOf(focus.host);
			host.stops.push(i + 1);
			host.walks.push(focus.walk);
		}
		const first = stops[i - 1]?.step !== stop.step;
		if (first) {
			stepStops.push(i + 1);
			hook = null;
		}
		const here = hookOf(focus);
		if (first || (here !== null && here !== hook)) hookStops.push(i + 1);
		if (here !== null) hook = here;
	});
	return { walks, hosts, stepStops, hookStops };
}
