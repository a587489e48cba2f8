/** ICMP queries and their answers; errors go another way (`icmp-error.ts`). */
import type { Packet } from '../../packet';
import { refresh } from '../account';
import type { Resolved, TrackingContext } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/** `nf_conntrack_icmp_packet`: only a query can begin a flow. */
export function judgeIcmp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const type = resolved.entry.original.dport >> 8;
	if (type !== 8 && type !== 13 && type !== 15 && type !== 17)
		return refuse(`no connection can begin with ICMP type ${type}`);
	refresh(context, packet, resolved, context.conntrack.settings.icmpTimeout);
	return ACCEPTED;
}
