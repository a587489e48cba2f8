/**
 * The TCP tracker (`nf_conntrack_tcp_packet`): what a segment does to its entry.
 *
 * The tracker sits between two ends and guesses each one's window from what passes. A segment
 * outside it is INVALID: it belongs to no entry, so no rule of the flow and no translation applies.
 */
import type { Tcp } from '../packet';
import { ACK, RST, SYN } from '../packet';
import { decodeTcpOptions } from '../packet/tcp-options';
import type { Direction, Entry, SequenceShift } from './entry';
import { IPS_ASSURED, IPS_FIXED_TIMEOUT, IPS_SEEN_REPLY, ORIGINAL, REPLY } from './entry';
import type { ConntrackSettings } from './settings';
import { ackFloor, dataFloor, segmentEnd } from './tcp-bounds';
import type { TcpEnd, TcpTracking } from './tcp-state';
import {
	BE_LIBERAL,
	CHALLENGE_ACK,
	CLOSE_INIT,
	DATA_UNACKNOWLEDGED,
	MAXACK_SET,
	SACK_PERM,
	SIMULTANEOUS_OPEN,
	TCP_STATES,
	WINDOW_SCALE
} from './tcp-state';
import {
	ACK_SET,
	CLOSE,
	CLOSE_WAIT,
	ESTABLISHED,
	FIN_SET,
	FIN_WAIT,
	IGNORE,
	INVALID,
	LAST_ACK,
	NONE,
	NONE_SET,
	RST_SET,
	SYNACK_SET,
	SYN_RECV,
	SYN_SENT,
	SYN_SENT2,
	SYN_SET,
	TIME_WAIT,
	TRANSITIONS,
	segmentKind
} from './tcp-table';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A tracking value that a segment may write to. */
export interface TcpDraft extends Omit<Mutable<TcpTracking>, 'original' | 'reply'> {
	original: Mutable<TcpEnd>;
	reply: Mutable<TcpEnd>;
}

/** What the tracker says of one segment. */
export interface TcpOutcome {
	/**
	 * `accept`: of this flow. `invalid`: of no flow. `repeat`: the entry was a finished
	 * connection's; delete it and look again.
	 */
	readonly verdict: 'accept' | 'invalid' | 'repeat';
	/** Why, in the kernel's own terms, when it was refused or let pass without effect. */
	readonly reason: string | null;
	/** New lifetime in seconds; `null` leaves the timer alone. */
	readonly timeout: number | null;
	/** The state changed (the kernel's IPCT_PROTOINFO event). */
	readonly stateChanged: boolean;
	readonly assured: boolean;
	/** The entry is deleted at once: a RST answered a flow that had no other answer. */
	readonly kill: boolean;
}

/** Sequence numbers compare modulo 2^32 (`before`, `after`). */
function before(a: number, b: number): boolean {
	return ((a - b) | 0) < 0;
}
function after(a: number, b: number): boolean {
	return ((b - a) | 0) < 0;
}

const NO_END: TcpEnd = { end: 0, maxEnd: 0, maxWindow: 0, maxAck: 0, scale: 0, flags: 0 };

function copyEnd(end: TcpEnd): Mutable<TcpEnd> {
	return {
		end: end.end,
		maxEnd: end.maxEnd,
		maxWindow: end.maxWindow,
		maxAck: end.maxAck,
		scale: end.scale,
		flags: end.flags
	};
}

/** A copy to write to, where the old value is kept. */
export function draftOf(t: TcpTracking): TcpDraft {
	return {
		state: t.state,
		original: copyEnd(t.original),
		reply: copyEnd(t.reply),
		lastDir: t.lastDir,
		lastIndex: t.lastIndex,
		lastSeq: t.lastSeq,
		lastAck: t.lastAck,
		lastEnd: t.lastEnd,
		lastWindow: t.lastWindow,
		lastScale: t.lastScale,
		lastFlags: t.lastFlags,
		retransmissions: t.retransmissions
	};
}

/** Window scale and SACK permission out of a SYN's options (`tcp_options`). */
function readOptions(tcp: Tcp, end: { scale: number; flags: number }): void {
	if (tcp.options.length === 0) return;
	const options = decodeTcpOptions(tcp.options);
	end.scale = 0;
	end.flags &= BE_LIBERAL;
	if (options.sackOk) end.flags |= SACK_PERM;
	if (options.wscale !== undefined) {
		end.scale = Math.min(options.wscale, 14);
		end.flags |= WINDOW_SCALE;
	}
}

