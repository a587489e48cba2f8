/**
 * One packet's walk through the shown host, as far as it has come: which hooks it has visited,
 * what each station said, and the waypoints that the path is drawn through.
 */
import type {
	Direction,
	EngineEvent,
	HookName,
	Relation,
	StationInfo,
	StationOutcome
} from '$lib/engine';

type Of<K extends EngineEvent['kind']> = Extract<EngineEvent, { kind: K }>;
export type BeginEvent = Of<'begin'>;
export type RouteEvent = Of<'route'>;
export type StationEvent = Of<'station'>;

/** A place on the drawn path. */
export type Waypoint =
	| { readonly at: 'in' }
	/** The host's own processes: where its packets begin and packets for it end. */
	| { readonly at: 'self'; readonly end: 'from' | 'to' }
	| { readonly at: 'hook'; readonly hook: HookName }
	| { readonly at: 'station'; readonly hook: HookName; readonly key: string }
	| { readonly at: 'route'; readonly after: 'input' | 'self' }
	| { readonly at: 'out' };

export interface WalkView {
	readonly id: number;
	readonly begin: BeginEvent;
	/** What the stations said, by `stationKey`. */
	readonly said: ReadonlyMap<string, StationEvent>;
	readonly visited: ReadonlySet<HookName>;
	readonly waypoints: readonly Waypoint[];
	readonly routes: readonly RouteEvent[];
	readonly direction: Direction | null;
	readonly relation: Relation | null;
	/** The entry that the packet belongs to. */
	readonly entry: number | null;
	readonly end: 'out' | 'delivered' | 'dropped' | 'held' | null;
}

/** Tells the stations of a host apart. */
export function stationKey(station: StationInfo): string {
	return `${station.hook}/${station.priority}/${station.kind}/${station.name}`;
}

/** Whether a station stopped the packet. */
export function isStopped(outcome: StationOutcome): boolean {
	switch (outcome.kind) {
		case 'conntrack':
		case 'nat':
			return outcome.dropped;
		case 'chain':
		case 'nat-rules':
			return outcome.verdict === 'drop';
		case 'confirm':
			return outcome.outcome === 'insert_failed' || outcome.outcome === 'helper_drop';
		case 'defrag':
			return outcome.outcome === 'waiting';
		case 'passed over':
			return false;
	}
}

/** Gathers a walk out of its events; `direction` as it turns out to be. */
export function walkView(
	events: readonly EngineEvent[],
	id: number,
	direction: Direction | null
): WalkView | null {
	const own = events.filter((event) => 'walk' in event && event.walk === id);
	const begin = own.find((event) => event.kind === 'begin');
	if (!begin) return null;
	const said = new Map<string, StationEvent>();
	const visited = new Set<HookName>();
	const waypoints: Waypoint[] = [];
	const routes: RouteEvent[] = [];
	let relation: Relation | null = null;
	let entry: number | null = null;
	let end: WalkView['end'] = null;
	const enter = (hook: HookName): void => {
		if (visited.has(hook)) return;
		// A hook without stations says nothing of itself.
		if (hook === 'postrouting' && visited.has('prerouting')) enter('forward');
		visited.add(hook);
		waypoints.push({ at: 'hook', hook });
	};
	waypoints.push(begin.interface === null ? { at: 'self', end: 'from' } : { at: 'in' });
	for (const event of own) {
		switch (event.kind) {
			case 'hook':
				enter(event.hook);
				break;
			case 'station': {
				const { station, outcome } = event;
				enter(station.hook);
				const key = stationKey(station);
				said.set(key, event);
				waypoints.push({ at: 'station', hook: station.hook, key });
				if (outcome.kind === 'conntrack') {
					relation = outcome.relation;
					entry = outcome.entry?.id ?? null;
				} else if (outcome.kind === 'nat' || outcome.kind === 'confirm') entry = outcome.entry.id;
				if (isStopped(outcome)) end = 'dropped';
				break;
			}
			case 'route':
				routes.push(event);
				if (!event.again)
					waypoints.push({ at: 'route', after: begin.interface === null ? 'self' : 'input' });
				break;
			case 'out':
				if (!visited.has('postrouting')) enter('postrouting');
				waypoints.push({ at: 'out' });
				end = 'out';
				break;
			case 'delivered':
				waypoints.push({ at: 'self', end: 'to' });
				end = 'delivered';
				break;
			case 'drop':
				end = 'dropped';
				break;
			case 'held':
				end = 'held';
				break;
			case 'released':
				end = null;
		}
	}
	return { id, begin, said, visited, waypoints, routes, direction, relation, entry, end };
}
