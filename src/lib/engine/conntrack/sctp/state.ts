/** What the SCTP tracker remembers of a flow (`struct ip_ct_sctp`). A value is replaced whole, never changed in place. */

/** `enum sctp_conntrack`, in the kernel's order and with `conntrack -L`'s names. */
export const SCTP_STATES = [
	'NONE',
	'CLOSED',
	'COOKIE_WAIT',
	'COOKIE_ECHOED',
	'ESTABLISHED',
	'SHUTDOWN_SENT',
	'SHUTDOWN_RECD',
	'SHUTDOWN_ACK_SENT',
	'HEARTBEAT_SENT'
] as const;
export type SctpStateName = (typeof SCTP_STATES)[number];

/** Of the original and of the reply direction. */
type Each<T> = readonly [original: T, reply: T];

export interface SctpTracking {
	readonly state: SctpStateName;
	/** The verification tag that packets of each direction have to carry; 0: not known yet. */
	readonly tags: Each<number>;
	/** Which directions have sent an INIT that is not answered for. */
	readonly inits: Each<boolean>;
	/** Direction of a HEARTBEAT with another tag, which its answer may make the right one; `null` where none waits. */
	readonly strayHeartbeat: 0 | 1 | null;
}

export const UNTRACKED_SCTP: SctpTracking = {
	state: 'NONE',
	tags: [0, 0],
	inits: [false, false],
	strayHeartbeat: null
};
