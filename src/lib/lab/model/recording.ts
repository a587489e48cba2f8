/** A timeline with what the Lab works out of it once. */
import type { EngineEvent, HookName, Ruleset, StationList } from '$lib/engine';
import type { Scenario } from '$lib/scenario/scenario';
import { Timeline } from '$lib/timeline/timeline';
import type { Stop } from './stops';
import { stopsOf } from './stops';

export interface Recording {
	readonly scenario: Scenario;
	readonly timeline: Timeline;
	readonly events: readonly EngineEvent[];
	readonly stops: readonly Stop[];
	/** Index of the first event of each scenario step. */
	readonly stepStarts: readonly number[];
}

/** Runs a scenario and looks at all of it. Throws a `ScenarioFault` when its rules cannot be read. */
export function record(scenario: Scenario): Recording {
	const timeline = Timeline.of(scenario);
	const stepStarts: number[] = [];
	timeline.events.forEach(({ step }, index) => {
		while (stepStarts.length <= step) stepStarts.push(index);
	});
	return {
		scenario,
		timeline,
		events: timeline.events.map(({ event }) => event),
		stops: stopsOf(timeline.events),
		stepStarts
	};
}

/** What a host's inside looks like in the course of a recording: sizes are reserved for all of it. */
export interface InsideHistory {
	/** Hooks that some packet visits. */
	readonly visited: ReadonlySet<HookName>;
	/** The stations at the start and after each command that changed the rules. */
	readonly stations: readonly StationList[];
	/** The rules at the start. */
	readonly rules: Ruleset | null;
	/** The most entries that there are at once, unconfirmed ones included. */
	readonly entries: number;
}

/** Looks through a recording for what happens inside one host. */
export function insideHistory({ timeline, events }: Recording, name: string): InsideHistory {
	const host = timeline.world.hosts.get(name);
	const visited = new Set<HookName>();
	const stations: StationList[] = [];
	let entries = 0;
	let most = 0;
	const { cursor } = timeline;
	timeline.goTo(0);
	const rules = host?.ruleset ?? null;
	if (host) stations.push(host.stations);
	events.forEach((event, index) => {
		if (!('host' in event) || event.host !== name) return;
		if (event.kind === 'station') {
			visited.add(event.station.hook);
			const { outcome } = event;
			// It is on its packet, and needs room all the same.
			if (outcome.kind === 'conntrack' && outcome.created) most = Math.max(most, entries + 1);
		} else if (event.kind === 'hook') visited.add(event.hook);
		else if (event.kind === 'route' && event.decision === 'forward') visited.add('forward');
		else if (event.kind === 'table') {
			if (event.change.kind === 'new') entries++;
			else if (event.change.kind === 'destroy') entries--;
			most = Math.max(most, entries);
		} else if (event.kind === 'command' && host) {
			timeline.goTo(index + 1);
			if (stations.at(-1) !== host.stations) stations.push(host.stations);
		}
	});
	timeline.goTo(cursor);
	return { visited, stations, rules, entries: most };
}
