/**
 * A hash of a packet's addresses, ports and protocol that the packets of both directions share. Linux makes one
 * of them with a secret of its own (`__flow_hash_from_keys`); here only its properties are the same.
 */
import { jhash2 } from '../nat/jhash';
import type { Packet } from '../packet';
import { endsOf, isFragment } from '../packet';

export function symmetricHash(packet: Packet, secret: number): number {
	const { src, dst, protocol } = packet.ip;
	// A fragment's ports do not count, nor do those that are not all there.
	const ports = isFragment(packet.ip) ? 0 : Math.max(endsOf(packet), 0);
	const [sport, dport] = [ports >>> 16, ports & 0xffff];
	const turned = src > dst || (src === dst && sport > dport);
	const words = turned ? [dst, src, dport * 65536 + sport, protocol] : [src, dst, ports, protocol];
	return jhash2(words, secret);
}
