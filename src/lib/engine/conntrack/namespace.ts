/**
 * Connection tracking of one host (`struct net`'s share of it): table, expectations, counters,
 * settings, and the log that `conntrack -E` prints.
 */
import type { Journal } from '../journal';
import type { Entry } from './entry';
import { IPS_CONFIRMED, IPS_DYING, IPS_SRC_NAT_DONE } from './entry';
import type { Expectation } from './expectation';
import { formatEntry, secondsLeft } from './print';
import type { ConntrackSettings } from './settings';
import { ConntrackTable } from './table';
import type { Tuple } from './tuple';

/** Event bits (`enum ip_conntrack_events`). */
export const EVENT_NEW = 1 << 0;
export const EVENT_RELATED = 1 << 1;
export const EVENT_DESTROY = 1 << 2;
export const EVENT_REPLY = 1 << 3;
export const EVENT_ASSURED = 1 << 4;
export const EVENT_PROTOINFO = 1 << 5;
export const EVENT_HELPER = 1 << 6;
export const EVENT_MARK = 1 << 7;
export const EVENT_SEQADJ = 1 << 8;
export const EVENT_LABEL = 1 << 10;
export const EVERY_EVENT = 0xffff;
/** What `conntrack -U` may have changed. */
const EVENTS_OF_UPDATE =
	EVENT_REPLY | EVENT_ASSURED | EVENT_HELPER | EVENT_PROTOINFO | EVENT_SEQADJ | EVENT_MARK;

/** What `conntrack -S` counts. */
export const STATISTICS = [
	'found',
	'invalid',
	'insert',
	'insert_failed',
	'drop',
	'early_drop',
	'error',
	'search_restart',
	'clash_resolve',
	'chaintoolong'
] as const;
export type Statistic = (typeof STATISTICS)[number];

/** What a change of the table was, for those who watch. */
export interface TableEvent {
	readonly kind: 'new' | 'update' | 'destroy';
	readonly entry: Entry;
	/** The line `conntrack -E` prints. */
	readonly line: string;
}

/** What `conntrack -E` appends when a command did it (the `conntrack` program here). */
const BY_COMMAND = ' [USERSPACE] progname=conntrack';

/** Address and port in one number; protocols share it. */
function sourceKey(tuple: Tuple): number {
	return tuple.src * 0x10000 + tuple.sport;
}

const isList: (mapped: Entry | readonly Entry[]) => mapped is readonly Entry[] = Array.isArray;

export class Conntrack {
	readonly table: ConntrackTable;
	readonly statistics: Record<Statistic, number>;
	/** Event lines since the host came up. */
	readonly log: TableEvent[] = [];
	readonly expectations: Expectation[] = [];
	/** Told of each event as it is logged. */
	watcher: ((change: TableEvent) => void) | null = null;
	/** Entries of packets that wait, and how many of those each has. */
	private readonly pinned = new Map<Entry, number>();
	/** Entries by original source, for "this source is mapped already" (`nf_nat_bysource`). */
	private readonly bySource = new Map<number, Entry | readonly Entry[]>();

	constructor(
		readonly journal: Journal,
		public settings: ConntrackSettings
	) {
		this.table = new ConntrackTable(journal);
		this.statistics = Object.fromEntries(STATISTICS.map((name) => [name, 0])) as Record<
			Statistic,
			number
		>;
	}

	countStatistic(name: Statistic): void {
		this.journal.set(this.statistics, name, this.statistics[name] + 1);
	}

	/** Note an event; it is told when a packet of the flow leaves (`nf_conntrack_event_cache`). */
	cacheEvent(entry: Entry, bit: number): void {
		this.journal.set(entry, 'events', entry.events | bit);
	}

	/** Whether one of these events is told. The sysctl has no part in it any more. */
	private isTold({ told }: Entry, events: number): boolean {
		return told !== null && (told & events) !== 0;
	}

	/** Tell what was noted (`nf_ct_deliver_cached_events`). */
	deliverEvents(entry: Entry, now: number): void {
		if (!(entry.status & IPS_CONFIRMED) || entry.status & IPS_DYING) return;
		const events = entry.events;
		if (events === 0) return;
		this.journal.set(entry, 'events', 0);
		if (!this.isTold(entry, events)) return;
		const kind = events & (EVENT_NEW | EVENT_RELATED) ? 'new' : 'update';
		this.tell(kind, entry, now, (events & EVENT_PROTOINFO) !== 0, '');
	}

