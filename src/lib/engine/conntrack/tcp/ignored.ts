/**
 * Segments that are let pass without effect, because the other end knows better than the tracker
 * what to make of them (`sIG`: `case TCP_CONNTRACK_IGNORE` in `nf_conntrack_tcp_packet`). They are
 * remembered, so that its answer can be understood.
 */
import type { Tcp } from '../../packet';
import type { Direction } from '../entry';
import { ORIGINAL, REPLY } from '../entry';
import { segmentEnd } from './bounds';
import type { TcpDraft } from './draft';
import { endOf } from './draft';
import { readOptions } from './options';
import { BE_LIBERAL, CHALLENGE_ACK, SACK_PERM, WINDOW_SCALE } from './state';
import { ACK_SET, LAST_ACK, SYNACK_SET, SYN_SENT, SYN_SET } from './transitions';

/** Remember a segment that is let pass. */
export function rememberIgnored(
	draft: TcpDraft,
	direction: Direction,
	kind: number,
	tcp: Tcp
): void {
	draft.lastIndex = kind;
	draft.lastDir = direction;
	draft.lastSeq = tcp.seq | 0;
	draft.lastEnd = segmentEnd(tcp);
	draft.lastWindow = tcp.window;
	if (kind === SYN_SET && direction === ORIGINAL) {
		const seen = { scale: 0, flags: 0 };
		readOptions(tcp, seen);
		draft.lastFlags = seen.flags & (WINDOW_SCALE | SACK_PERM);
		draft.lastScale = seen.flags & WINDOW_SCALE ? seen.scale : 0;
		if (draft.state === LAST_ACK) draft.lastFlags |= CHALLENGE_ACK;
	}
	if (draft.state === SYN_SENT && kind === ACK_SET && direction === REPLY)
		draft.lastAck = tcp.ack | 0;
}

/** Whether this SYN/ACK answers a SYN that was let pass: both ends agree on a new connection. */
export function answersIgnoredSyn(
	draft: TcpDraft,
	direction: Direction,
	kind: number,
	tcp: Tcp
): boolean {
	return (
		kind === SYNACK_SET &&
		draft.lastIndex === SYN_SET &&
		draft.lastDir !== direction &&
		(tcp.ack | 0) === draft.lastEnd
	);
}

/** Follow both ends into the connection that the remembered SYN began. */
export function followIgnoredSyn(draft: TcpDraft, direction: Direction): void {
	draft.lastFlags &= ~CHALLENGE_ACK;
	const first = endOf(draft, draft.lastDir);
	first.end = draft.lastEnd;
	first.maxEnd = draft.lastEnd;
	first.maxWindow = draft.lastWindow || 1;
	first.scale = draft.lastScale;
	first.flags = draft.lastFlags;
	const second = endOf(draft, direction);
	second.end = 0;
	second.maxEnd = 0;
	second.maxWindow = 0;
	second.maxAck = 0;
	second.scale = 0;
	second.flags &= BE_LIBERAL;
}

/**
 * Whether this ACK is the challenge (RFC 5961 section 4) that a SYN in LAST_ACK was let pass to
 * provoke: it is not the last ACK of the old connection.
 */
export function isChallengeAck(draft: TcpDraft, direction: Direction, kind: number): boolean {
	return (
		draft.state === LAST_ACK &&
		kind === ACK_SET &&
		draft.lastDir !== direction &&
		draft.lastIndex === SYN_SET &&
		(draft.lastFlags & CHALLENGE_ACK) !== 0
	);
}
