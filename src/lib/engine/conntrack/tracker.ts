/**
 * What connection tracking does with a packet at PREROUTING and OUTPUT (`nf_conntrack_in`):
 * find or make its entry, let the protocol's tracker judge it, and say what the packet is to
 * the table.
 */
import type { Packet } from '../packet';
import { ICMP, TCP, UDP, isFragment, isIcmpError, packetLength } from '../packet';
import { pseudoHeaderSum, sum16 } from '../packet/checksum';
import { get16 } from '../packet/codec';
import type { Direction, Entry, Relation } from './entry';
import {
	IPS_ASSURED,
	IPS_CONFIRMED,
	IPS_EXPECTED,
	IPS_FIXED_TIMEOUT,
	IPS_HELPER,
	IPS_NAT_CLASH,
	IPS_SEEN_REPLY,
	ORIGINAL,
	REPLY,
	UNSHIFTED
} from './entry';
import type { Expectation } from './expectation';
import { meets } from './expectation';
import type { Conntrack } from './namespace';
import { EVENT_ASSURED, EVENT_PROTOINFO, EVENT_REPLY } from './namespace';
import { secondsLeft } from './print';
import { packetTuple, quotedTuple } from './packet-tuple';
import type { TcpDraft } from './tcp/draft';
import { draftOf } from './tcp/draft';
import { tcpNew } from './tcp/new';
import { tcpPacket } from './tcp/packet';
import { validFlags } from './tcp/transitions';
import type { Tuple } from './tuple';
import { invertTuple } from './tuple';
import type { Zone } from './zone';
import { DEFAULT_ZONE } from './zone';

/** What a rule at raw asked for before the look-up (`struct nf_conn` template). */
export interface Template {
	readonly zone: Zone;
	readonly helper: string | null;
}

export interface TrackingResult {
	readonly verdict: 'accept' | 'drop';
	readonly entry: Entry | null;
	readonly relation: Relation;
	readonly direction: Direction;
	/** The entry was made for this packet. */
	readonly created: boolean;
	/** Why the packet is invalid or dropped, or was let pass without moving the state. */
	readonly reason: string | null;
}

/** What the trackers need of the world around them. */
export interface TrackingContext {
	readonly conntrack: Conntrack;
	/** World time, ms. */
	readonly now: number;
	/** PREROUTING checks checksums, OUTPUT trusts them. */
	readonly hook: 'prerouting' | 'output';
	nextEntryId(): number;
	/** Set up translation of an expected flow (`exp->expectfn`). */
	expected(entry: Entry, expectation: Expectation): void;
}

const invalid = (reason: string): TrackingResult => ({
	verdict: 'accept',
	entry: null,
	relation: 'invalid',
	direction: ORIGINAL,
	created: false,
	reason
});

/** `nf_conntrack_in`. */
export function track(
	context: TrackingContext,
	packet: Packet,
	template: Template | null
): TrackingResult {
	const { conntrack } = context;
	if (isFragment(packet.ip)) {
		conntrack.countStatistic('invalid');
		return invalid('a fragment carries no ports');
	}
	if (packet.ip.protocol === ICMP) {
		const result = trackIcmpError(context, packet, template);
		if (result) {
			if (result.relation === 'invalid') conntrack.countStatistic('error');
			return result;
		}
	}
	for (;;) {
		const tuple = packetTuple(packet);
		const resolved = tuple ? resolve(context, packet, tuple, template) : null;
		if (resolved === 'full') {
			conntrack.countStatistic('drop');
			return { ...invalid('the table is full'), verdict: 'drop' };
		}
		if (!resolved) {
			conntrack.countStatistic('invalid');
			return invalid('no tuple can be made of it');
		}
		const judged = judge(context, packet, resolved);
		if (judged.verdict === 'repeat') {
			conntrack.destroy(resolved.entry, context.now);
			continue;
		}
		if (judged.verdict === 'invalid') {
			if (resolved.created) conntrack.release(resolved.entry);
			conntrack.countStatistic('invalid');
			return invalid(judged.reason ?? '');
		}
		const { entry, direction } = resolved;
		if (resolved.relation === 'established' && direction === REPLY) {
			if (!(entry.status & IPS_SEEN_REPLY)) {
				conntrack.journal.set(entry, 'status', entry.status | IPS_SEEN_REPLY);
				conntrack.cacheEvent(entry, EVENT_REPLY);
			}
		}
		resolved.reason = judged.reason;
		return resolved;
	}
}

