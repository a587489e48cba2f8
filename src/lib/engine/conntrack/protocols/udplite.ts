/** UDP-Lite (RFC 3828). */
import type { Packet } from '../../packet';
import { UDP } from '../../packet';
import { udpLiteFault } from '../../packet/udp-lite';
import { refresh } from '../account';
import type { Resolved, TrackingContext } from '../tracking';
import { checksChecksums } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/**
 * `nf_conntrack_udplite_packet`. Its sum is checked as if the pseudo-header named UDP
 * (`udplite_error`), so that a datagram with the checksum of RFC 3828 is invalid, and one with a
 * sum that its receiver throws away is tracked.
 */
export function judgeUdpLite(
	context: TrackingContext,
	packet: Packet,
	resolved: Resolved
): Judgement {
	const fault = udpLiteFault(packet, checksChecksums(context) ? UDP : null);
	if (fault !== null) return refuse(fault);
	refresh(context, packet, resolved, context.conntrack.settings.udpTimeout);
	return ACCEPTED;
}
