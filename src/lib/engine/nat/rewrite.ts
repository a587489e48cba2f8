/**
 * Rewriting packets after their entry (`nf_nat_manip_pkt`), quoted packets included
 * (`nf_nat_icmp_reply_translation`).
 */
import type { Direction, Entry } from '../conntrack/entry';
import {
	IPS_DST_NAT,
	IPS_DST_NAT_DONE,
	IPS_NAT_MASK,
	IPS_SRC_NAT,
	IPS_SRC_NAT_DONE,
	ORIGINAL
} from '../conntrack/entry';
import type { Tuple } from '../conntrack/tuple';
import type { Ipv4Header, Packet } from '../packet';
import {
	adjustChecksum,
	put16,
	GRE,
	ICMP,
	SCTP,
	TCP,
	UDP,
	UDPLITE,
	withAddresses,
	withPorts
} from '../packet';
import { decodeQuotedHeader, get16, get32 } from '../packet/codec';
import { putChecksum, SCTP_HEADER_LENGTH } from '../packet/sctp';
import type { Manip } from './binding';

/** Whether this end of a packet of this direction is translated by its entry. */
export function isTranslated(entry: Entry, direction: Direction, manip: Manip): boolean {
	const forward = manip === 'src' ? IPS_SRC_NAT : IPS_DST_NAT;
	return (entry.status & (direction === ORIGINAL ? forward : forward ^ IPS_NAT_MASK)) !== 0;
}

/** The tuple of the other direction, which says (turned round) what a packet becomes. */
function otherTuple(entry: Entry, direction: Direction): Tuple {
	return direction === ORIGINAL ? entry.reply : entry.original;
}

/** The header with its source or destination as the answer's tuple has it. */
function readdress(ip: Ipv4Header, answer: Tuple, manip: Manip): Ipv4Header {
	return manip === 'src'
		? withAddresses(ip, answer.dst, ip.dst)
		: withAddresses(ip, ip.src, answer.src);
}

/** The packet with its source or destination (address and port, or ICMP id) as in `answer`. */
function manipulate(packet: Packet, answer: Tuple, manip: Manip): Packet | null {
	const ip = readdress(packet.ip, answer, manip);
	const { l4 } = packet;
	switch (l4.kind) {
		case 'tcp':
		case 'udp':
			return {
				ip,
				l4:
					manip === 'src'
						? withPorts(l4, answer.dport, l4.dport)
						: withPorts(l4, l4.sport, answer.sport)
			};
		case 'icmp':
			if (answer.protocol !== ICMP || !isQuery(l4.type)) return { ip, l4 };
			return {
				ip,
				l4: { ...l4, rest: ((answer.sport << 16) | (l4.rest & 0xffff)) >>> 0 }
			};
		case 'opaque':
			if (NEED_EIGHT.has(answer.protocol) && l4.payload.length < 8) return null;
			return { ip, l4: { ...l4, payload: manipulateBytes(packet, ip, answer, manip) } };
	}
}

/** ICMP types whose id belongs to the tuple (`icmp_manip_pkt`). */
function isQuery(type: number): boolean {
	return type === 0 || type === 8 || (type >= 13 && type <= 18);
}

/** Protocols of which eight bytes are wanted, be it only to look at (`gre_manip_pkt`). */
const NEED_EIGHT: ReadonlySet<number> = new Set([TCP, UDP, ICMP, GRE, SCTP, UDPLITE]);

/**
 * Ports in bytes; for UDP-Lite the checksum over them and the addresses (`__udp_manip_pkt`), for SCTP that over all there is,
 * reckoned anew (`sctp_manip_pkt`).
 */
function manipulateBytes(
	{ ip, l4: { payload } }: Packet,
	moved: Ipv4Header,
	answer: Tuple,
	manip: Manip
): Uint8Array {
	if (answer.protocol !== SCTP && answer.protocol !== UDPLITE) return payload;
	const bytes = payload.slice();
	const at = manip === 'src' ? 0 : 2;
	put16(bytes, at, manip === 'src' ? answer.dport : answer.sport);
	if (answer.protocol === UDPLITE) {
		const words = ({ src, dst }: Ipv4Header, ports: Uint8Array) => {
			const address = manip === 'src' ? src : dst;
			return [address >>> 16, address & 0xffff, get16(ports, at)];
		};
		adjustChecksum(bytes, 6, words(ip, payload), words(moved, bytes));
		if (get16(bytes, 6) === 0) put16(bytes, 6, 0xffff);
	} else if (bytes.length >= SCTP_HEADER_LENGTH) putChecksum(bytes);
	return bytes;
}