/** A packet that has its entry; the reason is filled in once the packet is judged. */
interface Resolved extends TrackingResult {
	readonly entry: Entry;
	reason: string | null;
}

/** `resolve_normal_ct`: the packet's entry, found or made. */
function resolve(
	context: TrackingContext,
	packet: Packet,
	tuple: Tuple,
	template: Template | null
): Resolved | 'full' | null {
	const { conntrack, now } = context;
	const zone = template?.zone ?? DEFAULT_ZONE;
	const found = conntrack.table.find(tuple, zone, now);
	if (found) {
		const { entry, direction } = found;
		const relation: Relation =
			direction === REPLY || entry.status & IPS_SEEN_REPLY
				? 'established'
				: entry.status & IPS_EXPECTED
					? 'related'
					: 'new';
		return { verdict: 'accept', entry, relation, direction, created: false, reason: null };
	}
	const reply = invertTuple(tuple);
	if (!reply) return null;
	if (!hasRoom(conntrack)) return 'full';
	const expectation = takeExpectation(context, tuple);
	const entry: Entry = {
		id: context.nextEntryId(),
		original: tuple,
		reply,
		zone,
		status: expectation ? IPS_EXPECTED : 0,
		timeout: 0,
		mark: expectation ? expectation.master.mark : 0,
		tcp: null,
		streamFrom: 0,
		helper: expectation ? null : (template?.helper ?? null),
		ftp: null,
		master: expectation ? expectation.master : null,
		masqueradeIndex: 0,
		shifts: UNSHIFTED,
		accounting: conntrack.settings.acct ? [0, 0, 0, 0] : null,
		events: 0,
		born: now
	};
	if (entry.helper !== null) entry.status |= IPS_HELPER;
	conntrack.journal.set(conntrack.table, 'count', conntrack.table.count + 1);
	if (expectation) context.expected(entry, expectation);
	return {
		verdict: 'accept',
		entry,
		relation: expectation ? 'related' : 'new',
		direction: ORIGINAL,
		created: true,
		reason: null
	};
}

function takeExpectation(context: TrackingContext, tuple: Tuple): Expectation | null {
	const { conntrack, now } = context;
	const index = conntrack.expectations.findIndex((e) => e.timeout > now && meets(e, tuple));
	if (index < 0) return null;
	const expectation = conntrack.expectations[index]!;
	if (!(expectation.master.status & IPS_CONFIRMED)) return null;
	if (!expectation.permanent) conntrack.journal.removeAt(conntrack.expectations, index);
	return expectation;
}

/**
 * Whether there is room for one more entry (`__nf_conntrack_alloc`). A full table first asks
 * whether an unassured entry stands within eight buckets of the new one's (`early_drop`); among a
 * quarter of a million buckets that is never so for a table of lesson size, so the packet goes.
 */
function hasRoom(conntrack: Conntrack): boolean {
	const { max } = conntrack.settings;
	return max === 0 || conntrack.table.count + 1 <= max;
}

interface Judgement {
	readonly verdict: 'accept' | 'invalid' | 'repeat';
	readonly reason: string | null;
}

const ACCEPTED: Judgement = { verdict: 'accept', reason: null };
const refuse = (reason: string): Judgement => ({ verdict: 'invalid', reason });

/** `__nf_ct_refresh_acct`: give the entry a new lifetime (seconds), and count the packet. */
function refresh(
	context: TrackingContext,
	packet: Packet,
	{ entry, direction }: Resolved,
	seconds: number
): void {
	if (!(entry.status & IPS_FIXED_TIMEOUT)) {
		const ms = seconds * 1000;
		const timeout = entry.status & IPS_CONFIRMED ? context.now + ms : ms;
		const { journal } = context.conntrack;
		if (journal.recording) journal.set(entry, 'timeout', timeout);
		else entry.timeout = timeout;
	}
	if (entry.accounting) account(context.conntrack, entry, direction, packetLength(packet));
}

