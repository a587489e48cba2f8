/**
 * A packet as a person reads it: headers, each a list of named fields, and each field with the
 * bytes that it stands in.
 */
import type { Icmp, Ipv4Header, Packet, Tcp, Transport, Udp } from '$lib/engine';
import {
	IP_HEADER_LENGTH,
	SCTP,
	SCTP_HEADER_LENGTH,
	TCP,
	UDP,
	UDPLITE,
	decodeIpv4Header,
	decodeTransport,
	encodePacket,
	formatAddress,
	get16,
	isFragment,
	isIcmpError,
	portsOf,
	protocolName
} from '$lib/engine';
import { sctpFields } from './sctp-fields';
import { flagNames, optionFields } from './tcp-fields';

export { flagNames } from './tcp-fields';

export interface Field {
	/** `ipv4.src`, `tcp.sport`, `quoted.ipv4.dst` … */
	readonly key: string;
	/** As the protocol's people call it. */
	readonly label: string;
	readonly value: string;
	/** Its bytes in the whole packet: from the first to before the last, counted from 0. */
	readonly from: number;
	readonly to: number;
	/** One of those that a person seldom asks for; their header's bytes are whole with them. */
	readonly minor: boolean;
	/** Set on an ICMP type: its number and the code, for a name in words. */
	readonly icmp?: readonly [type: number, code: number];
	/** Whether a checksum is right; `none` for one that the sender left out. */
	readonly checksum?: 'good' | 'bad' | 'none';
}

export interface Header {
	readonly key: string;
	readonly name: string;
	/** 1 for the headers of a packet that an ICMP error quotes. */
	readonly depth: 0 | 1;
	/** In the order in which a person asks for them, not in that of the bytes. */
	readonly fields: readonly Field[];
}

/** Printable payload as text in quotes, else how many bytes. */
function payloadText(payload: Uint8Array): string {
	const text = [...payload.subarray(0, 80)].map((byte) => String.fromCharCode(byte)).join('');
	const shown = text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
	const printable = /^[\x20-\x7e]*$/.test(shown);
	return printable && payload.length <= 64 ? `"${shown}"` : `${payload.length} B`;
}

/** Makes the fields of one header, whose first byte is at `start`. */
function fieldsAt(key: string, start: number) {
	return (
		label: string,
		value: string | number,
		from: number,
		to: number,
		more: Partial<Field> = {}
	): Field => ({
		key: `${key}.${label}`,
		label,
		value: String(value),
		from: start + from,
		to: start + to,
		minor: false,
		...more
	});
}

const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;

function fragmentText({ df, mf, offset }: Ipv4Header): string {
	const parts = [df ? 'DF' : '', mf ? 'MF' : '', offset > 0 || mf ? `offset ${offset}` : ''];
	return parts.filter((part) => part !== '').join(', ') || 'none';
}

function ipHeader(bytes: Uint8Array, { ip }: Packet, prefix: string, at: number): Header {
	const key = `${prefix}ipv4`;
	const field = fieldsAt(key, at);
	const piece = isFragment(ip);
	const fields = [
		field('src', formatAddress(ip.src), 12, 16),
		field('dst', formatAddress(ip.dst), 16, 20),
		field('ttl', ip.ttl, 8, 9),
		field('proto', protocolName(ip.protocol) ?? ip.protocol, 9, 10),
		field('id', ip.id, 4, 6, { minor: ip.id === 0 && !piece }),
		field('tos', `0x${ip.tos.toString(16).padStart(2, '0')}`, 1, 2, { minor: ip.tos === 0 }),
		field('fragment', fragmentText(ip), 6, 8, { minor: !piece && !ip.df }),
		field('version', `${bytes[at]! >> 4}, header ${(bytes[at]! & 15) * 4} B`, 0, 1, {
			minor: true
		}),
		field('length', `${get16(bytes, at + 2)} B`, 2, 4, { minor: true }),
		field('checksum', hex16(get16(bytes, at + 10)), 10, 12, { minor: true, checksum: 'good' })
	];
	return { key, name: 'IPv4', depth: prefix === '' ? 0 : 1, fields };
}

