/**
 * Which state a chunk leads to (`sctp_conntracks` in nf_conntrack_proto_sctp.c). A chunk that is not named, such as DATA,
 * changes none.
 */
import { CHUNK } from '../../packet/sctp';
import type { SctpStateName } from './state';

type Moves = Partial<Readonly<Record<SctpStateName, SctpStateName>>>;

const TO_CLOSED: Moves = {
	CLOSED: 'CLOSED',
	COOKIE_WAIT: 'CLOSED',
	COOKIE_ECHOED: 'CLOSED',
	ESTABLISHED: 'CLOSED',
	SHUTDOWN_SENT: 'CLOSED',
	SHUTDOWN_RECD: 'CLOSED',
	SHUTDOWN_ACK_SENT: 'CLOSED'
};

/** What each chunk moves in the original direction; from NONE and HEARTBEAT_SENT all others lead to CLOSED. */
const ORIGINAL_MOVES: Readonly<Record<number, Moves>> = {
	[CHUNK.init]: {
		SHUTDOWN_SENT: 'CLOSED',
		SHUTDOWN_RECD: 'CLOSED',
		HEARTBEAT_SENT: 'COOKIE_WAIT'
	},
	[CHUNK.initAck]: {},
	[CHUNK.abort]: TO_CLOSED,
	[CHUNK.shutdown]: { ESTABLISHED: 'SHUTDOWN_SENT' },
	[CHUNK.shutdownAck]: {
		NONE: 'SHUTDOWN_ACK_SENT',
		SHUTDOWN_SENT: 'SHUTDOWN_ACK_SENT',
		SHUTDOWN_RECD: 'SHUTDOWN_ACK_SENT',
		HEARTBEAT_SENT: 'SHUTDOWN_ACK_SENT'
	},
	[CHUNK.error]: {},
	[CHUNK.cookieEcho]: { COOKIE_WAIT: 'COOKIE_ECHOED' },
	[CHUNK.cookieAck]: { COOKIE_ECHOED: 'ESTABLISHED' },
	[CHUNK.shutdownComplete]: { SHUTDOWN_ACK_SENT: 'CLOSED' },
	[CHUNK.heartbeat]: { NONE: 'HEARTBEAT_SENT', HEARTBEAT_SENT: 'HEARTBEAT_SENT' },
	[CHUNK.heartbeatAck]: { HEARTBEAT_SENT: 'HEARTBEAT_SENT' }
};

/** Likewise in the reply direction, where from NONE and HEARTBEAT_SENT all others lead nowhere. */
const REPLY_MOVES: Readonly<Record<number, Moves>> = {
	[CHUNK.init]: {},
	[CHUNK.initAck]: { CLOSED: 'COOKIE_WAIT' },
	[CHUNK.abort]: TO_CLOSED,
	[CHUNK.shutdown]: { ESTABLISHED: 'SHUTDOWN_RECD' },
	[CHUNK.shutdownAck]: { SHUTDOWN_SENT: 'SHUTDOWN_ACK_SENT', SHUTDOWN_RECD: 'SHUTDOWN_ACK_SENT' },
	[CHUNK.error]: { COOKIE_ECHOED: 'CLOSED' },
	[CHUNK.cookieEcho]: { COOKIE_WAIT: 'COOKIE_ECHOED' },
	[CHUNK.cookieAck]: { COOKIE_ECHOED: 'ESTABLISHED' },
	[CHUNK.shutdownComplete]: { SHUTDOWN_ACK_SENT: 'CLOSED' },
	[CHUNK.heartbeat]: { HEARTBEAT_SENT: 'HEARTBEAT_SENT' },
	[CHUNK.heartbeatAck]: { HEARTBEAT_SENT: 'ESTABLISHED' }
};

const isOutside = (state: SctpStateName): boolean => state === 'NONE' || state === 'HEARTBEAT_SENT';

/** The state after a chunk (`sctp_new_state`); `null` where the chunk has no place. */
export function stateAfter(
	direction: 0 | 1,
	state: SctpStateName,
	chunk: number
): SctpStateName | null {
	const moves = (direction === 0 ? ORIGINAL_MOVES : REPLY_MOVES)[chunk];
	if (!moves) return state;
	const next = moves[state];
	if (next) return next;
	if (!isOutside(state)) return state;
	return direction === 0 ? 'CLOSED' : null;
}