function endOf(draft: TcpDraft, direction: Direction): Mutable<TcpEnd> {
	return direction === ORIGINAL ? draft.original : draft.reply;
}

/** What a helper's rewriting adds to sequence numbers from `seq` on (`nf_ct_seq_offset`). */
export function sequenceOffset(shift: SequenceShift | null, seq: number): number {
	if (!shift) return 0;
	return after(seq, shift.position) ? shift.after : shift.before;
}

/** The tracking of a first segment (`tcp_new`); a string says why none is made. */
export function tcpNew(tcp: Tcp, settings: ConntrackSettings): TcpDraft | string {
	const state = TRANSITIONS[ORIGINAL]![segmentKind(tcp.flags)]![NONE]!;
	if (state === INVALID) return 'no connection can begin with this segment';
	const end = segmentEnd(tcp);
	const maxWindow = tcp.window || 1;
	let first: Mutable<TcpEnd>;
	let second: Mutable<TcpEnd> = copyEnd(NO_END);
	if (state === SYN_SENT) {
		first = { end, maxEnd: end, maxWindow, maxAck: 0, scale: 0, flags: 0 };
		readOptions(tcp, first);
	} else if (!settings.tcpLoose) {
		return 'nf_conntrack_tcp_loose is 0: no connection is picked up midway';
	} else {
		const flags = SACK_PERM | BE_LIBERAL;
		first = { end, maxEnd: (end + maxWindow) | 0, maxWindow, maxAck: 0, scale: 0, flags };
		second = { ...copyEnd(NO_END), flags };
	}
	return {
		state: NONE,
		original: first,
		reply: second,
		lastDir: ORIGINAL,
		lastIndex: NONE_SET,
		lastSeq: 0,
		lastAck: 0,
		lastEnd: 0,
		lastWindow: 0,
		lastScale: 0,
		lastFlags: 0,
		retransmissions: 0
	};
}

type WindowResult = { readonly action: 'accept' | 'ignore' | 'invalid'; readonly reason: string };
const IN_WINDOW: WindowResult = { action: 'accept', reason: '' };

/** `tcp_init_sender`: begin anew with what a SYN says. */
function initSender(
	sender: Mutable<TcpEnd>,
	receiver: Mutable<TcpEnd>,
	tcp: Tcp,
	end: number,
	direction: Direction
): void {
	sender.end = end;
	sender.maxEnd = end;
	sender.maxWindow = tcp.window || 1;
	readOptions(tcp, sender);
	if (direction === REPLY && !(sender.flags & WINDOW_SCALE && receiver.flags & WINDOW_SCALE)) {
		sender.scale = 0;
		receiver.scale = 0;
	}
}

