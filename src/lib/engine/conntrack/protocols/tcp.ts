/** TCP: the segment is judged in `../tcp`; here its outcome is written into the entry. */
import type { Packet } from '../../packet';
import { packetLength } from '../../packet';
import { account, assure, refresh } from '../account';
import { IPS_CONFIRMED } from '../entry';
import { EVENT_PROTOINFO } from '../namespace';
import { secondsLeft } from '../print';
import type { TcpDraft } from '../tcp/draft';
import { draftOf } from '../tcp/draft';
import { tcpNew } from '../tcp/new';
import { tcpPacket } from '../tcp/packet';
import { validFlags } from '../tcp/transitions';
import type { Resolved, TrackingContext } from '../tracking';
import { checksChecksums } from '../tracking';
import type { Judgement } from './judgement';
import { ACCEPTED, refuse } from './judgement';

/** `nf_conntrack_tcp_packet`, with the checks of `tcp_error` before it. */
export function judgeTcp(context: TrackingContext, packet: Packet, resolved: Resolved): Judgement {
	const { conntrack, now } = context;
	const { entry, direction } = resolved;
	const { settings, journal } = conntrack;
	const tcp = packet.l4;
	if (tcp.kind !== 'tcp') return refuse('truncated TCP header');
	if (tcp.badChecksum && checksChecksums(context)) return refuse('bad TCP checksum');
	if (!validFlags(tcp.flags)) return refuse('invalid combination of TCP flags');
	let draft: TcpDraft;
	if (!(entry.status & IPS_CONFIRMED) || entry.tcp === null) {
		const fresh = tcpNew(tcp, settings);
		if (typeof fresh === 'string') return refuse(fresh);
		draft = fresh;
	} else draft = journal.everRecorded ? draftOf(entry.tcp) : (entry.tcp as TcpDraft);
	const left = secondsLeft(entry.timeout, now);
	const outcome = tcpPacket(entry, draft, direction, tcp, settings, left);
	if (outcome.verdict === 'repeat') return { verdict: 'repeat', reason: outcome.reason };
	journal.keep(entry, 'tcp', entry.tcp, draft);
	entry.tcp = draft;
	if (outcome.verdict === 'invalid') {
		if (outcome.timeout !== null) journal.set(entry, 'timeout', now + outcome.timeout * 1000);
		return refuse(outcome.reason ?? '');
	}
	if (outcome.stateChanged) conntrack.cacheEvent(entry, EVENT_PROTOINFO);
	if (outcome.kill) {
		account(conntrack, entry, direction, packetLength(packet));
		conntrack.destroy(entry, now);
		return ACCEPTED;
	}
	if (outcome.assured) assure(conntrack, entry);
	if (outcome.timeout !== null) refresh(context, packet, resolved, outcome.timeout);
	return outcome.reason === null ? ACCEPTED : { verdict: 'accept', reason: outcome.reason };
}
