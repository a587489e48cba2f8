/**
 * Packets to bytes and back (RFC 791, 768, 792, 9293). Parsed once, at the edge.
 */
import { checksum, pseudoHeaderSum, sum16 } from './checksum';
import {
	ICMP,
	IP_HEADER_LENGTH,
	NO_BYTES,
	TCP,
	UDP,
	isFragment,
	packetLength,
	transportLength
} from './packet';
import type { Ipv4Header, Packet, Transport } from './packet';

/** Write two bytes, big endian. */
export function put16(bytes: Uint8Array, at: number, value: number): void {
	bytes[at] = (value >>> 8) & 255;
	bytes[at + 1] = value & 255;
}

function put32(bytes: Uint8Array, at: number, value: number): void {
	put16(bytes, at, value >>> 16);
	put16(bytes, at + 2, value & 0xffff);
}

/** Two bytes, big endian. */
export function get16(bytes: Uint8Array, at: number): number {
	return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** Four bytes, big endian, unsigned. */
export function get32(bytes: Uint8Array, at: number): number {
	return ((get16(bytes, at) << 16) | get16(bytes, at + 2)) >>> 0;
}

/** A checksum field after 16-bit words of what it covers changed (RFC 1624, eqn. 3). */
export function adjustChecksum(
	bytes: Uint8Array,
	at: number,
	before: readonly number[],
	after: readonly number[]
): void {
	let sum = ~get16(bytes, at) & 0xffff;
	for (const word of before) sum += ~word & 0xffff;
	for (const word of after) sum += word;
	while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
	put16(bytes, at, ~sum & 0xffff);
}

/** A checksum that is surely wrong: the right one with one bit turned. */
function spoil(right: number, bad: boolean): number {
	return bad ? right ^ 0x5555 : right;
}

/** What follows the IP header, as bytes, with its checksum filled in. */
export function encodeTransport(ip: Ipv4Header, l4: Transport): Uint8Array {
	const length = transportLength(l4);
	const bytes = new Uint8Array(length);
	switch (l4.kind) {
		case 'opaque':
			bytes.set(l4.payload);
			return bytes;
		case 'tcp': {
			put16(bytes, 0, l4.sport);
			put16(bytes, 2, l4.dport);
			put32(bytes, 4, l4.seq);
			put32(bytes, 8, l4.ack);
			bytes[12] = ((20 + l4.options.length) >> 2) << 4;
			bytes[13] = l4.flags;
			put16(bytes, 14, l4.window);
			put16(bytes, 18, l4.urgent);
			bytes.set(l4.options, 20);
			bytes.set(l4.payload, 20 + l4.options.length);
			const start = pseudoHeaderSum(ip.src, ip.dst, TCP, length);
			put16(bytes, 16, spoil(checksum(bytes, 0, length, start), l4.badChecksum));
			return bytes;
		}
		case 'udp': {
			put16(bytes, 0, l4.sport);
			put16(bytes, 2, l4.dport);
			put16(bytes, 4, length);
			bytes.set(l4.payload, 8);
			if (l4.checksum === 'none') return bytes;
			const start = pseudoHeaderSum(ip.src, ip.dst, UDP, length);
			const right = checksum(bytes, 0, length, start) || 0xffff;
			put16(bytes, 6, spoil(right, l4.checksum === 'bad') || 0x5555);
			return bytes;
		}
		case 'icmp':
			bytes[0] = l4.type;
			bytes[1] = l4.code;
			put32(bytes, 4, l4.rest);
			bytes.set(l4.payload, 8);
			put16(bytes, 2, spoil(checksum(bytes, 0, length), l4.badChecksum));
			return bytes;
	}
}

/** The same, not to be written to. */
export function transportBytes({ ip, l4 }: Packet): Uint8Array {
	return l4.kind === 'opaque' ? l4.payload : encodeTransport(ip, l4);
}

/** A whole IPv4 packet as bytes. */
export function encodePacket(packet: Packet): Uint8Array {
	const { ip } = packet;
	const bytes = new Uint8Array(packetLength(packet));
	bytes[0] = 0x45;
	bytes[1] = ip.tos;
	put16(bytes, 2, bytes.length);
	put16(bytes, 4, ip.id);
	put16(bytes, 6, (ip.df ? 0x4000 : 0) | (ip.mf ? 0x2000 : 0) | (ip.offset >> 3));
	bytes[8] = ip.ttl;
	bytes[9] = ip.protocol;
	put32(bytes, 12, ip.src);
	put32(bytes, 16, ip.dst);
	put16(bytes, 10, checksum(bytes, 0, IP_HEADER_LENGTH));
	bytes.set(encodeTransport(ip, packet.l4), IP_HEADER_LENGTH);
	return bytes;
}

/** What follows an IP header, read by its protocol; what cannot be read whole stays opaque. */
export function decodeTransport(ip: Ipv4Header, bytes: Uint8Array): Transport {
	const opaque: Transport = { kind: 'opaque', payload: bytes };
	if (isFragment(ip)) return opaque;
	switch (ip.protocol) {
		case TCP: {
			const header = bytes.length >= 20 ? (bytes[12]! >> 4) * 4 : 0;
			if (header < 20 || header > bytes.length) return opaque;
			const start = pseudoHeaderSum(ip.src, ip.dst, TCP, bytes.length);
			return {
				kind: 'tcp',
				sport: get16(bytes, 0),
				dport: get16(bytes, 2),
				seq: get32(bytes, 4),
				ack: get32(bytes, 8),
				flags: bytes[13]!,
				window: get16(bytes, 14),
				urgent: get16(bytes, 18),
				options: header > 20 ? bytes.slice(20, header) : NO_BYTES,
				payload: bytes.length > header ? bytes.slice(header) : NO_BYTES,
				badChecksum: sum16(bytes, 0, bytes.length, start) !== 0xffff
			};
		}
		case UDP: {
			const length = bytes.length >= 8 ? get16(bytes, 4) : 0;
			if (length !== bytes.length) return opaque;
			const start = pseudoHeaderSum(ip.src, ip.dst, UDP, length);
			const good = sum16(bytes, 0, length, start) === 0xffff;
			return {
				kind: 'udp',
				sport: get16(bytes, 0),
				dport: get16(bytes, 2),
				payload: bytes.length > 8 ? bytes.slice(8) : NO_BYTES,
				checksum: get16(bytes, 6) === 0 ? 'none' : good ? 'good' : 'bad'
			};
		}
		case ICMP:
			if (bytes.length < 8) return opaque;
			return {
				kind: 'icmp',
				type: bytes[0]!,
				code: bytes[1]!,
				rest: get32(bytes, 4),
				payload: bytes.length > 8 ? bytes.slice(8) : NO_BYTES,
				badChecksum: sum16(bytes, 0, bytes.length) !== 0xffff
			};
		default:
			return opaque;
	}
}

interface DecodedHeader {
	readonly header: Ipv4Header;
	readonly headerLength: number;
	readonly totalLength: number;
}

/** The IPv4 header at the start of `bytes`; `null` if that is no whole IPv4 header. */
export function decodeIpv4Header(bytes: Uint8Array): DecodedHeader | null {
	const head = decodeQuotedHeader(bytes);
	return head && bytes[0]! >> 4 === 4 && head.headerLength >= IP_HEADER_LENGTH ? head : null;
}

/**
 * Likewise the header that an ICMP error quotes, of which only the length is asked, not whether
 * version and header length make sense (`ipv4_get_l4proto`).
 */
export function decodeQuotedHeader(bytes: Uint8Array): DecodedHeader | null {
	if (bytes.length < IP_HEADER_LENGTH) return null;
	const headerLength = (bytes[0]! & 15) * 4;
	if (headerLength > bytes.length) return null;
	const fragment = get16(bytes, 6);
	return {
		header: {
			src: get32(bytes, 12),
			dst: get32(bytes, 16),
			protocol: bytes[9]!,
			ttl: bytes[8]!,
			id: get16(bytes, 4),
			tos: bytes[1]!,
			df: (fragment & 0x4000) !== 0,
			mf: (fragment & 0x2000) !== 0,
			offset: (fragment & 0x1fff) << 3
		},
		headerLength,
		totalLength: get16(bytes, 2)
	};
}

/** A whole IPv4 packet out of bytes (link padding behind it is ignored); `null` if it is none. */
export function decodePacket(bytes: Uint8Array): Packet | null {
	const head = decodeIpv4Header(bytes);
	if (!head || head.totalLength < head.headerLength || head.totalLength > bytes.length) return null;
	const body = bytes.slice(head.headerLength, head.totalLength);
	return { ip: head.header, l4: decodeTransport(head.header, body) };
}
