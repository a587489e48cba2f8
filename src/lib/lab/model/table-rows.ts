/** The connection tracking table as rows to show. Rows are plain values: they stay as they were. */
import type { Entry, Tuple, Zone } from '$lib/engine';
import {
	ICMP,
	IPS_ASSURED,
	IPS_CONFIRMED,
	IPS_SEEN_REPLY,
	formatAddress,
	formatEntry,
	formatListed,
	hasPorts,
	invertTuple,
	protocolName,
	secondsLeft,
	stateName
} from '$lib/engine';
import type { Instant } from '$lib/timeline/instant';
import type { SeenHost, Timeline } from '$lib/timeline/timeline';

/** One end of a tuple, and whether translation put it there. */
export interface EndView {
	readonly text: string;
	readonly translated: boolean;
}

export interface TupleView {
	readonly src: EndView;
	readonly dst: EndView;
	/** ICMP queries: type, code, id. */
	readonly icmp: readonly [type: number, code: number, id: number] | null;
}

export interface EntryRow {
	readonly id: number;
	readonly protocol: string;
	/** Only TCP and SCTP have states of their own. */
	readonly state: string | null;
	readonly seconds: number;
	readonly original: TupleView;
	readonly reply: TupleView;
	readonly masqueraded: boolean;
	readonly seenReply: boolean;
	readonly assured: boolean;
	readonly mark: number;
	readonly helper: string | null;
	readonly zone: Zone;
	/** `IPS_*` bits. */
	readonly status: number;
	/** Packets and bytes, original then reply; `null` where they are not counted. */
	readonly counters: Entry['accounting'];
	/** The entry whose helper foretold it. */
	readonly master: number | null;
	readonly confirmed: boolean;
	/** As `conntrack -L` prints it. */
	readonly line: string;
}

function end(address: number, port: number, protocol: number): string {
	return formatAddress(address) + (hasPorts(protocol) ? `:${port}` : '');
}

/** Source and destination of a tuple as text, `10.0.0.2:8080`. */
export function tupleEnds(tuple: Tuple): { src: string; dst: string } {
	return {
		src: end(tuple.src, tuple.sport, tuple.protocol),
		dst: end(tuple.dst, tuple.dport, tuple.protocol)
	};
}

function tupleView(tuple: Tuple, untranslated: Tuple | null): TupleView {
	const { src, dst } = tupleEnds(tuple);
	const plain = untranslated && tupleEnds(untranslated);
	return {
		src: { text: src, translated: plain !== null && plain.src !== src },
		dst: { text: dst, translated: plain !== null && plain.dst !== dst },
		icmp: tuple.protocol === ICMP ? [tuple.dport >> 8, tuple.dport & 255, tuple.sport] : null
	};
}

/** One entry as a row. `now` is world time in ms. */
function entryRow(entry: Entry, now: number): EntryRow {
	const { status, original, reply } = entry;
	const confirmed = (status & IPS_CONFIRMED) !== 0;
	// While it is unconfirmed, an entry's timeout says what it will get.
	const seconds = confirmed ? secondsLeft(entry.timeout, now) : Math.floor(entry.timeout / 1000);
	return {
		id: entry.id,
		protocol: protocolName(original.protocol) ?? String(original.protocol),
		state: stateName(entry),
		seconds,
		original: tupleView(original, null),
		reply: tupleView(reply, invertTuple(original)),
		masqueraded: entry.masqueradeIndex !== 0,
		seenReply: (status & IPS_SEEN_REPLY) !== 0,
		assured: (status & IPS_ASSURED) !== 0,
		mark: entry.mark,
		helper: entry.helper,
		zone: entry.zone,
		status,
		counters: entry.accounting,
		master: entry.master?.id ?? null,
		confirmed,
		line: confirmed
			? formatListed(entry, now)
			: formatEntry(entry, { seconds, state: true, counters: true })
	};
}

/**
 * A host's table at one moment. Rows are made when they are asked for, and the row of an entry that has not changed
 * is the same object as before: a table of 100,000 entries costs what is shown of it.
 */
export interface TableView {
	/** Entries in the table. */
	readonly count: number;
	/** The row at a place, from 0: oldest first. */
	row(place: number): EntryRow;
	/** The row of an entry, whether it is in the table or on its packet; `undefined` where it is neither. */
	get(id: number): EntryRow | undefined;
	/** Place of an entry in the table, from 0; -1 where it is not in it. */
	placeOf(id: number): number;
	/** All rows, oldest first: for tables that are known to be small, and for lists to copy. */
	readonly rows: readonly EntryRow[];
	/** Entries that are still on their packet. */
	readonly unconfirmed: readonly EntryRow[];
}

/** A row with what it was made of. */
interface Made {
	readonly version: number;
	readonly now: number;
	readonly row: EntryRow;
}

/** The last rows that were made of each entry: of this moment, of the one before this step, and of their neighbours. */
const made = new WeakMap<Entry, Made[]>();
const KEPT = 4;

/** An entry's row at a moment. */
export function rowAt(instant: Instant, entry: Entry): EntryRow {
	const version = instant.version(entry);
	const { now } = instant;
	let list = made.get(entry);
	if (!list) made.set(entry, (list = []));
	const known = list.find((one) => one.version === version && one.now === now);
	if (known) return known.row;
	const row = entryRow(instant.entry(entry), now);
	if (list.length === KEPT) list.shift();
	list.push({ version, now, row });
	return row;
}

class RowsAt implements TableView {
	private readonly entries: readonly Entry[];
	private readonly loose: readonly Entry[];

	constructor(
		private readonly instant: Instant,
		host: SeenHost
	) {
		this.entries = instant.table(host);
		this.loose = instant.loose(host);
	}

	get count(): number {
		return this.entries.length;
	}

	row(place: number): EntryRow {
		return rowAt(this.instant, this.entries[place]!);
	}

	get(id: number): EntryRow | undefined {
		const place = this.placeOf(id);
		const entry = place < 0 ? this.loose.find((one) => one.id === id) : this.entries[place];
		return entry && rowAt(this.instant, entry);
	}

	placeOf(id: number): number {
		const { entries } = this;
		let low = 0;
		let high = entries.length - 1;
		while (low <= high) {
			const middle = (low + high) >>> 1;
			const found = entries[middle]!.id;
			if (found === id) return middle;
			if (found < id) low = middle + 1;
			else high = middle - 1;
		}
		return -1;
	}

	get rows(): readonly EntryRow[] {
		return this.entries.map((entry) => rowAt(this.instant, entry));
	}

	get unconfirmed(): readonly EntryRow[] {
		return this.loose.map((entry) => rowAt(this.instant, entry));
	}
}

const EMPTY: TableView = {
	count: 0,
	row: () => {
		throw new RangeError('the table is empty');
	},
	get: () => undefined,
	placeOf: () => -1,
	rows: [],
	unconfirmed: []
};

/** A host's table at a moment; that of a host which tracks nothing is empty. */
export function tableView(timeline: Timeline, cursor: number, name: string): TableView {
	const host = timeline.hosts.get(name);
	return host ? new RowsAt(timeline.at(cursor), host) : EMPTY;
}
