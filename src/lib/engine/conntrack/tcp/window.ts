/**
 * The windows of a flow (`tcp_in_window`, after Guido van Rooij, "Real Stateful TCP Packet
 * Filtering in IP Filter"). The tracker sits between two ends and guesses each one's window from
 * what passes; a segment outside of it is not of this flow.
 */
import type { Tcp } from '../../packet';
import { ACK, RST, SYN } from '../../packet';
import type { Direction, Entry } from '../entry';
import { ORIGINAL, REPLY } from '../entry';
import { sequenceOffset } from '../sequence';
import type { ConntrackSettings } from '../settings';
import { ackFloor, dataFloor, segmentEnd } from './bounds';
import type { TcpDraft, TcpEndDraft } from './draft';
import { endOf } from './draft';
import { highestSack, readOptions } from './options';
import { after, before } from './order';
import { BE_LIBERAL, DATA_UNACKNOWLEDGED, MAXACK_SET, SACK_PERM, WINDOW_SCALE } from './state';
import { ACK_SET, SYN_RECV, SYN_SENT } from './transitions';

/**
 * `accept`: it lies in the window. `ignore`: it does not, but is let pass without effect.
 * `invalid`: it is not of this flow. The reason is the kernel's own (`nf_tcp_log_invalid`).
 */
export interface WindowResult {
	readonly action: 'accept' | 'ignore' | 'invalid';
	readonly reason: string;
}

const IN_WINDOW: WindowResult = { action: 'accept', reason: '' };

/**
 * Whether a segment lies in the window as far as the tracker knows it (`tcp_in_window`); if so,
 * the windows are moved on.
 *
 * @param kind the segment's kind (`segmentKind`)
 */
export function inWindow(
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
	let sack = receiver.flags & SACK_PERM && tcp.options.length > 0 ? highestSack(tcp) : ack;
	let end = segmentEnd(tcp);

	const offset = sequenceOffset(entry.shifts[direction === ORIGINAL ? 1 : 0], (ack - 1) | 0);
	ack = (ack - offset) | 0;
	sack = (sack - offset) | 0;

	if (sender.maxWindow === 0) {
		if (syn) {
			initSender(sender, receiver, tcp, end, direction);
			if (!hasAck) return IN_WINDOW;
		} else pickUp(sender, receiver, tcp.window, end, sack);
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

	const refused = refusal(sender, receiver, seq, end, sack);
	if (refused)
		return (sender.flags & BE_LIBERAL) !== 0 || settings.tcpBeLiberal ? IN_WINDOW : refused;
	moveOn(sender, receiver, tcp, end, ack, sack);
	if (kind === ACK_SET) noteRepetition(draft, direction, seq, ack, end, tcp.window);
	return IN_WINDOW;
}

/** Begin anew with what a SYN says of its sender (`tcp_init_sender`). */
function initSender(
	sender: TcpEndDraft,
	receiver: TcpEndDraft,
	tcp: Tcp,
	end: number,
	direction: Direction
): void {
	sender.end = end;
	sender.maxEnd = end;
	sender.maxWindow = tcp.window || 1;
	readOptions(tcp, sender);
	// RFC 7323 section 2.2: neither end scales unless both offer to.
	if (direction === REPLY && !(sender.flags & WINDOW_SCALE && receiver.flags & WINDOW_SCALE)) {
		sender.scale = 0;
		receiver.scale = 0;
	}
}

/** The first that is seen of a sender is no SYN: the flow was picked up midway. */
function pickUp(
	sender: TcpEndDraft,
	receiver: TcpEndDraft,
	window: number,
	end: number,
	sack: number
): void {
	sender.end = end;
	sender.maxWindow = window << sender.scale || 1;
	sender.maxEnd = (end + sender.maxWindow) | 0;
	if (receiver.maxWindow === 0) {
		receiver.end = sack;
		receiver.maxEnd = sack;
	} else if (sack === ((receiver.end + 1) | 0)) receiver.end = sack;
}

/**
 * Which of the four bounds the segment breaks, asked in the kernel's order; `null` for none. One
 * a little over the upper bound moves its sender's end all the same.
 */
function refusal(
	sender: TcpEndDraft,
	receiver: TcpEndDraft,
	seq: number,
	end: number,
	sack: number
): WindowResult | null {
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
			return { action: 'ignore', reason: `${overshot} bytes more than expected` };
		}
		return {
			action: 'invalid',
			reason: `SEQ is over upper bound ${(sender.maxEnd + 1) >>> 0} (over the window of the receiver)`
		};
	}
	if (!before(sack, (receiver.end + 1) | 0))
		return {
			action: 'invalid',
			reason: `ACK is over upper bound ${(receiver.end + 1) >>> 0} (ACKed data not seen yet)`
		};
	if (receiver.maxWindow !== 0 && !after(end, lowestData))
		return {
			action: 'ignore',
			reason: `SEQ is under lower bound ${lowestData >>> 0} (already ACKed data retransmitted)`
		};
	if (!after(sack, lowestAck))
		return {
			action: 'ignore',
			reason: `ignored ACK under lower bound ${lowestAck >>> 0} (possible overly delayed)`
		};
	return null;
}

/** What a segment in the window says of what both ends may send next. */
function moveOn(
	sender: TcpEndDraft,
	receiver: TcpEndDraft,
	tcp: Tcp,
	end: number,
	ack: number,
	sack: number
): void {
	// A SYN's window is never scaled (RFC 7323 section 2.2).
	const window = tcp.flags & SYN ? tcp.window : tcp.window << sender.scale;
	const offered = (window + (sack - ack)) >>> 0;
	if (sender.maxWindow < offered) sender.maxWindow = offered;
	if (after(end, sender.end)) {
		sender.end = end;
		sender.flags |= DATA_UNACKNOWLEDGED;
	}
	if (tcp.flags & ACK) {
		if (!(sender.flags & MAXACK_SET)) {
			sender.maxAck = ack;
			sender.flags |= MAXACK_SET;
		} else if (after(ack, sender.maxAck)) sender.maxAck = ack;
	}
	if (receiver.maxWindow !== 0 && after(end, sender.maxEnd))
		receiver.maxWindow = (receiver.maxWindow + end - sender.maxEnd) >>> 0;
	const allowed = (sack + window) | 0;
	if (after(allowed, (receiver.maxEnd - 1) | 0))
		receiver.maxEnd = window === 0 ? (allowed + 1) | 0 : allowed;
	if (ack === receiver.end) receiver.flags &= ~DATA_UNACKNOWLEDGED;
}

/** Count how often the very same segment came: nobody answers it (`retrans`). */
function noteRepetition(
	draft: TcpDraft,
	direction: Direction,
	seq: number,
	ack: number,
	end: number,
	window: number
): void {
	if (
		draft.lastDir === direction &&
		draft.lastSeq === seq &&
		draft.lastAck === ack &&
		draft.lastEnd === end &&
		draft.lastWindow === window
	) {
		draft.retransmissions++;
		return;
	}
	draft.lastDir = direction;
	draft.lastSeq = seq;
	draft.lastAck = ack;
	draft.lastEnd = end;
	draft.lastWindow = window;
	draft.retransmissions = 0;
}
