/** GRE. */
import type { Packet } from '../../packet';
import { assure, refresh } from '../account';
import { IPS_ASSURED, IPS_NAT_CLASH, IPS_SEEN_REPLY } from '../entry';
import type { Resolved, TrackingContext } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED } from './judgement';

/** `nf_conntrack_gre_packet`. */
export function judgeGre(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack } = context;
	const { entry } = resolved;
	const { settings } = conntrack;
	if (entry.status & IPS_SEEN_REPLY) {
		refresh(context, packet, resolved, settings.greTimeoutStream);
		if (!(entry.status & (IPS_ASSURED | IPS_NAT_CLASH))) assure(conntrack, entry);
	} else refresh(context, packet, resolved, settings.greTimeout);
	return ACCEPTED;
}
