/** UDP-Lite (RFC 3828). */
import type { Packet } from '../../packet';
import { pseudoHeaderSum, sum16 } from '../../packet/checksum';
import { get16 } from '../../packet/codec';
import { refresh } from '../account';
import type { Resolved, TrackingContext } from '../tracking';
import { checksChecksums } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/** `nf_conntrack_udplite_packet`: a checksum must be there, over as much as the header says. */
export function judgeUdpLite(
	context: TrackingContext,
	packet: Packet,
	resolved: Resolved
): Judgement {
	const bytes = packet.l4.payload;
	if (bytes.length < 8) return refuse('truncated UDP-Lite header');
	const covered = get16(bytes, 4) || bytes.length;
	if (covered < 8 || covered > bytes.length) return refuse('invalid UDP-Lite coverage');
	if (get16(bytes, 6) === 0) return refuse('UDP-Lite checksum missing');
	const start = pseudoHeaderSum(packet.ip.src, packet.ip.dst, 136, bytes.length);
	if (checksChecksums(context) && sum16(bytes, 0, covered, start) !== 0xffff)
		return refuse('bad UDP-Lite checksum');
	refresh(context, packet, resolved, context.conntrack.settings.udpTimeout);
	return ACCEPTED;
}
