/** What has to hold after a run, as data. */
import type { PacketJson } from '../../scenario/packet-json';
import type { Words } from './words';

/**
 * A place in a host: a hook (`postrouting`), a station (`NAT`, `confirm`, `ip filter forward`), both
 * (`postrouting/NAT`), or, for drops, the reason outside of any station (`no route`).
 */
export type Place = string;

/** An entry's tuple, as far as it matters. */
export interface TupleMatch {
	readonly src?: string | undefined;
	readonly dst?: string | undefined;
	readonly sport?: number | undefined;
	readonly dport?: number | undefined;
	readonly id?: number | undefined;
}

/** A line of `conntrack -L`, as far as it matters. */
export interface EntryMatch {
	readonly protocol?: string | undefined;
	/** TCP's. */
	readonly state?: string | undefined;
	readonly original?: TupleMatch | undefined;
	readonly reply?: TupleMatch | undefined;
	readonly assured?: boolean | undefined;
	/** Whether a reply was seen (no `[UNREPLIED]`). */
	readonly replied?: boolean | undefined;
	readonly mark?: number | undefined;
	readonly zone?: number | undefined;
	readonly helper?: string | undefined;
	/** Seconds left: at least, at most. */
	readonly seconds?: {
		readonly atLeast?: number | undefined;
		readonly atMost?: number | undefined;
	};
}

/** A number: exactly, or between. */
export interface Amount {
	readonly is?: number | undefined;
	readonly atLeast?: number | undefined;
	readonly atMost?: number | undefined;
}

interface At {
	/** The Linux host. */
	readonly on: string;
	/** The scenario step, from 0: in it, or for a state after it. Absent: in any, or after the last. */
	readonly step?: number | undefined;
}

export interface Arrives {
	/** `server/eth0`, or a Linux host's name: delivered to the host itself. */
	readonly at: string;
	readonly step?: number | undefined;
	readonly packet?: PacketJson | undefined;
	/** How many; absent: one at least. */
	readonly count?: number | undefined;
}

export type Condition =
	/** A packet comes out at a wire host's interface, or is delivered to a Linux host, looking so. */
	| { readonly arrives: Arrives }
	/** A host drops a packet of this step. */
	| { readonly dropped: At & { readonly at?: Place | undefined } }
	/** Such an entry stands in the table. */
	| { readonly entry: At & EntryMatch }
	/** How many entries stand in the table, of those that look so. */
	| { readonly entries: At & Amount & { readonly match?: EntryMatch | undefined } }
	/** A rule's counter, in packets, after the last step. The rule's place in its chain counts from 0. */
	| {
			readonly counter: Amount & {
				readonly on: string;
				readonly table: string;
				readonly chain: string;
				readonly rule: number;
			};
	  }
	/** A number of `conntrack -S` after the last step. */
	| { readonly stat: At & Amount & { readonly name: string } }
	/** A field of a packet is rewritten at a place. */
	| {
			readonly rewritten: At & {
				readonly field: string;
				readonly at?: Place | undefined;
				readonly from?: string | undefined;
				readonly to?: string | undefined;
			};
	  }
	/** A station is asked about a packet of this step and does something with it. */
	| { readonly asked: At & { readonly at: Place } }
	/** A packet passes a station that has nothing to say to it. */
	| { readonly passedOver: At & { readonly at: Place } }
	/** What conntrack says a packet of this step is. */
	| {
			readonly relation: At & {
				readonly is: 'new' | 'established' | 'related' | 'invalid' | 'untracked';
				readonly direction?: 'original' | 'reply' | undefined;
			};
	  }
	/** Routing's answer for a packet of this step. */
	| { readonly routed: At & { readonly to: 'local' | 'forward' | 'out' | 'none' } }
	/** A command of this step succeeds, or says so. */
	| { readonly command: { readonly step: number; readonly exit?: number; readonly says?: string } }
	| { readonly not: Condition }
	| { readonly any: readonly Condition[] };

/** A condition with words of its own for the student; without them, words are made from it. */
export type Goal = Condition & { readonly text?: Words | undefined };