function tcpFields(bytes: Uint8Array, tcp: Tcp, key: string, at: number): Field[] {
	const field = fieldsAt(key, at);
	const body = 20 + tcp.options.length;
	const fields = [
		field('sport', tcp.sport, 0, 2),
		field('dport', tcp.dport, 2, 4),
		field('flags', flagNames(tcp.flags), 13, 14),
		field('seq', tcp.seq, 4, 8),
		field('ack', tcp.ack, 8, 12),
		field('window', tcp.window, 14, 16),
		...optionFields(tcp.options).map(({ label, value, from, to, minor }) =>
			field(label, value, 20 + from, 20 + to, { minor })
		)
	];
	if (tcp.payload.length > 0)
		fields.push(field('payload', payloadText(tcp.payload), body, body + tcp.payload.length));
	fields.push(
		field('offset', `${body} B`, 12, 13, { minor: true }),
		field('urgent', tcp.urgent, 18, 20, { minor: tcp.urgent === 0 }),
		checksumField(bytes, field, at, 16, tcp.badChecksum ? 'bad' : 'good')
	);
	return fields;
}

function checksumField(
	bytes: Uint8Array,
	field: ReturnType<typeof fieldsAt>,
	at: number,
	offset: number,
	checksum: 'good' | 'bad' | 'none'
): Field {
	return field('checksum', hex16(get16(bytes, at + offset)), offset, offset + 2, {
		minor: checksum === 'good',
		checksum
	});
}

function udpFields(bytes: Uint8Array, udp: Udp, key: string, at: number): Field[] {
	const field = fieldsAt(key, at);
	const fields = [field('sport', udp.sport, 0, 2), field('dport', udp.dport, 2, 4)];
	if (udp.payload.length > 0)
		fields.push(field('payload', payloadText(udp.payload), 8, 8 + udp.payload.length));
	fields.push(
		field('length', `${get16(bytes, at + 4)} B`, 4, 6, { minor: true }),
		checksumField(bytes, field, at, 6, udp.checksum)
	);
	return fields;
}

function icmpFields(bytes: Uint8Array, icmp: Icmp, key: string, at: number): Field[] {
	const field = fieldsAt(key, at);
	const fields = [
		field('type', icmp.type, 0, 1, { icmp: [icmp.type, icmp.code] }),
		field('code', icmp.code, 1, 2)
	];
	if (!isIcmpError(icmp.type)) {
		fields.push(field('id', icmp.rest >>> 16, 4, 6), field('seq', icmp.rest & 0xffff, 6, 8));
		if (icmp.payload.length > 0)
			fields.push(field('payload', payloadText(icmp.payload), 8, 8 + icmp.payload.length));
	} else if (icmp.type === 3 && icmp.code === 4)
		fields.push(field('unused', 0, 4, 6, { minor: true }), field('mtu', icmp.rest & 0xffff, 6, 8));
	else if (icmp.type === 5) fields.push(field('gateway', formatAddress(icmp.rest), 4, 8));
	else fields.push(field('unused', icmp.rest, 4, 8, { minor: true }));
	fields.push(checksumField(bytes, field, at, 2, icmp.badChecksum ? 'bad' : 'good'));
	return fields;
}

/** Protocols whose header can stand among the bytes of a payload, and begins with ports. */
const WITH_PORTS: Readonly<Record<number, string>> = {
	[TCP]: 'TCP',
	[UDP]: 'UDP',
	[SCTP]: 'SCTP',
	[UDPLITE]: 'UDP-Lite'
};

/** The header of SCTP, and the others' as far as a piece or a cut quotation has it: its ports at least. */
function cutHeader(packet: Packet, prefix: string, at: number): Header | null {
	const { ip, l4 } = packet;
	if (l4.kind !== 'opaque' || l4.payload.length < 4 || ip.offset > 0) return null;
	const name = WITH_PORTS[ip.protocol];
	if (name === undefined) return null;
	const key = `${prefix}${protocolName(ip.protocol)}`;
	const field = fieldsAt(key, at);
	const { payload } = l4;
	const fields = [field('sport', get16(payload, 0), 0, 2), field('dport', get16(payload, 2), 2, 4)];
	if (name === 'TCP' && payload.length >= 8)
		fields.push(
			field('seq', ((get16(payload, 4) << 16) | get16(payload, 6)) >>> 0, 4, 8, {
				minor: prefix !== ''
			})
		);
	if (name === 'SCTP' && payload.length >= SCTP_HEADER_LENGTH) {
		fields.push(...sctpFields(payload, field, prefix === '' && !ip.mf));
		return { key, name, depth: prefix === '' ? 0 : 1, fields };
	}
	const known = fields.at(-1)!.to - at;
	if (payload.length > known)
		fields.push(field('rest', `${payload.length - known} B`, known, payload.length));
	return { key, name, depth: prefix === '' ? 0 : 1, fields };
}

