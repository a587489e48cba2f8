/** Packets in words of the tools: `tcpdump -nSt`, and the packet line of `nft monitor trace`. */
import {
	formatAddress,
	packetLength,
	transportLength,
	type Icmp,
	type Packet,
	type Tcp
} from '../../engine';
import { quotedPacket } from '../../lab/model/packet-fields';

/** Flag bits in the order in which tcpdump prints their letters. */
const DUMP_FLAGS = [
	[1, 'F'],
	[2, 'S'],
	[4, 'R'],
	[8, 'P'],
	[16, '.'],
	[32, 'U'],
	[64, 'E'],
	[128, 'W']
] as const;

/** A packet as a line of `tcpdump -nSt` (print-ip.c, print-tcp.c, print-icmp.c). */
export function dumpLine(packet: Packet): string {
	const { ip, l4 } = packet;
	const src = formatAddress(ip.src);
	const dst = formatAddress(ip.dst);
	switch (l4.kind) {
		case 'tcp':
			return `IP ${src}.${l4.sport} > ${dst}.${l4.dport}: ${dumpTcp(l4)}`;
		case 'udp':
			return `IP ${src}.${l4.sport} > ${dst}.${l4.dport}: UDP, length ${l4.payload.length}`;
		case 'icmp':
			return `IP ${src} > ${dst}: ICMP ${dumpIcmp(l4)}, length ${transportLength(l4)}`;
		case 'opaque':
			return `IP ${src} > ${dst}: ${ip.offset > 0 ? 'ip' : ` ip-proto-${ip.protocol}`} ${l4.payload.length}`.replace(
				'  ',
				' '
			);
	}
}

function dumpTcp(tcp: Tcp): string {
	const letters = DUMP_FLAGS.filter(([bit]) => tcp.flags & bit).map(([, letter]) => letter);
	const length = tcp.payload.length;
	const parts = [`Flags [${letters.join('') || 'none'}]`];
	if (length > 0) parts.push(`seq ${tcp.seq}:${(tcp.seq + length) >>> 0}`);
	else if (tcp.flags & 7) parts.push(`seq ${tcp.seq}`);
	if (tcp.flags & 16) parts.push(`ack ${tcp.ack}`);
	parts.push(`win ${tcp.window}`);
	const options = dumpOptions(tcp.options);
	if (options) parts.push(`options [${options}]`);
	return `${parts.join(', ')}, length ${length}`;
}

/** TCP options in the order in which they stand on the wire. */
function dumpOptions(bytes: Uint8Array): string {
	const out: string[] = [];
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at < bytes.length;) {
		const kind = bytes[at]!;
		if (kind === 1 || kind === 0) {
			out.push(kind === 1 ? 'nop' : 'eol');
			at++;
			continue;
		}
		const length = Math.max(bytes[at + 1] ?? 2, 2);
		if (at + length > bytes.length) break;
		if (kind === 2) out.push(`mss ${view.getUint16(at + 2)}`);
		else if (kind === 3) out.push(`wscale ${bytes[at + 2]}`);
		else if (kind === 4) out.push('sackOK');
		else if (kind === 5)
			out.push(
				`sack ${(length - 2) / 8} ` +
					Array.from(
						{ length: (length - 2) / 8 },
						(_, i) => `{${view.getUint32(at + 2 + 8 * i)}:${view.getUint32(at + 6 + 8 * i)}}`
					).join('')
			);
		else if (kind === 8) out.push(`TS val ${view.getUint32(at + 2)} ecr ${view.getUint32(at + 6)}`);
		else out.push(`unknown-${kind}`);
		at += length;
	}
	return out.join(',');
}

function dumpIcmp(icmp: Icmp): string {
	const { type, code, rest } = icmp;
	const query: Record<number, string> = {
		0: 'echo reply',
		8: 'echo request',
		13: 'time stamp query',
		14: 'time stamp reply'
	};
	if (query[type]) return `${query[type]}, id ${rest >>> 16}, seq ${rest & 0xffff}`;
	if (type === 11) return code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded';
	if (type !== 3) return `type-#${type}`;
	// Most errors quote the beginning of a packet, not all of it.
	const quoted = quotedPacket(icmp);
	if (!quoted) return `unreachable - #${code}`;
	const dst = formatAddress(quoted.ip.dst);
	const { l4 } = quoted;
	switch (code) {
		case 0:
			return `net ${dst} unreachable`;
		case 1:
			return `host ${dst} unreachable`;
		case 2:
			return `${dst} protocol ${quoted.ip.protocol} unreachable`;
		case 3:
			if (l4.kind === 'udp' || l4.kind === 'tcp')
				return `${dst} ${l4.kind} port ${l4.dport} unreachable`;
			return `${dst} protocol ${quoted.ip.protocol} port unreachable`;
		case 4:
			return `${dst} unreachable - need to frag (mtu ${rest & 0xffff})`;
		case 9:
			return `net ${dst} unreachable - admin prohibited`;
		case 10:
			return `host ${dst} unreachable - admin prohibited`;
		case 13:
			return `host ${dst} unreachable - admin prohibited filter`;
		default:
			return `${dst} unreachable - #${code}`;
	}
}

const TRACE_FLAGS: Record<number, string> = {
	1: 'fin',
	2: 'syn',
	4: 'rst',
	8: 'psh',
	16: 'ack',
	32: 'urg'
};

const ICMP_TYPES: Record<number, string> = {
	0: 'echo-reply',
	3: 'destination-unreachable',
	8: 'echo-request',
	11: 'time-exceeded'
};
const UNREACHABLE: Record<number, string> = { 4: 'frag-needed' };
/** nft prints every code by the names of those of type 3. */
const CODES: Record<number, string> = {
	0: 'net-unreachable',
	1: 'host-unreachable',
	2: 'prot-unreachable',
	3: 'port-unreachable',
	9: 'net-prohibited',
	10: 'host-prohibited',
	13: 'admin-prohibited'
};

/** A packet as `nft monitor trace` prints it after `packet:`, without the interfaces and link addresses before it. */
export function traceFields(packet: Packet): string {
	const { ip, l4 } = packet;
	const parts = [
		`ip saddr ${formatAddress(ip.src)} ip daddr ${formatAddress(ip.dst)}`,
		`ip dscp ${ip.tos >> 2 === 0 ? 'cs0' : `0x${(ip.tos >> 2).toString(16).padStart(2, '0')}`}`,
		`ip ecn ${['not-ect', 'ect1', 'ect0', 'ce'][ip.tos & 3]}`,
		`ip ttl ${ip.ttl} ip id ${ip.id}`
	];
	if (l4.kind === 'opaque') parts.push(`ip protocol ${ip.protocol}`);
	parts.push(`ip length ${packetLength(packet)}`);
	if (l4.kind === 'tcp')
		parts.push(
			`tcp sport ${l4.sport} tcp dport ${l4.dport}`,
			`tcp flags == ${TRACE_FLAGS[l4.flags] ?? `0x${l4.flags.toString(16)}`} tcp window ${l4.window}`
		);
	if (l4.kind === 'udp')
		parts.push(`udp sport ${l4.sport} udp dport ${l4.dport} udp length ${transportLength(l4)}`);
	if (l4.kind === 'icmp') {
		const code = l4.type === 3 ? UNREACHABLE[l4.code] : undefined;
		parts.push(
			`icmp type ${ICMP_TYPES[l4.type] ?? l4.type} icmp code ${code ?? CODES[l4.code] ?? l4.code}`,
			`icmp id ${l4.rest >>> 16} icmp sequence ${l4.rest & 0xffff}`
		);
	}
	return parts.join(' ');
}