	private tell(
		kind: TableEvent['kind'],
		entry: Entry,
		now: number,
		state: boolean,
		suffix: string
	): void {
		const seconds = secondsLeft(entry.timeout, now);
		const text = formatEntry(entry, {
			seconds: kind === 'destroy' && seconds === 0 ? undefined : seconds,
			state,
			counters: kind === 'destroy',
			...(kind === 'destroy' && { now }),
			helper: kind !== 'destroy'
		});
		const line = `[${kind.toUpperCase()}] ${text}${suffix}`;
		const change: TableEvent = { kind, entry, line };
		if (this.journal.recording) this.journal.push(this.log, change);
		else this.log.push(change);
		this.watcher?.(change);
	}

	/** Tell of an entry that a command changed (`conntrack -U`). */
	tellUpdate(entry: Entry, now: number): void {
		if (this.isTold(entry, EVENTS_OF_UPDATE)) this.tell('update', entry, now, true, BY_COMMAND);
	}

	/** Tell of an entry that a command made (`conntrack -I`). */
	tellNew(entry: Entry, now: number): void {
		this.tell('new', entry, now, true, BY_COMMAND);
	}

	/**
	 * Take an entry out of the table (`nf_ct_delete`).
	 *
	 * @param byCommand whether a user's command did it, which the event says
	 */
	destroy(entry: Entry, now: number, byCommand = false): void {
		if (entry.status & IPS_DYING) return;
		this.journal.set(entry, 'status', entry.status | IPS_DYING);
		if (entry.status & IPS_CONFIRMED && this.isTold(entry, EVENT_DESTROY))
			this.tell('destroy', entry, now, true, byCommand ? BY_COMMAND : '');
		this.table.remove(entry);
		if (this.pinned.has(entry)) this.forget(entry);
		else this.release(entry);
		for (let i = this.expectations.length - 1; i >= 0; i--)
			if (this.expectations[i]!.master === entry) this.journal.removeAt(this.expectations, i);
	}

	/** The memory of an entry is given back (`nf_conntrack_free`). */
	release(entry: Entry): void {
		this.journal.set(this.table, 'count', this.table.count - 1);
		this.forget(entry);
	}

	private forget(entry: Entry): void {
		if (entry.status & IPS_SRC_NAT_DONE) this.forgetSource(entry);
	}

	/** A packet of this flow waits: while it does, the entry is counted, even when it is deleted. */
	pin(entry: Entry): void {
		if (entry.status & IPS_DYING && !this.pinned.has(entry))
			this.journal.set(this.table, 'count', this.table.count + 1);
		this.journal.put(this.pinned, entry, (this.pinned.get(entry) ?? 0) + 1);
	}

	/** The packet goes on, or is thrown away. */
	unpin(entry: Entry): void {
		const left = (this.pinned.get(entry) ?? 1) - 1;
		this.journal.put(this.pinned, entry, left > 0 ? left : undefined);
		if (left === 0 && entry.status & IPS_DYING)
			this.journal.set(this.table, 'count', this.table.count - 1);
	}

	/** Remember that this source has a mapping. */
	rememberSource(entry: Entry): void {
		const key = sourceKey(entry.original);
		const others = this.mappedFrom(key);
		this.journal.put(this.bySource, key, others.length > 0 ? [entry, ...others] : entry);
	}

	private forgetSource(entry: Entry): void {
		const key = sourceKey(entry.original);
		const left = this.mappedFrom(key).filter((other) => other !== entry);
		this.journal.put(this.bySource, key, left.length > 1 ? left : left[0]);
	}

	private mappedFrom(key: number): readonly Entry[] {
		const mapped = this.bySource.get(key);
		// Most sources have one flow, which then stands there without a list around it.
		return mapped === undefined ? [] : isList(mapped) ? mapped : [mapped];
	}

	/** Entries that began at this source, newest first. */
	entriesFrom(tuple: Tuple): readonly Entry[] {
		return this.mappedFrom(sourceKey(tuple)).filter(
			({ original }) => original.protocol === tuple.protocol
		);
	}

	/** All that has run out by `now` (ms) goes, as the kernel's collector would have it gone. */
	expire(now: number): void {
		for (const entry of [...this.table.list(), ...this.table.hidden.values()])
			if (entry.timeout <= now) this.destroy(entry, now);
		for (let i = this.expectations.length - 1; i >= 0; i--)
			if (this.expectations[i]!.timeout <= now) this.journal.removeAt(this.expectations, i);
	}
}