function transportHeader(bytes: Uint8Array, packet: Packet, prefix: string, at: number): Header {
	const { l4 } = packet;
	const cut = cutHeader(packet, prefix, at);
	if (cut) return cut;
	const key = `${prefix}${l4.kind}`;
	const depth = prefix === '' ? 0 : 1;
	switch (l4.kind) {
		case 'tcp':
			return { key, name: 'TCP', depth, fields: tcpFields(bytes, l4, key, at) };
		case 'udp':
			return { key, name: 'UDP', depth, fields: udpFields(bytes, l4, key, at) };
		case 'icmp':
			return { key, name: 'ICMP', depth, fields: icmpFields(bytes, l4, key, at) };
		case 'opaque': {
			const { length } = l4.payload;
			const field = fieldsAt(key, at)('payload', payloadText(l4.payload), 0, length);
			return { key, name: 'data', depth, fields: length > 0 ? [field] : [] };
		}
	}
}

/** The packet that an ICMP error quotes, as far as it can be read. */
export function quotedPacket(icmp: Icmp): Packet | null {
	if (!isIcmpError(icmp.type)) return null;
	const head = decodeIpv4Header(icmp.payload);
	if (!head) return null;
	return {
		ip: head.header,
		l4: decodeTransport(head.header, icmp.payload.subarray(head.headerLength))
	};
}

/** How many bytes of the packet that an error quotes are missing from it; 0 for a whole one. */
export function cutFromQuote(icmp: Icmp): number {
	const head = isIcmpError(icmp.type) ? decodeIpv4Header(icmp.payload) : null;
	return head ? Math.max(0, head.totalLength - icmp.payload.length) : 0;
}

/**
 * All headers of a packet, those of a quoted packet after them.
 *
 * @param bytes the packet as `encodePacket` writes it
 */
export function headersOf(packet: Packet, bytes = encodePacket(packet)): Header[] {
	const headers = [
		ipHeader(bytes, packet, '', 0),
		transportHeader(bytes, packet, '', IP_HEADER_LENGTH)
	];
	const { l4 } = packet;
	const quoted = l4.kind === 'icmp' ? quotedPacket(l4) : null;
	if (!quoted || l4.kind !== 'icmp') return headers;
	const at = IP_HEADER_LENGTH + 8;
	const body = at + (bytes[at]! & 15) * 4;
	headers.push(
		ipHeader(bytes, quoted, 'quoted.', at),
		transportHeader(bytes, quoted, 'quoted.', body)
	);
	return headers;
}

/** How many fields of a packet are no minor ones: what room to keep. Reads no bytes. */
export function majorFields({ ip, l4 }: Packet): number {
	let count = 4;
	if (ip.id !== 0 || isFragment(ip)) count++;
	if (ip.tos !== 0) count++;
	if (isFragment(ip) || ip.df) count++;
	return count + (ip.protocol === SCTP ? 5 : majorTransport(l4));
}

function majorTransport(l4: Transport): number {
	switch (l4.kind) {
		case 'tcp':
			// Options take a few bytes each.
			return 6 + Math.ceil(l4.options.length / 5) + (l4.payload.length > 0 ? 1 : 0);
		case 'udp':
			return 2 + (l4.payload.length > 0 ? 1 : 0);
		case 'icmp': {
			const quoted = quotedPacket(l4);
			return 4 + (quoted ? majorFields(quoted) + 1 : 0);
		}
		case 'opaque':
			return 3;
	}
}

/** `198.51.100.10:40000`, without a port where there is none. */
export function endpoints({ ip, l4 }: Packet): { src: string; dst: string } {
	const read = WITH_PORTS[ip.protocol] !== undefined && !isFragment(ip);
	const ports = read ? portsOf({ ip, l4 }) : -1;
	const end = (address: number, port: number) =>
		formatAddress(address) + (ports < 0 ? '' : `:${port}`);
	return { src: end(ip.src, Math.floor(ports / 65536)), dst: end(ip.dst, ports % 65536) };
}
