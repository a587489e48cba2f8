/** SCTP: the packet is judged in `../sctp`; here its outcome is written into the entry. */
import type { Packet } from '../../packet';
import { hasRightChecksum, SCTP_HEADER_LENGTH } from '../../packet/sctp';
import { assure, refresh } from '../account';
import { IPS_ASSURED, IPS_CONFIRMED } from '../entry';
import { EVENT_PROTOINFO } from '../namespace';
import { sctpPacket } from '../sctp/packet';
import { UNTRACKED_SCTP } from '../sctp/state';
import type { Resolved, TrackingContext } from '../tracking';
import { checksChecksums } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/** `nf_conntrack_sctp_packet`, with the checks of `sctp_error` before it. */
export function judgeSctp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack } = context;
	const { entry, direction } = resolved;
	const { payload } = packet.l4;
	if (payload.length < SCTP_HEADER_LENGTH) return refuse('truncated SCTP header');
	if (checksChecksums(context) && !hasRightChecksum(payload)) return refuse('bad SCTP checksum');
	const known = entry.status & IPS_CONFIRMED ? (entry.sctp ?? UNTRACKED_SCTP) : null;
	const { tracking, fault, ignored, stateChanged, established } = sctpPacket(
		known,
		direction,
		payload
	);
	conntrack.journal.set(entry, 'sctp', tracking);
	if (stateChanged) conntrack.cacheEvent(entry, EVENT_PROTOINFO);
	if (established && !(entry.status & IPS_ASSURED)) assure(conntrack, entry);
	if (fault !== null) return refuse(fault);
	if (!ignored) refresh(context, packet, resolved, conntrack.settings.sctpTimeouts[tracking.state]);
	return ACCEPTED;
}
