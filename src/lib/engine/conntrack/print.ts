/**
 * Entries and events as the `conntrack` command prints them
 * (libnetfilter_conntrack, snprintf_default.c), runs of blanks as one, without `use=`, `portid=`
 * and `mark=0`.
 */
import { formatAddress, GRE, ICMP, SCTP, TCP, UDP, UDPLITE } from '../packet';
import type { Entry } from './entry';
import { IPS_ASSURED, IPS_SEEN_REPLY, IPS_TIMESTAMP } from './entry';
import type { Expectation } from './expectation';
import type { SctpStateName } from './sctp/state';
import { TCP_STATES, type TcpStateName } from './tcp/state';
import type { Tuple } from './tuple';

const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
	[ICMP]: 'icmp',
	[TCP]: 'tcp',
	[UDP]: 'udp',
	33: 'dccp',
	[GRE]: 'gre',
	[SCTP]: 'sctp',
	[UDPLITE]: 'udplite'
};

/** The entry's own state, where its protocol has one; `null` for the others. */
export function stateName({
	tcp,
	sctp
}: Pick<Entry, 'tcp' | 'sctp'>): TcpStateName | SctpStateName | null {
	if (tcp) return TCP_STATES[tcp.state] ?? null;
	return sctp ? sctp.state : null;
}

/** `tcp`; `null` where the command knows no name. */
export function protocolName(protocol: number): string | null {
	return PROTOCOL_NAMES[protocol] ?? null;
}

/** `tcp 6`, `unknown 253`. */
export function formatProtocol(protocol: number): string {
	return `${protocolName(protocol) ?? 'unknown'} ${protocol}`;
}

export const WITH_PORTS: ReadonlySet<number> = new Set([TCP, UDP, 33, SCTP, UDPLITE]);

/** `src=… dst=… sport=… dport=…`, or ICMP's type, code and id. */
export function formatTuple(tuple: Tuple): string {
	const addresses = `src=${formatAddress(tuple.src)} dst=${formatAddress(tuple.dst)}`;
	if (WITH_PORTS.has(tuple.protocol))
		return `${addresses} sport=${tuple.sport} dport=${tuple.dport}`;
	if (tuple.protocol === GRE)
		return `${addresses} srckey=0x${tuple.sport.toString(16)} dstkey=0x${tuple.dport.toString(16)}`;
	if (tuple.protocol === ICMP)
		return `${addresses} type=${tuple.dport >> 8} code=${tuple.dport & 255} id=${tuple.sport}`;
	return addresses;
}

export interface FormatOptions {
	/** Seconds left; absent leaves the number out. */
	readonly seconds?: number | undefined;
	/** Whether the state of TCP or SCTP is part of the message. */
	readonly state: boolean;
	readonly counters: boolean;
	/** World time in ms, for the age of an entry that has a timestamp; absent leaves that out. */
	readonly now?: number;
	/** The event of an entry that goes does not name its helper any more. */
	readonly helper?: boolean;
}

/** One entry as text. */
export function formatEntry(entry: Entry, options: FormatOptions): string {
	const { original, reply, accounting, zone } = entry;
	const parts = [formatProtocol(original.protocol)];
	if (options.seconds !== undefined) parts.push(String(options.seconds));
	const state = options.state ? stateName(entry) : null;
	if (state !== null) parts.push(state);
	parts.push(formatTuple(original));
	if (zone.direction === 'original') parts.push(`zone-orig=${zone.id}`);
	if (accounting && options.counters) parts.push(`packets=${accounting[0]} bytes=${accounting[1]}`);
	if (!(entry.status & IPS_SEEN_REPLY)) parts.push('[UNREPLIED]');
	parts.push(formatTuple(reply));
	if (zone.direction === 'reply') parts.push(`zone-reply=${zone.id}`);
	if (accounting && options.counters) parts.push(`packets=${accounting[2]} bytes=${accounting[3]}`);
	if (entry.status & IPS_ASSURED) parts.push('[ASSURED]');
	if (entry.mark !== 0) parts.push(`mark=${entry.mark}`);
	if (zone.id !== 0 && zone.direction === 'both') parts.push(`zone=${zone.id}`);
	if (entry.helper && options.helper !== false) parts.push(`helper=${entry.helper}`);
	if (entry.status & IPS_TIMESTAMP && options.now !== undefined)
		parts.push(`delta-time=${Math.floor((options.now - entry.born) / 1000)}`);
	return parts.join(' ');
}

/** An entry as `conntrack -L` prints it. `now` is world time in ms. */
export function formatListed(entry: Entry, now: number): string {
	const seconds = secondsLeft(entry.timeout, now);
	return formatEntry(entry, { seconds, state: true, counters: true, now });
}

/** Whole seconds an entry has left (`nf_ct_expires`), never below 0. */
export function secondsLeft(timeout: number, now: number): number {
	return Math.max(0, Math.floor((timeout - now) / 1000));
}

/** An expectation as `conntrack -L expect` prints it. */
export function formatExpectation(expectation: Expectation, now: number): string {
	const { tuple, mask, master } = expectation;
	const ports = (t: Tuple): string => `sport=${t.sport} dport=${t.dport}`;
	const parts = [
		String(secondsLeft(expectation.timeout, now)),
		`proto=${tuple.protocol}`,
		`src=${formatAddress(tuple.src)} dst=${formatAddress(tuple.dst)}`,
		ports(tuple),
		`mask-src=${formatAddress(mask.src)} mask-dst=${formatAddress(mask.dst)}`,
		ports(mask),
		`master-src=${formatAddress(master.original.src)} master-dst=${formatAddress(master.original.dst)}`,
		ports(master.original)
	];
	if (expectation.permanent) parts.push('PERMANENT');
	parts.push(`class=0 helper=${expectation.helper}`);
	return parts.join(' ');
}
