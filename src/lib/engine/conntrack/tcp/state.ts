/**
 * What the TCP tracker remembers of a flow (`struct ip_ct_tcp`). Where changes are recorded, each
 * tracking value is replaced whole by a packet that changes it, never changed in place.
 */

/** `enum tcp_conntrack`, in the kernel's order and with `conntrack -L`'s names. */
export const TCP_STATES = [
	'NONE',
	'SYN_SENT',
	'SYN_RECV',
	'ESTABLISHED',
	'FIN_WAIT',
	'CLOSE_WAIT',
	'LAST_ACK',
	'TIME_WAIT',
	'CLOSE',
	'SYN_SENT2'
] as const;
export type TcpStateName = (typeof TCP_STATES)[number];

/** `IP_CT_TCP_FLAG_*`. */
export const WINDOW_SCALE = 0x01;
export const SACK_PERM = 0x02;
export const CLOSE_INIT = 0x04;
export const BE_LIBERAL = 0x08;
export const DATA_UNACKNOWLEDGED = 0x10;
export const MAXACK_SET = 0x20;
export const CHALLENGE_ACK = 0x40;
export const SIMULTANEOUS_OPEN = 0x80;

/**
 * One end's view (`struct ip_ct_tcp_state`). Sequence numbers are signed 32-bit here and below:
 * they are only told apart by their differences, and a large unsigned number takes a place of its
 * own in memory.
 */
export interface TcpEnd {
	/** Highest seq + len this end has sent. */
	readonly end: number;
	/** Highest seq + len the other end has allowed it. */
	readonly maxEnd: number;
	/** Largest window this end has offered. */
	readonly maxWindow: number;
	/** Highest ack this end has sent. */
	readonly maxAck: number;
	/** Window scale shift. */
	readonly scale: number;
	readonly flags: number;
}

export interface TcpTracking {
	/** Index into `TCP_STATES`. */
	readonly state: number;
	/** The end that sends in the original direction, and the one that answers. */
	readonly original: TcpEnd;
	readonly reply: TcpEnd;
	readonly lastDir: 0 | 1;
	/** Kind of the last segment (`enum tcp_bit_set`). */
	readonly lastIndex: number;
	readonly lastSeq: number;
	readonly lastAck: number;
	readonly lastEnd: number;
	readonly lastWindow: number;
	readonly lastScale: number;
	readonly lastFlags: number;
	/** How often the last data segment was seen again unanswered. */
	readonly retransmissions: number;
}