/** Count a packet and its bytes in its direction (`nf_ct_acct_update`). */
export function account(
	conntrack: Conntrack,
	entry: Entry,
	direction: Direction,
	bytes: number
): void {
	const old = entry.accounting;
	if (!old) return;
	conntrack.journal.set(
		entry,
		'accounting',
		direction === ORIGINAL
			? [old[0] + 1, old[1] + bytes, old[2], old[3]]
			: [old[0], old[1], old[2] + 1, old[3] + bytes]
	);
}

/** `nf_conntrack_handle_packet`. */
function judge(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	switch (packet.ip.protocol) {
		case TCP:
			return judgeTcp(context, packet, resolved);
		case UDP:
			return judgeUdp(context, packet, resolved);
		case ICMP:
			return judgeIcmp(context, packet, resolved);
		default:
			return judgeOther(context, packet, resolved);
	}
}

function checksChecksums(context: TrackingContext): boolean {
	return context.hook === 'prerouting' && context.conntrack.settings.checksum;
}

function judgeTcp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack, now } = context;
	const { entry, direction } = resolved;
	const { settings, journal } = conntrack;
	const tcp = packet.l4;
	if (tcp.kind !== 'tcp') return refuse('truncated TCP header');
	if (tcp.badChecksum && checksChecksums(context)) return refuse('bad TCP checksum');
	if (!validFlags(tcp.flags)) return refuse('invalid combination of TCP flags');
	let draft: TcpDraft;
	if (!(entry.status & IPS_CONFIRMED) || entry.tcp === null) {
		const fresh = tcpNew(tcp, settings);
		if (typeof fresh === 'string') return refuse(fresh);
		draft = fresh;
	} else draft = journal.everRecorded ? draftOf(entry.tcp) : (entry.tcp as TcpDraft);
	const left = secondsLeft(entry.timeout, now);
	const outcome = tcpPacket(entry, draft, direction, tcp, settings, left);
	if (outcome.verdict === 'repeat') return { verdict: 'repeat', reason: outcome.reason };
	if (draft !== entry.tcp) journal.set(entry, 'tcp', draft);
	if (outcome.verdict === 'invalid') {
		if (outcome.timeout !== null) journal.set(entry, 'timeout', now + outcome.timeout * 1000);
		return refuse(outcome.reason ?? '');
	}
	if (outcome.stateChanged) conntrack.cacheEvent(entry, EVENT_PROTOINFO);
	if (outcome.kill) {
		account(conntrack, entry, direction, packetLength(packet));
		conntrack.destroy(entry, now);
		return ACCEPTED;
	}
	if (outcome.assured) {
		journal.set(entry, 'status', entry.status | IPS_ASSURED);
		conntrack.cacheEvent(entry, EVENT_ASSURED);
	}
	if (outcome.timeout !== null) refresh(context, packet, resolved, outcome.timeout);
	return outcome.reason === null ? ACCEPTED : { verdict: 'accept', reason: outcome.reason };
}

/** `nf_conntrack_udp_packet`. */
function judgeUdp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack, now } = context;
	const { entry } = resolved;
	const { settings, journal } = conntrack;
	const udp = packet.l4;
	if (udp.kind !== 'udp') return refuse('truncated or malformed UDP datagram');
	if (udp.checksum === 'bad' && checksChecksums(context)) return refuse('bad UDP checksum');
	if (!(entry.status & IPS_CONFIRMED)) journal.set(entry, 'streamFrom', now + 2000);
	if (!(entry.status & IPS_SEEN_REPLY)) {
		refresh(context, packet, resolved, settings.udpTimeout);
		return ACCEPTED;
	}
	// Still active two seconds after its first datagram, both ways: a stream.
	const stream = now >= entry.streamFrom;
	refresh(context, packet, resolved, stream ? settings.udpTimeoutStream : settings.udpTimeout);
	if (entry.status & IPS_NAT_CLASH) return ACCEPTED;
	if (stream && !(entry.status & IPS_ASSURED)) {
		journal.set(entry, 'status', entry.status | IPS_ASSURED);
		conntrack.cacheEvent(entry, EVENT_ASSURED);
	}
	return ACCEPTED;
}

