/** What packets are called in English. */
import type { Packet } from '$lib/engine';
import { icmpOf, tcpName } from './facts';

const ICMP_NAMES: Readonly<Record<string, string>> = {
	'0': 'echo reply',
	'3': 'destination unreachable',
	'3/0': 'net unreachable',
	'3/1': 'host unreachable',
	'3/2': 'protocol unreachable',
	'3/3': 'port unreachable',
	'3/4': 'fragmentation needed',
	'3/13': 'admin prohibited',
	'5': 'redirect',
	'8': 'echo request',
	'11': 'time exceeded',
	'12': 'parameter problem',
	'13': 'timestamp request',
	'14': 'timestamp reply'
};

export function icmpName([type, code]: readonly [type: number, code: number]): string {
	return ICMP_NAMES[`${type}/${code}`] ?? ICMP_NAMES[type] ?? `ICMP type ${type}`;
}

/** What one calls a packet for short: `SYN,ACK`, `UDP`, `port unreachable`. */
export function packetName(packet: Packet): string {
	const icmp = icmpOf(packet);
	if (icmp) return icmpName(icmp);
	if (packet.ip.mf || packet.ip.offset > 0) return 'fragment';
	const { protocol } = packet.ip;
	return tcpName(packet) ?? (protocol === 17 ? 'UDP' : `protocol ${protocol}`);
}

/** The packet in the run of a sentence. */
export function the(packet: Packet): string {
	const name = packetName(packet);
	if (packet.l4.kind === 'tcp') return `a TCP segment (${name})`;
	if (packet.l4.kind === 'udp') return 'a UDP datagram';
	// One that has no name is called by its number, and that begins with ICMP.
	if (packet.l4.kind === 'icmp') return `an ${name.startsWith('ICMP') ? name : `ICMP ${name}`}`;
	if (name === 'fragment') return 'a fragment';
	return name.startsWith('protocol') ? `a packet of ${name}` : `a broken ${name} packet`;
}
