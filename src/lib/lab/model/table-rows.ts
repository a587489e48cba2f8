/** The connection tracking table as rows to show. Rows are plain values: they stay as they were. */
import type { Entry, Tuple, World } from '$lib/engine';
import {
	ICMP,
	IPS_ASSURED,
	IPS_CONFIRMED,
	IPS_DST_NAT,
	IPS_EXPECTED,
	IPS_SEEN_REPLY,
	IPS_SRC_NAT,
	TCP,
	TCP_STATES,
	UDP,
	formatAddress,
	formatEntry,
	invertTuple,
	secondsLeft
} from '$lib/engine';

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
	/** Only TCP has a state of its own. */
	readonly state: string | null;
	readonly seconds: number;
	readonly original: TupleView;
	readonly reply: TupleView;
	readonly dnat: boolean;
	readonly snat: boolean;
	readonly masqueraded: boolean;
	readonly seenReply: boolean;
	readonly assured: boolean;
	readonly expected: boolean;
	readonly mark: number;
	readonly helper: string | null;
	readonly confirmed: boolean;
	/** As `conntrack -L` prints it. */
	readonly line: string;
}

function end(address: number, port: number, protocol: number): string {
	const ports = protocol === TCP || protocol === UDP || protocol === 132 || protocol === 136;
	return formatAddress(address) + (ports ? `:${port}` : '');
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
export function entryRow(entry: Entry, now: number): EntryRow {
	const { status, original, reply } = entry;
	const confirmed = (status & IPS_CONFIRMED) !== 0;
	// While it is unconfirmed, an entry's timeout says what it will get.
	const seconds = confirmed ? secondsLeft(entry.timeout, now) : Math.floor(entry.timeout / 1000);
	return {
		id: entry.id,
		protocol:
			{ [ICMP]: 'icmp', [TCP]: 'tcp', [UDP]: 'udp' }[original.protocol] ??
			String(original.protocol),
		state: entry.tcp ? (TCP_STATES[entry.tcp.state] ?? null) : null,
		seconds,
		original: tupleView(original, null),
		reply: tupleView(reply, invertTuple(original)),
		dnat: (status & IPS_DST_NAT) !== 0,
		snat: (status & IPS_SRC_NAT) !== 0,
		masqueraded: entry.masqueradeIndex !== 0,
		seenReply: (status & IPS_SEEN_REPLY) !== 0,
		assured: (status & IPS_ASSURED) !== 0,
		expected: (status & IPS_EXPECTED) !== 0,
		mark: entry.mark,
		helper: entry.helper,
		confirmed,
		line: formatEntry(entry, { seconds, state: true, counters: true })
	};
}

export interface TableView {
	/** Entries in the table, oldest first. */
	readonly rows: readonly EntryRow[];
	/** Entries that are still on their packet. */
	readonly unconfirmed: readonly EntryRow[];
}

/** A host's table as it is now. */
export function tableView(world: World, host: string): TableView {
	const conntrack = world.hosts.get(host)?.conntrack;
	if (!conntrack) return { rows: [], unconfirmed: [] };
	const loose = new Map<number, Entry>();
	for (const walk of [...world.queue, ...world.held])
		if (walk.host.name === host && walk.phase !== 'over' && walk.entry)
			if (!(walk.entry.status & IPS_CONFIRMED)) loose.set(walk.entry.id, walk.entry);
	const { table } = conntrack;
	return {
		rows: [...table.entries.values(), ...table.hidden.values()].map((one) =>
			entryRow(one, world.now)
		),
		unconfirmed: [...loose.values()].map((one) => entryRow(one, world.now))
	};
}
