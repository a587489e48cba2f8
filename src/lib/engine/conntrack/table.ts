/**
 * The connection tracking table: a hash table in which every confirmed entry stands twice, once
 * for each direction's tuple (`nf_conntrack_hash`). Written by hand because a lookup is the
 * innermost thing a packet does, and because an entry that lost a race stands in it only once.
 */
import type { Journal } from '../journal';
import type { Direction, Entry } from './entry';
import { ORIGINAL, REPLY, tupleOf } from './entry';
import { TableChange } from './table-change';
import type { Tuple } from './tuple';
import type { Zone } from './zone';
import { zoneIn } from './zone';

/**
 * One direction's place in its bucket. The tuple stands in it as small integers (addresses signed,
 * ports joined), so that passing a slot by touches nothing but the slot.
 */
interface Slot {
	readonly src: number;
	readonly dst: number;
	readonly ports: number;
	readonly protocol: number;
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

function portsOf(tuple: Tuple): number {
	return (tuple.sport << 16) | tuple.dport;
}

function hashOf(src: number, dst: number, ports: number, protocol: number): number {
	let h = Math.imul(src ^ (protocol << 24), 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15) ^ dst, 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13) ^ ports, 0xc2b2ae35);
	return h ^ (h >>> 16);
}

function slotOf(entry: Entry, direction: Direction): Slot {
	const tuple = tupleOf(entry, direction);
	return {
		src: tuple.src | 0,
		dst: tuple.dst | 0,
		ports: portsOf(tuple),
		protocol: tuple.protocol,
		zone: zoneIn(entry.zone, direction),
		entry,
		direction,
		next: null
	};
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
		if (this.slots >= this.buckets.length) this.grow();
		this.prepend(slot);
		this.slots++;
	}

	private prepend(slot: Slot): void {
		const { src, dst, ports, protocol } = slot;
		const at = hashOf(src, dst, ports, protocol) & (this.buckets.length - 1);
		slot.next = this.buckets[at]!;
		this.buckets[at] = slot;
	}

	private bucketOf(tuple: Tuple): number {
		return hashOf(tuple.src, tuple.dst, portsOf(tuple), tuple.protocol) & (this.buckets.length - 1);
	}

	private removeSlot(entry: Entry, direction: Direction): void {
		const at = this.bucketOf(tupleOf(entry, direction));
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
		for (const head of old) {
			// From the oldest on, so that of two with one tuple the newest is still found first.
			const chain: Slot[] = [];
			for (let slot = head; slot; slot = slot.next) chain.push(slot);
			for (const slot of chain.reverse()) this.prepend(slot);
		}
	}

	/** Only for changes that are made, undone and redone; all others call `insert`. */
	link(entry: Entry, both: boolean): void {
		if (both) {
			this.insertSlot(slotOf(entry, ORIGINAL));
			this.entries.set(entry.id, entry);
		} else this.hidden.set(entry.id, entry);
		this.insertSlot(slotOf(entry, REPLY));
	}

	/** Only for changes that are made, undone and redone; all others call `remove`. */
	unlink(entry: Entry, both: boolean): void {
		if (both) {
			this.removeSlot(entry, ORIGINAL);
			this.entries.delete(entry.id);
		} else this.hidden.delete(entry.id);
		this.removeSlot(entry, REPLY);
	}

	/** Put a confirmed entry in: in both directions, or a race's loser in the reply direction only. */
	insert(entry: Entry, both: boolean): void {
		if (!this.journal.recording) {
			this.link(entry, both);
			return;
		}
		this.journal.apply(new TableChange(this, entry, both, true));
	}

	/** Take an entry out of every place it stands in. */
	remove(entry: Entry): void {
		const both = this.entries.has(entry.id);
		if (!both && !this.hidden.has(entry.id)) return;
		if (!this.journal.recording) {
			this.unlink(entry, both);
			return;
		}
		this.journal.apply(new TableChange(this, entry, both, false));
	}

	/**
	 * The entry that has this tuple in either direction (`____nf_conntrack_find`); one that has
	 * expired by `now` (ms) is passed over.
	 *
	 * @param side in whose bucket alone is looked. The kernel's hash has the zone of a direction in it: a packet is looked
	 *   for in both, a tuple that is to be taken in its own (`hash_conntrack`)
	 */
	find(tuple: Tuple, zone: Zone, now: number, side?: Direction): Found | null {
		return this.search(this.buckets[this.bucketOf(tuple)]!, tuple, zone, now, side);
	}

	/** Every entry that has this tuple, newest first: a race's loser shares its winner's. */
	findAll(tuple: Tuple, zone: Zone, now: number, side?: Direction): Found[] {
		const found: Found[] = [];
		let slot = this.search(this.buckets[this.bucketOf(tuple)]!, tuple, zone, now, side);
		for (; slot; slot = this.search(slot.next, tuple, zone, now, side)) found.push(slot);
		return found;
	}

	/** The first slot from this one on that has a tuple. */
	private search(
		from: Slot | null,
		tuple: Tuple,
		zone: Zone,
		now: number,
		side: Direction | undefined
	): Slot | null {
		const src = tuple.src | 0;
		const dst = tuple.dst | 0;
		const ports = portsOf(tuple);
		for (let slot = from; slot; slot = slot.next)
			if (
				slot.src === src &&
				slot.ports === ports &&
				slot.dst === dst &&
				slot.protocol === tuple.protocol &&
				slot.zone === zoneIn(zone, slot.direction) &&
				(side === undefined || slot.zone === zoneIn(zone, side)) &&
				slot.entry.timeout > now
			)
				return slot;
		return null;
	}
}
