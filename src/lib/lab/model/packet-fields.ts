/** A packet as a person reads it: headers, each a list of named fields. */
import type { Icmp, Packet, Tcp, Transport } from '$lib/engine';
import {
	ACK,
	CWR,
	ECE,
	FIN,
	PSH,
	RST,
	SYN,
	URG,
	decodeIpv4Header,
	decodeTcpOptions,
	decodeTransport,
	formatAddress,
	isFragment,
	isIcmpError
} from '$lib/engine';

export interface Field {
	/** `ipv4.src`, `tcp.sport`, `quoted.ipv4.dst` … */
	readonly key: string;
	/** As the protocol's people call it. */
	readonly label: string;
	readonly value: string;
	/** Set on an ICMP type: its number and the code, for a name in words. */
	readonly icmp?: readonly [type: number, code: number];
}

export interface Header {
	readonly key: string;
	readonly name: string;
	/** 1 for the headers of a packet that an ICMP error quotes. */
	readonly depth: 0 | 1;
	readonly fields: readonly Field[];
}

const FLAGS: readonly (readonly [bit: number, name: string])[] = [
	[FIN, 'FIN'],
	[SYN, 'SYN'],
	[RST, 'RST'],
	[PSH, 'PSH'],
	[ACK, 'ACK'],
	[URG, 'URG'],
	[ECE, 'ECE'],
	[CWR, 'CWR']
];

/** `SYN,ACK`; `none` when no flag is set. */
export function flagNames(flags: number): string {
	const names = FLAGS.filter(([bit]) => flags & bit).map(([, name]) => name);
	return names.length > 0 ? names.join(',') : 'none';
}

function optionsText(tcp: Tcp): string {
	const { mss, sackOk, ts, wscale, sack } = decodeTcpOptions(tcp.options);
	const parts: string[] = [];
	if (mss !== undefined) parts.push(`mss ${mss}`);
	if (sackOk) parts.push('sackOK');
	if (ts) parts.push(`ts ${ts[0]} ecr ${ts[1]}`);
	if (wscale !== undefined) parts.push(`wscale ${wscale}`);
	if (sack) parts.push(`sack ${sack.map(([l, r]) => `${l}-${r}`).join(' ')}`);
	return parts.join(', ');
}

/** Printable payload as text in quotes, else how many bytes. */
function payloadText(payload: Uint8Array): string {
	const text = [...payload].map((byte) => String.fromCharCode(byte)).join('');
	const shown = text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
	const printable = /^[\x20-\x7e]*$/.test(shown);
	return printable && shown.length <= 24 ? `"${shown}"` : `${payload.length} B`;
}

function ipHeader({ ip }: Packet, prefix: string, depth: 0 | 1): Header {
	const key = `${prefix}ipv4`;
	const field = (label: string, value: string): Field => ({ key: `${key}.${label}`, label, value });
	const fields = [
		field('src', formatAddress(ip.src)),
		field('dst', formatAddress(ip.dst)),
		field('ttl', String(ip.ttl)),
		field('proto', { 1: 'icmp', 6: 'tcp', 17: 'udp' }[ip.protocol] ?? String(ip.protocol))
	];
	if (ip.id !== 0 || isFragment(ip)) fields.push(field('id', String(ip.id)));
	if (ip.tos !== 0) fields.push(field('tos', `0x${ip.tos.toString(16)}`));
	if (ip.df) fields.push(field('flags', 'DF'));
	if (isFragment(ip)) fields.push(field('fragment', `${ip.offset}${ip.mf ? ' +' : ''}`));
	return { key, name: 'IPv4', depth, fields };
}

function tcpHeader(tcp: Tcp, key: string, depth: 0 | 1): Header {
	const field = (label: string, value: string): Field => ({ key: `${key}.${label}`, label, value });
	const fields = [
		field('sport', String(tcp.sport)),
		field('dport', String(tcp.dport)),
		field('flags', flagNames(tcp.flags)),
		field('seq', String(tcp.seq)),
		field('ack', String(tcp.ack)),
		field('window', String(tcp.window))
	];
	const options = optionsText(tcp);
	if (options !== '') fields.push(field('options', options));
	if (tcp.payload.length > 0) fields.push(field('payload', payloadText(tcp.payload)));
	if (tcp.badChecksum) fields.push(field('checksum', 'bad'));
	return { key, name: 'TCP', depth, fields };
}

