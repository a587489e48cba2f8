/**
 * A connection tracking entry (`struct nf_conn`). Its fields are changed only through the
 * journal, so that every change can be taken back.
 */
import type { FtpState } from './ftp';
import type { SctpTracking } from './sctp/state';
import type { TcpTracking } from './tcp/state';
import type { Tuple } from './tuple';
import type { Zone } from './zone';

/** Direction of a packet within its flow (`IP_CT_DIR_*`). */
export const ORIGINAL = 0;
export const REPLY = 1;
export type Direction = typeof ORIGINAL | typeof REPLY;

/** Status bits (`enum ip_conntrack_status`), with the kernel's own values. */
export const IPS_EXPECTED = 1 << 0;
export const IPS_SEEN_REPLY = 1 << 1;
export const IPS_ASSURED = 1 << 2;
export const IPS_CONFIRMED = 1 << 3;
export const IPS_SRC_NAT = 1 << 4;
export const IPS_DST_NAT = 1 << 5;
export const IPS_NAT_MASK = IPS_SRC_NAT | IPS_DST_NAT;
export const IPS_SEQ_ADJUST = 1 << 6;
export const IPS_SRC_NAT_DONE = 1 << 7;
export const IPS_DST_NAT_DONE = 1 << 8;
export const IPS_DYING = 1 << 9;
export const IPS_FIXED_TIMEOUT = 1 << 10;
export const IPS_TEMPLATE = 1 << 11;
export const IPS_NAT_CLASH = 1 << 12;
export const IPS_HELPER = 1 << 13;
/** Not the kernel's: the entry was made while `nf_conntrack_timestamp` was 1. */
export const IPS_TIMESTAMP = 1 << 30;

/**
 * What a packet is to the table (`enum ip_conntrack_info` without the direction).
 * A rule's `ct state` asks for this, not for the entry's own state.
 */
export type Relation = 'new' | 'established' | 'related' | 'invalid' | 'untracked';

/** How a helper shifted one direction's sequence numbers (`struct nf_ct_seqadj`). */
export interface SequenceShift {
	/** Sequence number from which on `after` holds; before it, `before`. */
	readonly position: number;
	readonly before: number;
	readonly after: number;
}

/** No direction of a flow is shifted. */
export const UNSHIFTED: readonly [null, null] = [null, null];

export interface Entry {
	/** Counts up from 1 in each world; stands for the kernel's opaque id. */
	readonly id: number;
	readonly original: Tuple;
	/** What the answer will look like: the inverted original with translation written in. */
	reply: Tuple;
	readonly zone: Zone;
	/** `IPS_*` bits. */
	status: number;
	/**
	 * Milliseconds of world time at which the entry expires; while unconfirmed, how many
	 * milliseconds it will get at confirmation.
	 */
	timeout: number;
	mark: number;
	/** TCP only: the tracker's own state and windows. */
	tcp: TcpTracking | null;
	/** SCTP only: the tracker's own state and tags. */
	sctp: SctpTracking | null;
	/** UDP only: from when on (ms) traffic both ways makes it a stream. */
	streamFrom: number;
	/** Name of the helper that watches this flow. */
	helper: string | null;
	/** What the FTP helper remembers of this flow. */
	ftp: FtpState | null;
	/** The entry whose helper foretold this one. */
	readonly master: Entry | null;
	/** Index of the interface a masquerade bound it to; 0 if none. */
	masqueradeIndex: number;
	/** Sequence adjustments by direction, made by a helper's rewriting. */
	shifts: readonly [SequenceShift | null, SequenceShift | null];
	/** Packets and bytes by direction, counted when `nf_conntrack_acct` was on at creation. */
	accounting: [packets: number, bytes: number, packets: number, bytes: number] | null;
	/** A bit for each of 128 labels; `null`: no rule asked for one when the entry was made. */
	labels: bigint | null;
	/** Events noted but not told yet (`EVENT_*`): they are told when a packet of the flow leaves. */
	events: number;
	/**
	 * Which of them are told (`ctmask`): what a rule has said, or all, where `nf_conntrack_events` was on when the entry was
	 * made; `null`: none ever (it has no `nf_conntrack_ecache`).
	 */
	readonly told: number | null;
	/** Milliseconds of world time when the entry was made. */
	readonly born: number;
}

/** The tuple a packet of this direction carries when it reaches PREROUTING. */
export function tupleOf(entry: Entry, direction: Direction): Tuple {
	return direction === ORIGINAL ? entry.original : entry.reply;
}
