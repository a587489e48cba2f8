/**
 * The connection tracking table: a hash table in which every confirmed entry stands twice, once
 * for each direction's tuple (`nf_conntrack_hash`). Written by hand because a lookup is the
 * innermost thing a packet does, and because an entry that lost a race stands in it only once.
 */
import type { Journal } from '../journal';
import type { Direction, Entry } from './entry';
import { ORIGINAL, REPLY } from './entry';
import type { Tuple } from './tuple';
import type { Zone } from './zone';
import { zoneIn } from './zone';

interface Slot {
	readonly tuple: Tuple;
	readonly zone: number;
	readonly entry: Entry;
	readonly direction: Direction;
	next: Slot | null;
}

/** What a lookup finds: the entry, and which of its directions the tuple is. */
export interface Found {
	readonly entry: Entry;
	readonly direction: Direction;
}

function hashOf(tuple: Tuple): number {
	let h = Math.imul(tuple.src ^ (tuple.protocol << 24), 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15) ^ tuple.dst, 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13) ^ ((tuple.sport << 16) | tuple.dport), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

export class ConntrackTable {
	private buckets: (Slot | null)[] = new Array<Slot | null>(256).fill(null);
	private slots = 0;
	/** All confirmed entries that listings show, by id; in no order that means anything. */
	readonly entries = new Map<number, Entry>();
	/** Losers of a race that stand in the reply direction only (`nf_ct_resolve_clash_harder`). */
	readonly hidden = new Map<number, Entry>();
	/**
	 * Entries that exist at all, unconfirmed ones included (`nf_conntrack_count` of the namespace):
	 * this is what `nf_conntrack_max` bounds.
	 */
	count = 0;

	constructor(private readonly journal: Journal) {}

	/** Confirmed entries, oldest first. */
	list(): Entry[] {
		return [...this.entries.values()].sort((a, b) => a.id - b.id);
	}

	private insertSlot(slot: Slot): void {
		if (this.slots >= this.buckets.length * 2) this.grow();
		const at = hashOf(slot.tuple) & (this.buckets.length - 1);
		slot.next = this.buckets[at]!;
		this.buckets[at] = slot;
		this.slots++;
	}

	private removeSlot(entry: Entry, direction: Direction, tuple: Tuple): void {
		const at = hashOf(tuple) & (this.buckets.length - 1);
		let before: Slot | null = null;
		for (let slot = this.buckets[at] ?? null; slot; before = slot, slot = slot.next) {
			if (slot.entry !== entry || slot.direction !== direction) continue;
			if (before) before.next = slot.next;
			else this.buckets[at] = slot.next;
			this.slots--;
			return;
		}
	}

	private grow(): void {
		const old = this.buckets;
		this.buckets = new Array<Slot | null>(old.length * 4).fill(null);
		const mask = this.buckets.length - 1;
		for (const head of old) {
			let slot = head;
			while (slot) {
				const next = slot.next;
				const at = hashOf(slot.tuple) & mask;
				slot.next = this.buckets[at]!;
				this.buckets[at] = slot;
				slot = next;
			}
		}
	}

	private link(entry: Entry, both: boolean): void {
		if (both) {
			this.insertSlot({
				tuple: entry.original,
				zone: zoneIn(entry.zone, ORIGINAL),
				entry,
				direction: ORIGINAL,
				next: null
			});
			this.entries.set(entry.id, entry);
		} else this.hidden.set(entry.id, entry);
		this.insertSlot({
			tuple: entry.reply,
			zone: zoneIn(entry.zone, REPLY),
			entry,
			direction: REPLY,
			next: null
		});
	}

	private unlink(entry: Entry, both: boolean): void {
		if (both) {
			this.removeSlot(entry, ORIGINAL, entry.original);
			this.entries.delete(entry.id);
		} else this.hidden.delete(entry.id);
		this.removeSlot(entry, REPLY, entry.reply);
	}

	/** Put a confirmed entry in: in both directions, or a race's loser in the reply direction only. */
	insert(entry: Entry, both: boolean): void {
		if (!this.journal.recording) {
			this.link(entry, both);
			return;
		}
		this.journal.apply({
			undo: () => this.unlink(entry, both),
			redo: () => this.link(entry, both)
		});
	}

	/** Take an entry out of every place it stands in. */
	remove(entry: Entry): void {
		const both = this.entries.has(entry.id);
		if (!both && !this.hidden.has(entry.id)) return;
		if (!this.journal.recording) {
			this.unlink(entry, both);
			return;
		}
		this.journal.apply({
			undo: () => this.link(entry, both),
			redo: () => this.unlink(entry, both)
		});
	}

	/**
	 * The entry that has this tuple in either direction (`____nf_conntrack_find`); one that has
	 * expired by `now` (ms) is passed over.
	 */
	find(tuple: Tuple, zone: Zone, now: number): Found | null {
		let slot = this.buckets[hashOf(tuple) & (this.buckets.length - 1)] ?? null;
		for (; slot; slot = slot.next) {
			const other = slot.tuple;
			if (
				other.src === tuple.src &&
				other.dst === tuple.dst &&
				other.sport === tuple.sport &&
				other.dport === tuple.dport &&
				other.protocol === tuple.protocol &&
				slot.zone === zoneIn(zone, slot.direction) &&
				slot.entry.timeout > now
			)
				return slot;
		}
		return null;
	}

	/** Every entry that has this tuple, newest first: a race's loser shares its winner's. */
	findAll(tuple: Tuple, zone: Zone, now: number): Found[] {
		const found: Found[] = [];
		let slot = this.buckets[hashOf(tuple) & (this.buckets.length - 1)] ?? null;
		for (; slot; slot = slot.next) {
			const other = slot.tuple;
			if (
				other.src === tuple.src &&
				other.dst === tuple.dst &&
				other.sport === tuple.sport &&
				other.dport === tuple.dport &&
				other.protocol === tuple.protocol &&
				slot.zone === zoneIn(zone, slot.direction) &&
				slot.entry.timeout > now
			)
				found.push(slot);
		}
		return found;
	}
}
