/** The tuple that connection tracking reads out of a packet. */
import type { Ipv4Header, Packet } from '../packet';
import { GRE, ICMP, SCTP, TCP, UDP, UDPLITE } from '../packet';
import { decodeQuotedHeader, get16 } from '../packet/codec';
import type { Tuple } from './tuple';

function tupleFrom(ip: Ipv4Header, sport: number, dport: number): Tuple {
	return { src: ip.src, dst: ip.dst, protocol: ip.protocol, sport, dport };
}

/** A packet's tuple (`nf_ct_get_tuple`); `null` when its ports cannot be read. */
export function packetTuple(packet: Packet): Tuple | null {
	const { ip, l4 } = packet;
	switch (l4.kind) {
		case 'tcp':
		case 'udp':
			return tupleFrom(ip, l4.sport, l4.dport);
		case 'icmp':
			return tupleFrom(ip, l4.rest >>> 16, l4.type * 256 + l4.code);
		case 'opaque':
			return opaqueTuple(ip, l4.payload);
	}
}

function opaqueTuple(ip: Ipv4Header, bytes: Uint8Array): Tuple | null {
	switch (ip.protocol) {
		case TCP:
		case UDP:
		case SCTP:
		case UDPLITE:
			return bytes.length < 4 ? null : tupleFrom(ip, get16(bytes, 0), get16(bytes, 2));
		case ICMP:
			return bytes.length < 8 ? null : tupleFrom(ip, get16(bytes, 4), bytes[0]! * 256 + bytes[1]!);
		case GRE:
			return greTuple(ip, bytes);
		default:
			return tupleFrom(ip, 0, 0);
	}
}

/** What PPTP carries in GRE of version 1. */
const PPP = 0x880b;

/**
 * GRE of version 1 has the call ID of who receives it, and carries nothing but PPP; other versions are told apart by their
 * addresses alone (`gre_pkt_to_tuple`). The other end's key would come from PPTP's helper.
 */
function greTuple(ip: Ipv4Header, bytes: Uint8Array): Tuple | null {
	if (bytes.length < 8 || (bytes[1]! & 7) !== 1) return tupleFrom(ip, 0, 0);
	return get16(bytes, 2) === PPP ? tupleFrom(ip, 0, get16(bytes, 6)) : null;
}

/**
 * The tuple of a quoted packet, which may be cut short after eight bytes; `null` when not even
 * its ports are there.
 */
export function quotedTuple(quoted: Uint8Array): Tuple | null {
	const head = decodeQuotedHeader(quoted);
	if (!head || head.header.offset > 0) return null;
	const bytes = quoted.subarray(head.headerLength);
	if (head.header.protocol === ICMP && bytes.length < 8) return null;
	// The kernel asks for 8 bytes of a TCP or UDP header (`nf_ct_get_tuple`: inet_ports need 4).
	return opaqueTuple(head.header, bytes);
}
