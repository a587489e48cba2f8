/** UDP: a stream if it goes on both ways for more than two seconds. */
import type { Packet } from '../../packet';
import { assure, refresh } from '../account';
import { IPS_ASSURED, IPS_CONFIRMED, IPS_NAT_CLASH, IPS_SEEN_REPLY } from '../entry';
import type { Resolved, TrackingContext } from '../tracking';
import { checksChecksums } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/** `nf_conntrack_udp_packet`, with the checks of `udp_error` before it. */
export function judgeUdp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack, now } = context;
	const { entry } = resolved;
	const { settings, journal } = conntrack;
	const udp = packet.l4;
	if (udp.kind !== 'udp') return refuse('truncated or malformed UDP datagram');
	if (udp.checksum === 'bad' && checksChecksums(context)) return refuse('bad UDP checksum');
	if (!(entry.status & IPS_CONFIRMED)) journal.set(entry, 'streamFrom', now + 2000);
	if (!(entry.status & IPS_SEEN_REPLY)) {
		refresh(context, packet, resolved, settings.udpTimeout);
		return ACCEPTED;
	}
	// Still active two seconds after its first datagram, both ways: a stream.
	const stream = now >= entry.streamFrom;
	refresh(context, packet, resolved, stream ? settings.udpTimeoutStream : settings.udpTimeout);
	if (entry.status & IPS_NAT_CLASH) return ACCEPTED;
	if (stream && !(entry.status & IPS_ASSURED)) assure(conntrack, entry);
	return ACCEPTED;
}
