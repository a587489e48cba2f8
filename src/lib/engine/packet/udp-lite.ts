/** What is wrong with a UDP-Lite datagram (RFC 3828, section 3.1). */
import { pseudoHeaderSum, sum16 } from './checksum';
import { get16 } from './codec';
import type { Packet } from './packet';

/**
 * A checksum must be there, over as much as the header says. `null` when all is well.
 *
 * @param pseudo the protocol that the checksum's pseudo-header names; without it nothing is summed
 */
export function udpLiteFault(packet: Packet, pseudo: number | null): string | null {
	const bytes = packet.l4.payload;
	if (bytes.length < 8) return 'truncated UDP-Lite header';
	const covered = get16(bytes, 4) || bytes.length;
	if (covered < 8 || covered > bytes.length) return 'invalid UDP-Lite coverage';
	if (get16(bytes, 6) === 0) return 'UDP-Lite checksum missing';
	if (pseudo === null) return null;
	const start = pseudoHeaderSum(packet.ip.src, packet.ip.dst, pseudo, bytes.length);
	return sum16(bytes, 0, covered, start) !== 0xffff ? 'bad UDP-Lite checksum' : null;
}
