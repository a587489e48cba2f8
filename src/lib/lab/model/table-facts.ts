/** What there is to know of a host's table besides its entries: how full it is, what helpers expect, how long states last. */
import type { ConntrackSettings } from '$lib/engine';
import { ListChange, TCP_STATES, formatAddress, formatExpectation, secondsLeft } from '$lib/engine';
import type { Recording } from './recording';
import type { EntryRow } from './table-rows';

const STATES: readonly string[] = TCP_STATES;

export interface TableUse {
	/** Entries that exist, those that are still on their packet among them (`nf_conntrack_count`). */
	readonly count: number;
	/** `nf_conntrack_max`. */
	readonly max: number;
}

/** How full a host's table is when `cursor` events have happened. */
export function tableUse({ timeline }: Recording, cursor: number, host: string): TableUse | null {
	const { conntrack } = timeline.hosts.get(host) ?? {};
	if (!conntrack) return null;
	const now = timeline.at(cursor);
	return {
		count: now.value(conntrack.table, 'count'),
		max: now.value(conntrack, 'settings').max
	};
}

/** A host's `nf_conntrack_*` settings at a moment. */
export function settingsAt(
	{ timeline }: Recording,
	cursor: number,
	host: string
): ConntrackSettings | null {
	const { conntrack } = timeline.hosts.get(host) ?? {};
	return conntrack ? timeline.at(cursor).value(conntrack, 'settings') : null;
}

const timesOfSctp = ({ sctpTimeouts }: ConntrackSettings): Readonly<Record<string, number>> =>
	sctpTimeouts;

/** Seconds that an entry in this state gets with every packet; `null` where that is not known. */
export function fullTime(row: EntryRow, settings: ConntrackSettings): number | null {
	switch (row.protocol) {
		case 'tcp':
			return settings.tcpTimeouts.byState[STATES.indexOf(row.state ?? '')] ?? null;
		case 'udp':
			return row.assured ? settings.udpTimeoutStream : settings.udpTimeout;
		case 'icmp':
			return settings.icmpTimeout;
		case 'sctp':
			return timesOfSctp(settings)[row.state ?? ''] ?? null;
		case 'udplite':
			return settings.udpTimeout;
		case 'gre':
			return row.seenReply ? settings.greTimeoutStream : settings.greTimeout;
		default:
			return settings.genericTimeout;
	}
}

type Expectation = Parameters<typeof formatExpectation>[0];

/** A flow that a helper waits for. */
export interface ExpectationRow {
	readonly id: number;
	readonly src: string;
	readonly dst: string;
	/** From any source port. */
	readonly anyPort: boolean;
	readonly seconds: number;
	readonly helper: string;
	/** The entry whose helper waits. */
	readonly master: number;
	/** As `conntrack -L expect` prints it. */
	readonly line: string;
}

/** When an expectation came and went, in events. */
interface Stay {
	readonly expectation: Expectation;
	readonly from: number;
	to: number;
}

const stays = new WeakMap<Recording, Map<string, Stay[]>>();

function staysOf(recording: Recording, name: string): Stay[] {
	let known = stays.get(recording);
	if (!known) stays.set(recording, (known = new Map()));
	let list = known.get(name);
	if (!list) known.set(name, (list = lookThrough(recording, name)));
	return list;
}

function lookThrough({ timeline, events, index }: Recording, name: string): Stay[] {
	const found: Stay[] = [];
	// Without a helper nothing is expected, and nearly no scenario has one.
	if (!index.hosts.get(name)?.log.some(({ entry }) => entry.helper !== null)) return found;
	const host = timeline.hosts.get(name) as { conntrack: { expectations?: unknown } } | undefined;
	const list = host?.conntrack.expectations;
	if (!list) return found;
	events.forEach((_, at) => {
		for (const change of timeline.changesOf(at)) {
			if (!(change instanceof ListChange) || (change.list as unknown) !== list) continue;
			const expectation = change.item as Expectation;
			if (change.inserted) found.push({ expectation, from: at + 1, to: Infinity });
			else {
				const stay = found.findLast((one) => one.expectation === expectation);
				if (stay) stay.to = at + 1;
			}
		}
	});
	return found;
}

/** What a host's helpers wait for when `cursor` events have happened. */
export function expectationsAt(
	recording: Recording,
	cursor: number,
	host: string
): ExpectationRow[] {
	const { now } = recording.timeline.at(cursor);
	return staysOf(recording, host)
		.filter(({ from, to }) => from <= cursor && cursor < to)
		.map(({ expectation }) => {
			const { id, tuple, mask, master, helper, timeout } = expectation;
			const src = formatAddress(tuple.src);
			return {
				id,
				src: mask.sport === 0 ? src : `${src}:${tuple.sport}`,
				dst: `${formatAddress(tuple.dst)}:${tuple.dport}`,
				anyPort: mask.sport === 0,
				seconds: secondsLeft(timeout, now),
				helper,
				master: master.id,
				line: formatExpectation(expectation, now)
			};
		});
}