/** Whether a segment lies in the window as far as the tracker knows it (`tcp_in_window`). */
function inWindow(
	draft: TcpDraft,
	entry: Entry,
	direction: Direction,
	kind: number,
	tcp: Tcp,
	settings: ConntrackSettings
): WindowResult {
	const sender = endOf(draft, direction);
	const receiver = endOf(draft, direction === ORIGINAL ? REPLY : ORIGINAL);
	const syn = (tcp.flags & SYN) !== 0;
	const hasAck = (tcp.flags & ACK) !== 0;
	const rst = (tcp.flags & RST) !== 0;
	let seq = tcp.seq | 0;
	let ack = tcp.ack | 0;
	let sack = ack;
	let window = tcp.window;
	let end = segmentEnd(tcp);

	if (receiver.flags & SACK_PERM && tcp.options.length > 0) {
		for (const [, right] of decodeTcpOptions(tcp.options).sack ?? [])
			if (after(right, sack)) sack = right | 0;
	}
	const offset = sequenceOffset(entry.shifts[direction === ORIGINAL ? 1 : 0], (ack - 1) | 0);
	ack = (ack - offset) | 0;
	sack = (sack - offset) | 0;

	if (sender.maxWindow === 0) {
		if (syn) {
			initSender(sender, receiver, tcp, end, direction);
			if (!hasAck) return IN_WINDOW;
		} else {
			sender.end = end;
			sender.maxWindow = window << sender.scale || 1;
			sender.maxEnd = (end + sender.maxWindow) | 0;
			if (receiver.maxWindow === 0) {
				receiver.end = sack;
				receiver.maxEnd = sack;
			} else if (sack === ((receiver.end + 1) | 0)) receiver.end = sack;
		}
	} else if (
		syn &&
		after(end, sender.end) &&
		(draft.state === SYN_SENT || draft.state === SYN_RECV)
	) {
		initSender(sender, receiver, tcp, end, direction);
		if (direction === REPLY && !hasAck) return IN_WINDOW;
	}

	if (!hasAck || (rst && ack === 0)) {
		ack = receiver.end;
		sack = receiver.end;
	}
	if (rst && seq === 0 && draft.state === SYN_SENT) {
		seq = sender.end;
		end = sender.end;
	}

	const liberal = (sender.flags & BE_LIBERAL) !== 0 || settings.tcpBeLiberal;
	const refuse = (action: 'ignore' | 'invalid', reason: string): WindowResult =>
		liberal ? IN_WINDOW : { action, reason };
	const lowestAck = ackFloor(sender, receiver);
	const lowestData = dataFloor(sender, receiver);

	if (!before(seq, (sender.maxEnd + 1) | 0)) {
		const overshot = (end - sender.maxEnd + 1) >>> 0;
		if (
			receiver.maxWindow !== 0 &&
			after(end, lowestData) &&
			after(sack, lowestAck) &&
			overshot <= receiver.maxWindow &&
			before(sack, (receiver.end + 1) | 0)
		) {
			sender.end = end;
			sender.flags |= DATA_UNACKNOWLEDGED;
			return refuse('ignore', `${overshot} bytes more than expected`);
		}
		return refuse(
			'invalid',
			`SEQ is over upper bound ${(sender.maxEnd + 1) >>> 0} (over the window of the receiver)`
		);
	}
	if (!before(sack, (receiver.end + 1) | 0))
		return refuse(
			'invalid',
			`ACK is over upper bound ${(receiver.end + 1) >>> 0} (ACKed data not seen yet)`
		);
	if (receiver.maxWindow !== 0 && !after(end, lowestData))
		return refuse(
			'ignore',
			`SEQ is under lower bound ${lowestData >>> 0} (already ACKed data retransmitted)`
		);
	if (!after(sack, lowestAck))
		return refuse(
			'ignore',
			`ignored ACK under lower bound ${lowestAck >>> 0} (possible overly delayed)`
		);

	if (!syn) window <<= sender.scale;
	const offered = (window + (sack - ack)) >>> 0;
	if (sender.maxWindow < offered) sender.maxWindow = offered;
	if (after(end, sender.end)) {
		sender.end = end;
		sender.flags |= DATA_UNACKNOWLEDGED;
	}
	if (hasAck) {
		if (!(sender.flags & MAXACK_SET)) {
			sender.maxAck = ack;
			sender.flags |= MAXACK_SET;
		} else if (after(ack, sender.maxAck)) sender.maxAck = ack;
	}
	if (receiver.maxWindow !== 0 && after(end, sender.maxEnd))
		receiver.maxWindow = (receiver.maxWindow + end - sender.maxEnd) >>> 0;
	const allowed = (sack + window) | 0;
	if (after(allowed, (receiver.maxEnd - 1) | 0)) {
		receiver.maxEnd = window === 0 ? (allowed + 1) | 0 : allowed;
	}
	if (ack === receiver.end) receiver.flags &= ~DATA_UNACKNOWLEDGED;

	if (kind === ACK_SET) {
		if (
			draft.lastDir === direction &&
			draft.lastSeq === seq &&
			draft.lastAck === ack &&
			draft.lastEnd === end &&
			draft.lastWindow === tcp.window
		)
			draft.retransmissions++;
		else {
			draft.lastDir = direction;
			draft.lastSeq = seq;
			draft.lastAck = ack;
			draft.lastEnd = end;
			draft.lastWindow = tcp.window;
			draft.retransmissions = 0;
		}
	}
	return IN_WINDOW;
}

/** `tcp_can_early_drop`: the flow is on its way out. */
export function tcpIsClosing(state: number): boolean {
	return (
		state === FIN_WAIT ||
		state === LAST_ACK ||
		state === TIME_WAIT ||
		state === CLOSE ||
		state === CLOSE_WAIT
	);
}

