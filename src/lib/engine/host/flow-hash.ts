/**
 * A hash of a packet's addresses, ports and protocol that the packets of both directions share. Linux makes one
 * of them with a secret of its own (`__flow_hash_from_keys`); here only its properties are the same.
 */
import { jhash2 } from '../nat/jhash';
import type { Packet } from '../packet';
import { isFragment } from '../packet';
import { get16 } from '../packet/codec';

/** Where ports stand in what follows the IP header, by protocol (`proto_ports_offset`). */
const PORTS_AT: Readonly<Record<number, number>> = {
	6: 0,
	17: 0,
	33: 0,
	50: 0,
	51: 4,
	132: 0,
	136: 0
};

/** A fragment's ports do not count, nor do those that are not all there. */
function portsOf({ ip, l4 }: Packet): readonly [number, number] {
	if (isFragment(ip)) return [0, 0];
	if (l4.kind === 'tcp' || l4.kind === 'udp') return [l4.sport, l4.dport];
	const at = PORTS_AT[ip.protocol];
	if (l4.kind !== 'opaque' || at === undefined || l4.payload.length < at + 4) return [0, 0];
	return [get16(l4.payload, at), get16(l4.payload, at + 2)];
}

export function symmetricHash(packet: Packet, secret: number): number {
	const { src, dst, protocol } = packet.ip;
	const [sport, dport] = portsOf(packet);
	const turned = src > dst || (src === dst && sport > dport);
	const words = turned
		? [dst, src, dport * 65536 + sport, protocol]
		: [src, dst, sport * 65536 + dport, protocol];
	return jhash2(words, secret);
}
