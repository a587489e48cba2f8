/** What tracking is asked with and what it answers: shared by all that `nf_conntrack_in` calls. */
import type { Direction, Entry, Relation } from './entry';
import { ORIGINAL } from './entry';
import type { Expectation } from './expectation';
import type { Conntrack } from './namespace';
import type { Zone } from './zone';

/** What a rule at raw asked for before the look-up (`struct nf_conn` template). */
export interface Template {
	readonly zone: Zone;
	readonly helper: string | null;
	/** Which events are to be told of the entry (`EVENT_*`); `null`: all, if events are on. */
	readonly events: number | null;
}

/** What a packet is to the table. */
export interface TrackingResult {
	readonly verdict: 'accept' | 'drop';
	readonly entry: Entry | null;
	readonly relation: Relation;
	readonly direction: Direction;
	/** The entry was made for this packet. */
	readonly created: boolean;
	/** Why the packet is invalid or dropped, or was let pass without moving the state. */
	readonly reason: string | null;
}

/** A packet that has its entry; the reason is filled in once the packet is judged. */
export interface Resolved extends TrackingResult {
	readonly entry: Entry;
	reason: string | null;
}

/** What the trackers need of the world around them. */
export interface TrackingContext {
	readonly conntrack: Conntrack;
	/** World time, ms. */
	readonly now: number;
	/** PREROUTING checks checksums, OUTPUT trusts them. */
	readonly hook: 'prerouting' | 'output';
	nextEntryId(): number;
	/** Whether new entries can have labels. */
	keepsLabels(): boolean;
	/** Set up translation of an expected flow (`exp->expectfn`). */
	expected(entry: Entry, expectation: Expectation): void;
}

/** The packet belongs to no entry. */
export const invalid = (reason: string): TrackingResult => ({
	verdict: 'accept',
	entry: null,
	relation: 'invalid',
	direction: ORIGINAL,
	created: false,
	reason
});

/** PREROUTING checks checksums if `nf_conntrack_checksum` is 1; the host trusts its own. */
export function checksChecksums(context: TrackingContext): boolean {
	return context.hook === 'prerouting' && context.conntrack.settings.checksum;
}
