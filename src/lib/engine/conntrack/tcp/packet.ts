/**
 * What a segment does to its entry (`nf_conntrack_tcp_packet`): the transition table says where
 * it leads, the flow's windows whether it is of this flow at all. One that is not is INVALID: it
 * belongs to no entry, so no rule of the flow and no translation applies.
 */
import type { Tcp } from '../../packet';
import { RST } from '../../packet';
import type { Direction, Entry } from '../entry';
import { IPS_ASSURED, IPS_SEEN_REPLY, REPLY } from '../entry';
import type { ConntrackSettings } from '../settings';
import type { TcpDraft } from './draft';
import { endOf } from './draft';
import { answersIgnoredSyn, followIgnoredSyn, isChallengeAck, rememberIgnored } from './ignored';
import { judgeReset } from './reset';
import { CHALLENGE_ACK, CLOSE_INIT, SIMULTANEOUS_OPEN, TCP_STATES } from './state';
import { timeoutAfter, timeoutAfterInvalid } from './timeout';
import {
	ACK_SET,
	CLOSE,
	ESTABLISHED,
	FIN_WAIT,
	IGNORE,
	INVALID,
	RST_SET,
	SYN_RECV,
	SYN_SENT,
	SYN_SENT2,
	SYN_SET,
	TIME_WAIT,
	TRANSITIONS,
	segmentKind
} from './transitions';
import { inWindow } from './window';

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
	let oldState = draft.state;
	let newState = TRANSITIONS[direction]![kind]![oldState]!;
	let skipWindow = false;

	if (newState === SYN_SENT && oldState >= TIME_WAIT) {
		if (isFinished(draft, direction))
			return still('repeat', 'a finished connection is opened again');
		newState = IGNORE;
	}

	switch (newState) {
		case IGNORE:
			if (!answersIgnoredSyn(draft, direction, kind, tcp)) {
				rememberIgnored(draft, direction, kind, tcp);
				return still('accept', `ignored in state ${TCP_STATES[oldState]}`);
			}
			followIgnoredSyn(draft, direction);
			oldState = SYN_SENT;
			newState = SYN_RECV;
			break;
		case INVALID:
			return still('invalid', `not allowed in state ${TCP_STATES[oldState]}`);
		case TIME_WAIT:
			if (isChallengeAck(draft, direction, kind)) {
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
			const reset = judgeReset(entry, draft, direction, tcp, settings);
			if (!reset) return still('invalid', 'RST below the last acknowledged byte');
			newState = reset.state;
			skipWindow = reset.believed;
			break;
		}
	}

	if (!skipWindow) {
		const result = inWindow(draft, entry, direction, kind, tcp, settings);
		if (result.action === 'ignore') return still('accept', result.reason);
		if (result.action === 'invalid') {
			const timeout = timeoutAfterInvalid(draft, entry, direction, kind, settings, remaining);
			return still('invalid', result.reason, timeout);
		}
	}

	draft.lastIndex = kind;
	draft.lastDir = direction;
	draft.state = newState;
	if (oldState !== newState && newState === FIN_WAIT) endOf(draft, direction).flags |= CLOSE_INIT;

	let timeout = timeoutAfter(draft, kind, newState, settings);
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

/**
 * Whether the connection is over as far as both ends go, so that a SYN opens another with the
 * same tuple: one end closed it, or the SYN's own sender reset it.
 */
function isFinished(draft: TcpDraft, direction: Direction): boolean {
	if ((draft.original.flags | draft.reply.flags) & CLOSE_INIT) return true;
	return draft.lastDir === direction && draft.lastIndex === RST_SET;
}