/** `nf_conntrack_tcp_established`. */
function isEstablished(entry: Entry, state: number): boolean {
	return state === ESTABLISHED && (entry.status & IPS_ASSURED) !== 0;
}

/** The segment moves nothing. */
function still(
	verdict: TcpOutcome['verdict'],
	reason: string | null,
	timeout: number | null = null
): TcpOutcome {
	return { verdict, reason, timeout, stateChanged: false, assured: false, kill: false };
}

/**
 * What one segment does to an entry's tracking. The entry itself is not touched.
 *
 * @param draft the tracking, which is written to unless the verdict is `repeat`
 * @param remaining seconds the entry has left, for the shortening of a lost connection's life
 */
export function tcpPacket(
	entry: Entry,
	draft: TcpDraft,
	direction: Direction,
	tcp: Tcp,
	settings: ConntrackSettings,
	remaining: number
): TcpOutcome {
	const kind = segmentKind(tcp.flags);
	const other: Direction = direction === ORIGINAL ? REPLY : ORIGINAL;
	const seq = tcp.seq | 0;
	const ack = tcp.ack | 0;
	let oldState = draft.state;
	let newState = TRANSITIONS[direction]![kind]![oldState]!;
	let skipWindow = false;

	if (newState === SYN_SENT && oldState >= TIME_WAIT) {
		const closing = (draft.original.flags | draft.reply.flags) & CLOSE_INIT;
		if (closing || (draft.lastDir === direction && draft.lastIndex === RST_SET))
			return still('repeat', 'a finished connection is opened again');
		newState = IGNORE;
	}

	switch (newState) {
		case IGNORE: {
			if (
				kind === SYNACK_SET &&
				draft.lastIndex === SYN_SET &&
				draft.lastDir !== direction &&
				ack === draft.lastEnd
			) {
				// The answer to a SYN that was let pass: both ends agree, so the tracker follows them.
				oldState = SYN_SENT;
				newState = SYN_RECV;
				const first = endOf(draft, draft.lastDir);
				first.end = draft.lastEnd;
				first.maxEnd = draft.lastEnd;
				first.maxWindow = draft.lastWindow || 1;
				first.scale = draft.lastScale;
				draft.lastFlags &= ~CHALLENGE_ACK;
				first.flags = draft.lastFlags;
				const second = endOf(draft, direction);
				second.end = 0;
				second.maxEnd = 0;
				second.maxWindow = 0;
				second.maxAck = 0;
				second.scale = 0;
				second.flags &= BE_LIBERAL;
				break;
			}
			draft.lastIndex = kind;
			draft.lastDir = direction;
			draft.lastSeq = seq;
			draft.lastEnd = segmentEnd(tcp);
			draft.lastWindow = tcp.window;
			if (kind === SYN_SET && direction === ORIGINAL) {
				const seen = { scale: 0, flags: 0 };
				readOptions(tcp, seen);
				draft.lastFlags = seen.flags & (WINDOW_SCALE | SACK_PERM);
				draft.lastScale = seen.flags & WINDOW_SCALE ? seen.scale : 0;
				if (oldState === LAST_ACK) draft.lastFlags |= CHALLENGE_ACK;
			}
			if (oldState === SYN_SENT && kind === ACK_SET && direction === REPLY) draft.lastAck = ack;
			return still('accept', `ignored in state ${TCP_STATES[oldState]}`);
		}
		case INVALID:
			return still('invalid', `not allowed in state ${TCP_STATES[oldState]}`);
		case TIME_WAIT:
			if (
				oldState === LAST_ACK &&
				kind === ACK_SET &&
				draft.lastDir !== direction &&
				draft.lastIndex === SYN_SET &&
				draft.lastFlags & CHALLENGE_ACK
			) {
				draft.lastFlags &= ~CHALLENGE_ACK;
				return still('accept', 'challenge ACK ignored');
			}
			break;
		case SYN_SENT2:
			draft.lastFlags |= SIMULTANEOUS_OPEN;
			break;
		case SYN_RECV:
			if (direction === REPLY && kind === ACK_SET && draft.lastFlags & SIMULTANEOUS_OPEN)
				newState = ESTABLISHED;
			break;
		case CLOSE: {
			if (kind !== RST_SET) break;
			if (tcpIsClosing(oldState)) {
				skipWindow = true;
				break;
			}
			const peer = endOf(draft, other);
			if (peer.flags & MAXACK_SET && draft.lastIndex !== SYN_SET) {
				const established = isEstablished(entry, oldState);
				if (seq === 0 && !established) break;
				if (before(seq, peer.maxAck) && !settings.tcpIgnoreInvalidRst)
					return still('invalid', 'RST below the last acknowledged byte');
				if (!established || seq === peer.maxAck) break;
				if (draft.lastIndex === ACK_SET && draft.lastDir === direction && seq === draft.lastEnd)
					break;
				// Not exactly the byte expected: the other end may answer with a challenge ACK.
				newState = oldState;
			}
			// The answer to a SYN of the other end's, or to an ACK, that was let pass.
			if (
				((entry.status & IPS_SEEN_REPLY &&
					draft.lastIndex === SYN_SET &&
					draft.lastDir !== direction) ||
					(!(entry.status & IPS_ASSURED) && draft.lastIndex === ACK_SET)) &&
				ack === draft.lastEnd
			) {
				skipWindow = true;
				break;
			}
			if (
				oldState === SYN_SENT &&
				draft.lastIndex === ACK_SET &&
				draft.lastDir === REPLY &&
				seq === draft.lastAck
			)
				skipWindow = true;
			break;
		}
	}

	if (!skipWindow) {
		const result = inWindow(draft, entry, direction, kind, tcp, settings);
		if (result.action === 'ignore') return still('accept', result.reason);
		if (result.action === 'invalid') {
			const shortened = handleInvalid(draft, entry, direction, kind, settings, remaining);
			return still('invalid', result.reason, shortened);
		}
	}

	draft.lastIndex = kind;
	draft.lastDir = direction;
	draft.state = newState;
	if (oldState !== newState && newState === FIN_WAIT) endOf(draft, direction).flags |= CLOSE_INIT;

	let timeout = timeoutOf(draft, kind, newState, settings);
	let assured = false;
	let kill = false;
	let refresh = true;
	if (!(entry.status & IPS_SEEN_REPLY)) {
		if (tcp.flags & RST) {
			kill = true;
			refresh = false;
		} else if (kind === SYN_SET && oldState === SYN_SENT) refresh = false;
		else if (newState === ESTABLISHED)
			timeout = Math.min(timeout, settings.tcpTimeouts.unacknowledged);
	} else if (
		!(entry.status & IPS_ASSURED) &&
		(oldState === SYN_RECV || oldState === ESTABLISHED) &&
		newState === ESTABLISHED
	)
		assured = true;
	return {
		verdict: 'accept',
		reason: null,
		timeout: refresh ? timeout : null,
		stateChanged: oldState !== newState,
		assured,
		kill
	};
}

