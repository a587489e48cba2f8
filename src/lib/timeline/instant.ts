/** The world at one moment. Nothing is moved for it: two of them can be looked at side by side. */
import type { Entry, Ruleset, StationList, Tuple, World } from '../engine';
import { buildStations } from '../engine';
import type { Past } from './past';
import type { SeenHost } from './timeline';

/** A ruleset always has the same stations. */
const stationsFor = new WeakMap<Ruleset, StationList>();

export class Instant {
	constructor(
		private readonly world: World,
		private readonly past: Past,
		/** How many events have happened. */
		readonly cursor: number
	) {}

	/** World time in ms. */
	get now(): number {
		return this.past.value(this.world, 'now', this.cursor);
	}

	/** The scenario step under way, -1 before the first. */
	get step(): number {
		return this.past.value(this.world, 'step', this.cursor);
	}

	/** One field of any object of the world (a host, an entry, a rule's counter). */
	value<T extends object, K extends keyof T>(object: T, key: K): T[K] {
		return this.past.value(object, key, this.cursor);
	}

	/** An entry as it was. It does not change any more, and must not be changed. */
	entry(entry: Entry): Readonly<Entry> {
		return this.past.copy(entry, this.cursor);
	}

	/** How often an object had changed by then: it was the same in all moments that give one number. */
	version(object: object): number {
		return this.past.version(object, this.cursor);
	}

	/**
	 * The entries of a host's table, oldest first, losers of races among them; the same list as long as none comes or
	 * goes. They are the world's own: ask `entry` what one of them was like.
	 */
	table(host: SeenHost): readonly Entry[] {
		return this.past.table(host.conntrack.table).at(this.cursor);
	}

	/** The entry of a host's table that has this tuple in either direction, in whatever zone. */
	find(host: SeenHost, tuple: Tuple): Entry | null {
		return this.past.table(host.conntrack.table).find(tuple, this.cursor);
	}

	/** Entries of a host that are on their packet, not in the table. */
	loose(host: SeenHost): readonly Entry[] {
		return this.past.looseAt(host, this.cursor);
	}

	/** Entries of a host's table that have gone since an earlier moment. */
	gone(host: SeenHost, since: Instant): readonly Entry[] {
		return this.past.table(host.conntrack.table).gone(since.cursor, this.cursor);
	}

	ruleset(host: SeenHost): Ruleset {
		return this.value(host, 'ruleset');
	}

	stations(host: SeenHost): StationList {
		const ruleset = this.ruleset(host);
		let stations = stationsFor.get(ruleset);
		if (!stations) stationsFor.set(ruleset, (stations = buildStations(ruleset)));
		return stations;
	}
}