/** `nf_conntrack_icmp_packet`: only a query can begin a flow. */
function judgeIcmp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const type = resolved.entry.original.dport >> 8;
	if (type !== 8 && type !== 13 && type !== 15 && type !== 17)
		return refuse(`no connection can begin with ICMP type ${type}`);
	refresh(context, packet, resolved, context.conntrack.settings.icmpTimeout);
	return ACCEPTED;
}

/** Every other protocol: addresses only (`generic_packet`). */
function judgeOther(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { settings } = context.conntrack;
	const { protocol } = packet.ip;
	if (protocol === 47) return judgeGre(context, packet, resolved);
	if (protocol === 136) return judgeUdpLite(context, packet, resolved);
	refresh(context, packet, resolved, settings.genericTimeout);
	return ACCEPTED;
}

/** `nf_conntrack_udplite_packet`: a checksum must be there, over as much as the header says. */
function judgeUdpLite(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const bytes = packet.l4.payload;
	if (bytes.length < 8) return refuse('truncated UDP-Lite header');
	const covered = get16(bytes, 4) || bytes.length;
	if (covered < 8 || covered > bytes.length) return refuse('invalid UDP-Lite coverage');
	if (get16(bytes, 6) === 0) return refuse('UDP-Lite checksum missing');
	const start = pseudoHeaderSum(packet.ip.src, packet.ip.dst, 136, bytes.length);
	if (checksChecksums(context) && sum16(bytes, 0, covered, start) !== 0xffff)
		return refuse('bad UDP-Lite checksum');
	refresh(context, packet, resolved, context.conntrack.settings.udpTimeout);
	return ACCEPTED;
}

/** `nf_conntrack_gre_packet`. */
function judgeGre(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack } = context;
	const { entry } = resolved;
	const { settings, journal } = conntrack;
	if (entry.status & IPS_SEEN_REPLY) {
		refresh(context, packet, resolved, settings.greTimeoutStream);
		if (!(entry.status & (IPS_ASSURED | IPS_NAT_CLASH))) {
			journal.set(entry, 'status', entry.status | IPS_ASSURED);
			conntrack.cacheEvent(entry, EVENT_ASSURED);
		}
	} else refresh(context, packet, resolved, settings.greTimeout);
	return ACCEPTED;
}

/**
 * `nf_conntrack_icmpv4_error`: an error belongs to the flow of the packet it quotes. `null` for
 * what is no error and goes the ordinary way.
 */
function trackIcmpError(
	context: TrackingContext,
	packet: Packet,
	template: Template | null
): TrackingResult | null {
	const icmp = packet.l4;
	if (icmp.kind !== 'icmp') return invalid('short ICMP message');
	if (icmp.badChecksum && checksChecksums(context)) return invalid('bad ICMP checksum');
	if (icmp.type > 18) return invalid('unknown ICMP type');
	if (!isIcmpError(icmp.type)) return null;
	const quoted = quotedTuple(icmp.payload);
	const inner = quoted && invertTuple(quoted);
	if (!inner) return invalid('no tuple can be made of the quoted packet');
	const found = context.conntrack.table.find(inner, template?.zone ?? DEFAULT_ZONE, context.now);
	if (!found) return invalid('the quoted packet belongs to no entry');
	const { entry, direction } = found;
	const expectedAt = direction === ORIGINAL ? entry.original.dst : entry.reply.dst;
	if (packet.ip.dst !== expectedAt)
		return invalid('its destination is not where the quoted packet came from');
	return {
		verdict: 'accept',
		entry,
		relation: 'related',
		direction,
		created: false,
		reason: null
	};
}