/** Lifetime in seconds after an accepted segment. */
function timeoutOf(
	draft: TcpDraft,
	kind: number,
	state: number,
	settings: ConntrackSettings
): number {
	const t = settings.tcpTimeouts;
	const normal = t.byState[state]!;
	if (draft.retransmissions >= settings.tcpMaxRetrans && normal > t.maxRetrans) return t.maxRetrans;
	if (kind === RST_SET) return t.byState[CLOSE]!;
	if ((draft.original.flags | draft.reply.flags) & DATA_UNACKNOWLEDGED && normal > t.unacknowledged)
		return t.unacknowledged;
	if (draft.lastWindow === 0 && normal > t.maxRetrans) return t.maxRetrans;
	return normal;
}

/**
 * A FIN or RST outside the window (`nf_tcp_handle_invalid`): when both ends sent one, the entry
 * need not be kept for days. Gives the new lifetime in seconds, or `null`.
 */
function handleInvalid(
	draft: TcpDraft,
	entry: Entry,
	direction: Direction,
	kind: number,
	settings: ConntrackSettings,
	remaining: number
): number | null {
	if (!(entry.status & IPS_ASSURED) || entry.status & IPS_FIXED_TIMEOUT) return null;
	if (kind !== RST_SET && kind !== FIN_SET) return null;
	if (draft.lastDir !== direction && (draft.lastIndex === FIN_SET || draft.lastIndex === RST_SET)) {
		const limit = settings.tcpTimeouts.unacknowledged;
		return remaining >= 120 && remaining > limit ? limit : null;
	}
	draft.lastIndex = kind;
	draft.lastDir = direction;
	return null;
}