function icmpHeader(icmp: Icmp, key: string, depth: 0 | 1): Header {
	const fields: Field[] = [
		{ key: `${key}.type`, label: 'type', value: String(icmp.type), icmp: [icmp.type, icmp.code] },
		{ key: `${key}.code`, label: 'code', value: String(icmp.code) }
	];
	if (!isIcmpError(icmp.type))
		fields.push(
			{ key: `${key}.id`, label: 'id', value: String(icmp.rest >>> 16) },
			{ key: `${key}.seq`, label: 'seq', value: String(icmp.rest & 0xffff) }
		);
	else if (icmp.type === 3 && icmp.code === 4)
		fields.push({ key: `${key}.mtu`, label: 'mtu', value: String(icmp.rest & 0xffff) });
	if (icmp.badChecksum) fields.push({ key: `${key}.checksum`, label: 'checksum', value: 'bad' });
	return { key, name: 'ICMP', depth, fields };
}

function transportHeader(l4: Transport, prefix: string, depth: 0 | 1): Header {
	const key = `${prefix}${l4.kind}`;
	switch (l4.kind) {
		case 'tcp':
			return tcpHeader(l4, key, depth);
		case 'udp': {
			const fields: Field[] = [
				{ key: `${key}.sport`, label: 'sport', value: String(l4.sport) },
				{ key: `${key}.dport`, label: 'dport', value: String(l4.dport) }
			];
			if (l4.payload.length > 0)
				fields.push({ key: `${key}.payload`, label: 'payload', value: payloadText(l4.payload) });
			if (l4.checksum !== 'good')
				fields.push({ key: `${key}.checksum`, label: 'checksum', value: l4.checksum });
			return { key, name: 'UDP', depth, fields };
		}
		case 'icmp':
			return icmpHeader(l4, key, depth);
		case 'opaque':
			return {
				key,
				name: 'data',
				depth,
				fields: [{ key: `${key}.payload`, label: 'payload', value: payloadText(l4.payload) }]
			};
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

/** The ports of a quoted transport header that was cut short after eight bytes (RFC 792). */
function cutPorts(packet: Packet, prefix: string): Header | null {
	const { ip, l4 } = packet;
	if (l4.kind !== 'opaque' || l4.payload.length < 4 || (ip.protocol !== 6 && ip.protocol !== 17))
		return null;
	const name = ip.protocol === 6 ? 'TCP' : 'UDP';
	const key = `${prefix}${name.toLowerCase()}`;
	const port = (at: number): string => String(l4.payload[at]! * 256 + l4.payload[at + 1]!);
	return {
		key,
		name,
		depth: 1,
		fields: [
			{ key: `${key}.sport`, label: 'sport', value: port(0) },
			{ key: `${key}.dport`, label: 'dport', value: port(2) }
		]
	};
}

/** All headers of a packet, those of a quoted packet after them. */
export function headersOf(packet: Packet): Header[] {
	const headers = [ipHeader(packet, '', 0), transportHeader(packet.l4, '', 0)];
	const quoted = packet.l4.kind === 'icmp' ? quotedPacket(packet.l4) : null;
	if (quoted)
		headers.push(
			ipHeader(quoted, 'quoted.', 1),
			cutPorts(quoted, 'quoted.') ?? transportHeader(quoted.l4, 'quoted.', 1)
		);
	return headers;
}

/** `198.51.100.10:40000`, without a port where there is none. */
export function endpoints({ ip, l4 }: Packet): { src: string; dst: string } {
	const ports = l4.kind === 'tcp' || l4.kind === 'udp';
	return {
		src: formatAddress(ip.src) + (ports ? `:${l4.sport}` : ''),
		dst: formatAddress(ip.dst) + (ports ? `:${l4.dport}` : '')
	};
}
