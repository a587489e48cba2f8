/**
 * What a RST does to its flow (`case TCP_CONNTRACK_CLOSE` in `nf_conntrack_tcp_packet`). Whoever
 * can guess an address and two ports can send one, so not every RST ends a connection.
 */
import type { Tcp } from '../../packet';
import type { Direction, Entry } from '../entry';
import { IPS_ASSURED, IPS_SEEN_REPLY, ORIGINAL, REPLY } from '../entry';
import type { ConntrackSettings } from '../settings';
import type { TcpDraft } from './draft';
import { endOf } from './draft';
import { before } from './order';
import { MAXACK_SET } from './state';
import { ACK_SET, CLOSE, ESTABLISHED, SYN_SENT, SYN_SET, tcpIsClosing } from './transitions';

/** Where a RST leads. */
export interface ResetJudgement {
	/** The state after it. */
	readonly state: number;
	/** It is believed as it is, without a look at the window. */
	readonly believed: boolean;
}

const CLOSES: ResetJudgement = { state: CLOSE, believed: false };
const CLOSES_AT_ONCE: ResetJudgement = { state: CLOSE, believed: true };

/** What becomes of the flow; `null` when the RST is invalid. */
export function judgeReset(
	entry: Entry,
	draft: TcpDraft,
	direction: Direction,
	tcp: Tcp,
	settings: ConntrackSettings
): ResetJudgement | null {
	if (tcpIsClosing(draft.state)) return CLOSES_AT_ONCE;
	const seq = tcp.seq | 0;
	const peer = endOf(draft, direction === ORIGINAL ? REPLY : ORIGINAL);
	let state = CLOSE;
	if (peer.flags & MAXACK_SET && draft.lastIndex !== SYN_SET) {
		const established = isEstablished(entry, draft.state);
		if (seq === 0 && !established) return CLOSES;
		if (before(seq, peer.maxAck) && !settings.tcpIgnoreInvalidRst) return null;
		if (!established || seq === peer.maxAck) return CLOSES;
		if (draft.lastIndex === ACK_SET && draft.lastDir === direction && seq === draft.lastEnd)
			return CLOSES;
		// Not exactly the byte expected: the other end may answer with a challenge ACK.
		state = draft.state;
	}
	return { state, believed: answersIgnored(entry, draft, direction, tcp) };
}

/** `nf_conntrack_tcp_established`. */
function isEstablished(entry: Entry, state: number): boolean {
	return state === ESTABLISHED && (entry.status & IPS_ASSURED) !== 0;
}

/** Whether it answers a SYN of the other end's, or an ACK, that was let pass. */
function answersIgnored(entry: Entry, draft: TcpDraft, direction: Direction, tcp: Tcp): boolean {
	const toSyn =
		(entry.status & IPS_SEEN_REPLY) !== 0 &&
		draft.lastIndex === SYN_SET &&
		draft.lastDir !== direction;
	const toAck = !(entry.status & IPS_ASSURED) && draft.lastIndex === ACK_SET;
	if ((toSyn || toAck) && (tcp.ack | 0) === draft.lastEnd) return true;
	return (
		draft.state === SYN_SENT &&
		draft.lastIndex === ACK_SET &&
		draft.lastDir === REPLY &&
		(tcp.seq | 0) === draft.lastAck
	);
}
