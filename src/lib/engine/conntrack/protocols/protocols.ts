/** Which protocol's tracker judges a packet. */
import type { Packet } from '../../packet';
import { GRE, ICMP, SCTP, TCP, UDP, UDPLITE } from '../../packet';
import { refresh } from '../account';
import type { Resolved, TrackingContext } from '../tracking';
import { judgeGre } from './gre';
import { judgeIcmp } from './icmp';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';
import { judgeSctp } from './sctp';
import { judgeTcp } from './tcp';
import { judgeUdp } from './udp';
import { judgeUdpLite } from './udplite';

const ICMPV6 = 58;

/** What the packet does to its entry (`nf_conntrack_handle_packet`). */
export function judge(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	switch (packet.ip.protocol) {
		case TCP:
			return judgeTcp(context, packet, resolved);
		case UDP:
			return judgeUdp(context, packet, resolved);
		case ICMP:
			return judgeIcmp(context, packet, resolved);
		case GRE:
			return judgeGre(context, packet, resolved);
		case ICMPV6:
			// ICMPv6 in IPv4 begins no flow and belongs to none (`nf_conntrack_icmpv6_packet`).
			return refuse('unknown ICMP type');
		case UDPLITE:
			return judgeUdpLite(context, packet, resolved);
		case SCTP:
			return judgeSctp(context, packet, resolved);
		default:
			return judgeGeneric(context, packet, resolved);
	}
}

/** Protocols that have no tracker of their own: addresses only (`generic_packet`). */
function judgeGeneric(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	refresh(context, packet, resolved, context.conntrack.settings.genericTimeout);
	return ACCEPTED;
}
