/**
 * A packet as a value: an IPv4 header and what it carries. Nothing here is ever changed in
 * place; a rewrite makes a new value, so a step back has the old one at hand.
 *
 * Lengths and checksums are not kept: they follow from the rest. A checksum that was wrong on
 * arrival is a flag, because translation corrects a checksum by the difference it makes
 * (RFC 1624) and so keeps a wrong one wrong.
 */

/** IP protocol numbers the engine knows by name. */
export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const GRE = 47;
export const SCTP = 132;
export const UDPLITE = 136;

export interface Ipv4Header {
	/** Source and destination, unsigned 32-bit. */
	readonly src: number;
	readonly dst: number;
	readonly protocol: number;
	readonly ttl: number;
	readonly id: number;
	readonly tos: number;
	/** Don't Fragment and More Fragments. */
	readonly df: boolean;
	readonly mf: boolean;
	/** Where a fragment's bytes belong, in bytes (a multiple of 8). */
	readonly offset: number;
}

/** TCP flag bits as on the wire (RFC 9293, 3.1). */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;
export const URG = 32;
export const ECE = 64;
export const CWR = 128;

export interface Tcp {
	readonly kind: 'tcp';
	readonly sport: number;
	readonly dport: number;
	readonly seq: number;
	readonly ack: number;
	/** Bits, see `FIN` … `CWR`. */
	readonly flags: number;
	/** As on the wire, not scaled. */
	readonly window: number;
	readonly urgent: number;
	/** Option bytes, a multiple of four of them. */
	readonly options: Uint8Array;
	readonly payload: Uint8Array;
	readonly badChecksum: boolean;
}

export interface Udp {
	readonly kind: 'udp';
	readonly sport: number;
	readonly dport: number;
	readonly payload: Uint8Array;
	/** `none`: the sender left it out (zero on the wire, RFC 768). */
	readonly checksum: 'good' | 'bad' | 'none';
}

export interface Icmp {
	readonly kind: 'icmp';
	readonly type: number;
	readonly code: number;
	/** Bytes 4 to 7 as one unsigned number: id and seq of a query, the MTU of type 3 code 4. */
	readonly rest: number;
	/** The echoed data, or the quoted packet of an error (possibly cut short). */
	readonly payload: Uint8Array;
	readonly badChecksum: boolean;
}

/** Everything else: other protocols, fragments, and transport headers too broken to read. */
export interface Opaque {
	readonly kind: 'opaque';
	readonly payload: Uint8Array;
}

export type Transport = Tcp | Udp | Icmp | Opaque;

export interface Packet {
	readonly ip: Ipv4Header;
	readonly l4: Transport;
}

export const NO_BYTES = new Uint8Array(0);

/** Bytes of the IPv4 header; options are not modelled. */
export const IP_HEADER_LENGTH = 20;

/** Bytes of the TCP header before its options. */
export const TCP_HEADER_LENGTH = 20;

/** Length in bytes of what follows the IP header. */
export function transportLength(l4: Transport): number {
	switch (l4.kind) {
		case 'tcp':
			return 20 + l4.options.length + l4.payload.length;
		case 'udp':
		case 'icmp':
			return 8 + l4.payload.length;
		case 'opaque':
			return l4.payload.length;
	}
}

/** The IPv4 total length in bytes. */
export function packetLength(packet: Packet): number {
	return IP_HEADER_LENGTH + transportLength(packet.l4);
}

/** Whether the packet is one piece of a larger one. */
export function isFragment(ip: Ipv4Header): boolean {
	return ip.mf || ip.offset > 0;
}

/** ICMP types that quote the packet they are about (RFC 792; `icmp_error` reads the same set). */
export function isIcmpError(type: number): boolean {
	return type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
}

/** ICMP query types and what answers them (`nf_conntrack_invert_icmp_tuple`). */
export const ICMP_REPLY_OF: Readonly<Record<number, number>> = { 8: 0, 13: 14, 15: 16, 17: 18 };
export const ICMP_QUERY_OF: Readonly<Record<number, number>> = { 0: 8, 14: 13, 16: 15, 18: 17 };

// Copies are written out field by field: every packet passes here, and a spread costs it dearly.

/** A header with other addresses. */
export function withAddresses(ip: Ipv4Header, src: number, dst: number): Ipv4Header {
	const { protocol, ttl, id, tos, df, mf, offset } = ip;
	return { src, dst, protocol, ttl, id, tos, df, mf, offset };
}

/** A packet with another TTL. */
export function withTtl(packet: Packet, ttl: number): Packet {
	const { src, dst, protocol, id, tos, df, mf, offset } = packet.ip;
	return { ip: { src, dst, protocol, ttl, id, tos, df, mf, offset }, l4: packet.l4 };
}

/** A segment or datagram with other ports. */
export function withPorts(l4: Tcp | Udp, sport: number, dport: number): Tcp | Udp {
	if (l4.kind === 'udp')
		return { kind: 'udp', sport, dport, payload: l4.payload, checksum: l4.checksum };
	return {
		kind: 'tcp',
		sport,
		dport,
		seq: l4.seq,
		ack: l4.ack,
		flags: l4.flags,
		window: l4.window,
		urgent: l4.urgent,
		options: l4.options,
		payload: l4.payload,
		badChecksum: l4.badChecksum
	};
}
