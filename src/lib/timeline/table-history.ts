/** Which entries stood in a connection tracking table, and which were on a packet, in the course of time. */
import type { Entry, Tuple, Walk } from '../engine';
import { countUpTo } from './field-history';

const FOR_GOOD = 0x7fffffff;

/** Things that are there from one cursor on and up to another. */
class Stays<T> {
	private from = new Int32Array(16);
	private to = new Int32Array(16);
	readonly things: T[] = [];

	/** `thing` is there from `cursor` on; gives its place among all that ever were. */
	begin(thing: T, cursor: number): number {
		const place = this.things.push(thing) - 1;
		if (place === this.from.length) {
			this.from = grown(this.from);
			this.to = grown(this.to);
		}
		this.from[place] = cursor;
		this.to[place] = FOR_GOOD;
		return place;
	}

	end(place: number, cursor: number): void {
		this.to[place] = cursor;
	}

	has(place: number, cursor: number): boolean {
		return this.from[place]! <= cursor && this.to[place]! > cursor;
	}

	/** What is there when `cursor` events have happened, in the order of coming. */
	at(cursor: number): T[] {
		const { things, from, to } = this;
		// They are noted in the order of time.
		const come = countUpTo(from, cursor, things.length);
		const found: T[] = [];
		for (let i = 0; i < come; i++) if (to[i]! > cursor) found.push(things[i]!);
		return found;
	}

	/** What was there at `earlier` and is not at `later`. */
	gone(earlier: number, later: number): T[] {
		const { things, from, to } = this;
		const come = countUpTo(from, earlier, things.length);
		const found: T[] = [];
		for (let i = 0; i < come; i++) if (to[i]! > earlier && to[i]! <= later) found.push(things[i]!);
		return found;
	}
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(list.length * 2);
	larger.set(list);
	return larger;
}

const tupleKey = ({ protocol, src, dst, sport, dport }: Tuple): string =>
	`${protocol} ${src} ${sport} ${dst} ${dport}`;

/** One host's table. */
export class TableHistory {
	private readonly stays = new Stays<Entry>();
	private readonly places = new Map<Entry, number>();
	/** Cursors at which something came or went, ascending. */
	private readonly changed: number[] = [];
	/** Places by both tuples of the entry that stands there, made when one is first asked for. */
	private tuples: Map<string, number[]> | null = null;
	private last: { version: number; entries: readonly Entry[] } | null = null;

	insert(entry: Entry, cursor: number): void {
		this.places.set(entry, this.stays.begin(entry, cursor));
		this.note(cursor);
	}

	remove(entry: Entry, cursor: number): void {
		const place = this.places.get(entry);
		if (place === undefined) return;
		this.places.delete(entry);
		this.stays.end(place, cursor);
		this.note(cursor);
	}

	private note(cursor: number): void {
		if (this.changed[this.changed.length - 1] !== cursor) this.changed.push(cursor);
	}

	/** Entries of the table, oldest first. The same list as long as none comes or goes. */
	at(cursor: number): readonly Entry[] {
		const version = countUpTo(this.changed, cursor);
		if (this.last?.version !== version) {
			const entries = this.stays.at(cursor);
			// Most are confirmed in the order in which they were made.
			if (entries.some((entry, i) => i > 0 && entries[i - 1]!.id > entry.id))
				entries.sort((a, b) => a.id - b.id);
			this.last = { version, entries };
		}
		return this.last.entries;
	}

	/** Entries that were there at `earlier` and have gone by `later`, oldest first. */
	gone(earlier: number, later: number): Entry[] {
		if (countUpTo(this.changed, earlier) === countUpTo(this.changed, later)) return [];
		return this.stays.gone(earlier, later).sort((a, b) => a.id - b.id);
	}

	/** The entry that had this tuple in either direction, in whatever zone; `null` where there was none. */
	find(tuple: Tuple, cursor: number): Entry | null {
		const { things } = this.stays;
		for (const place of this.byTuple().get(tupleKey(tuple)) ?? [])
			if (this.stays.has(place, cursor)) return things[place]!;
		return null;
	}

	private byTuple(): Map<string, number[]> {
		if (this.tuples) return this.tuples;
		const tuples = new Map<string, number[]>();
		this.stays.things.forEach((entry, place) => {
			// What NAT decides is decided when an entry gets into the table.
			for (const key of new Set([tupleKey(entry.original), tupleKey(entry.reply)])) {
				const places = tuples.get(key);
				if (places) places.push(place);
				else tuples.set(key, [place]);
			}
		});
		return (this.tuples = tuples);
	}

	/** Cursors at which entries came or went, ascending. */
	get changes(): readonly number[] {
		return this.changed;
	}
}

/**
 * The packets that are under way in hosts: those that stand in one of the world's lists, of walks that can go on and of
 * walks that are held, and are not over.
 */
export class WalkHistory {
	private readonly stays = new Stays<Walk>();
	/** In how many lists a walk stands, and its place among all stays. */
	private readonly standing = new Map<Walk, { lists: number; place: number }>();

	enter(walk: Walk, cursor: number): void {
		const known = this.standing.get(walk);
		// From one list into the other it comes before it goes.
		if (known) known.lists++;
		else this.standing.set(walk, { lists: 1, place: this.stays.begin(walk, cursor) });
	}

	leave(walk: Walk, cursor: number): void {
		const known = this.standing.get(walk);
		if (!known || --known.lists > 0) return;
		this.standing.delete(walk);
		this.stays.end(known.place, cursor);
	}

	over(walk: Walk, cursor: number): void {
		const known = this.standing.get(walk);
		if (!known) return;
		this.standing.delete(walk);
		this.stays.end(known.place, cursor);
	}

	at(cursor: number): readonly Walk[] {
		return this.stays.at(cursor);
	}
}