/**
 * Rewrite one end of a packet by its entry (`nf_nat_packet`); the same packet if it is not
 * translated, `null` if it is too short to be, and so dropped.
 */
export function translate(
	packet: Packet,
	entry: Entry,
	direction: Direction,
	manip: Manip
): Packet | null {
	if (!isTranslated(entry, direction, manip)) return packet;
	return manipulate(packet, otherTuple(entry, direction), manip);
}

/**
 * Rewrite one end of a quoted packet: its bytes may end after eight of its transport; with fewer
 * there is nothing to rewrite by, and the error is dropped (`null`).
 */
function manipulateQuoted(quoted: Uint8Array, target: Tuple, manip: Manip): Uint8Array | null {
	const head = decodeQuotedHeader(quoted);
	if (!head) return null;
	const bytes = quoted.slice();
	const at = manip === 'src' ? 12 : 16;
	const address = manip === 'src' ? target.src : target.dst;
	const old = get32(bytes, at);
	const oldWords = [old >>> 16, old & 0xffff];
	const newWords = [address >>> 16, address & 0xffff];
	const l4 = head.headerLength;
	const { protocol } = head.header;
	const rest = bytes.length - l4;
	if (rest < 8 && NEED_EIGHT.has(protocol)) return null;
	const portAt = l4 + (manip === 'src' ? 0 : 2);
	const port = manip === 'src' ? target.sport : target.dport;
	if (protocol === TCP && rest >= 8) {
		const before = get16(bytes, portAt);
		put16(bytes, portAt, port);
		if (rest >= 20) adjustChecksum(bytes, l4 + 16, [...oldWords, before], [...newWords, port]);
	} else if ((protocol === UDP || protocol === UDPLITE) && rest >= 8) {
		const before = get16(bytes, portAt);
		put16(bytes, portAt, port);
		if (protocol === UDPLITE || get16(bytes, l4 + 6) !== 0) {
			adjustChecksum(bytes, l4 + 6, [...oldWords, before], [...newWords, port]);
			if (get16(bytes, l4 + 6) === 0) put16(bytes, l4 + 6, 0xffff);
		}
	} else if (protocol === SCTP) {
		put16(bytes, portAt, port);
		if (rest >= SCTP_HEADER_LENGTH) putChecksum(bytes.subarray(l4));
	} else if (protocol === ICMP && rest >= 8 && isQuery(bytes[l4]!)) {
		const before = get16(bytes, l4 + 4);
		put16(bytes, l4 + 4, target.sport);
		adjustChecksum(bytes, l4 + 2, [before], [target.sport]);
	}
	put16(bytes, at, address >>> 16);
	put16(bytes, at + 2, address & 0xffff);
	adjustChecksum(bytes, 10, oldWords, newWords);
	return bytes;
}

/**
 * Translate an ICMP error and the packet it quotes (`nf_nat_icmp_reply_translation`). `null`
 * drops it: a redirect about a translated flow would mislead.
 */
export function translateError(
	packet: Packet,
	entry: Entry,
	direction: Direction,
	manip: Manip
): Packet | null {
	const icmp = packet.l4;
	if (icmp.kind !== 'icmp') return null;
	if (icmp.type === 5) {
		const done = IPS_SRC_NAT_DONE | IPS_DST_NAT_DONE;
		if ((entry.status & done) !== done || entry.status & IPS_NAT_MASK) return null;
	}
	if (!isTranslated(entry, direction, manip)) return packet;
	const answer = otherTuple(entry, direction);
	const quoted = manipulateQuoted(icmp.payload, answer, manip === 'src' ? 'dst' : 'src');
	if (!quoted) return null;
	// The checksum is reckoned anew.
	const l4 = { ...icmp, payload: quoted, badChecksum: false };
	return { ip: readdress(packet.ip, answer, manip), l4 };
}
