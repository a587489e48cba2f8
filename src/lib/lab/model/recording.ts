/** A timeline with what the Lab works out of it once. */
import type { EngineEvent, HookName, Ruleset, StationList } from '$lib/engine';
import type { Scenario } from '$lib/scenario/scenario';
import type { Timeline } from '$lib/timeline/timeline';
import { directionsOf, walkDirections } from './directions';
import type { RecordingIndex } from './recording-index';
import { indexOf } from './recording-index';
import type { Stop } from './stops';
import { stopsOf } from './stops';

export interface Recording {
	readonly scenario: Scenario;
	readonly timeline: Timeline;
	readonly events: readonly EngineEvent[];
	readonly stops: readonly Stop[];
	/** Index of the first event of each scenario step. */
	readonly stepStarts: readonly number[];
	readonly index: RecordingIndex;
}

/** Looks at all of a run. */
export function recordingOf(timeline: Timeline): Recording {
	const stepStarts: number[] = [];
	timeline.events.forEach(({ step }, index) => {
		while (stepStarts.length <= step) stepStarts.push(index);
	});
	const events = timeline.events.map(({ event }) => event);
	const walks = walkDirections(events);
	const stops = stopsOf(timeline.events, directionsOf(events, walks));
	return {
		scenario: timeline.scenario,
		timeline,
		events,
		stops,
		stepStarts,
		index: indexOf(events, stops, walks)
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

const histories = new WeakMap<Recording, Map<string, InsideHistory>>();

/** Looks through a recording for what happens inside one host; once for each host. */
export function insideHistory(recording: Recording, name: string): InsideHistory {
	let known = histories.get(recording);
	if (!known) histories.set(recording, (known = new Map()));
	let history = known.get(name);
	if (!history) known.set(name, (history = lookThrough(recording, name)));
	return history;
}

function lookThrough({ timeline, events }: Recording, name: string): InsideHistory {
	const host = timeline.hosts.get(name);
	const visited = new Set<HookName>();
	const stations: StationList[] = [];
	let entries = 0;
	let most = 0;
	const start = timeline.at(0);
	if (host) stations.push(start.stations(host));
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
			const now = timeline.at(index + 1).stations(host);
			if (stations.at(-1) !== now) stations.push(now);
		}
	});
	return { visited, stations, rules: host ? start.ruleset(host) : null, entries: most };
}
