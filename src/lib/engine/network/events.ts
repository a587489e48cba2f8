/**
 * What happens, told as it happens: one event for each step of a packet's walk, and for what a
 * user does between packets. Views, transcripts and traces are all made from these.
 */
import type { Direction, Entry, Relation } from '../conntrack/entry';
import type { TableEvent } from '../conntrack/namespace';
import type { Tuple } from '../conntrack/tuple';
import type { Manip } from '../nat/binding';
import type { Packet } from '../packet';
import type { RuleStep } from '../rules/context';
import type { HookName } from '../rules/ruleset';

/** A station of a hook, as it is shown: a row in the host's inside. */
export interface StationInfo {
	readonly hook: HookName;
	readonly priority: number;
	readonly kind: 'defrag' | 'chain' | 'conntrack' | 'nat-rules' | 'nat' | 'confirm';
	/** `conntrack`, `ip filter forward`, `NAT`, `confirm` … */
	readonly name: string;
	/** Set for chains: which table and chain. */
	readonly table?: string;
	readonly chain?: string;
}

/** Which field of a packet was rewritten. */
export interface Rewrite {
	readonly field:
		| 'src'
		| 'dst'
		| 'sport'
		| 'dport'
		| 'id'
		| 'ttl'
		| 'quoted'
		| 'seq'
		| 'ack'
		| 'payload'
		| 'mark'
		| 'tos';
	readonly before: string;
	readonly after: string;
}

/** Why a station had nothing to say to a packet. */
export type PassedOver =
	/** NAT chains are asked for a flow's first packet only. */
	| 'not the first packet'
	/** No entry: the packet is invalid. */
	| 'invalid'
	/** No entry: a rule took the packet out of tracking. */
	| 'untracked'
	/** This end was decided already (at an earlier hook, or an earlier time round). */
	| 'already decided'
	/** An ICMP error follows the flow it is about. */
	| 'related error'
	/** No fragment. */
	| 'not a fragment'
	/** It came with its entry (it was here before). */
	| 'has its entry'
	/** The entry is in the table already. */
	| 'already confirmed';

export type StationOutcome =
	| { readonly kind: 'passed over'; readonly reason: PassedOver }
	| {
			readonly kind: 'conntrack';
			readonly relation: Relation;
			readonly direction: Direction;
			readonly entry: Entry | null;
			readonly created: boolean;
			readonly reason: string | null;
			readonly dropped: boolean;
	  }
	| {
			readonly kind: 'chain';
			/** Rules as they were asked, over all chains jumped to. */
			readonly steps: readonly RuleStep[];
			readonly verdict: 'accept' | 'drop';
			readonly rejected: boolean;
	  }
	| {
			/** The NAT chains of this hook were asked; what they decided is in the entry now. */
			readonly kind: 'nat-rules';
			readonly steps: readonly RuleStep[];
			readonly verdict: 'accept' | 'drop';
			readonly rejected: boolean;
			readonly replyBefore: Tuple;
			readonly replyAfter: Tuple;
			readonly decided: 'by a rule' | 'no rule';
			/** The port it had was taken on the far side. */
			readonly clashed: boolean;
	  }
	| {
			readonly kind: 'nat';
			readonly manip: Manip;
			/** Empty: the entry says nothing about this end. */
			readonly rewrites: readonly Rewrite[];
			readonly entry: Entry;
			readonly dropped: boolean;
	  }
	| {
			readonly kind: 'confirm';
			readonly outcome:
				| 'inserted'
				| 'known'
				| 'merged'
				| 'beside'
				| 'insert_failed'
				/** The helper could not make sense of the packet, or find what to rewrite it to. */
				| 'helper_drop';
			readonly entry: Entry;
			/** Flows that a helper has read of in the packet and now expects. */
			readonly expects?: readonly Tuple[];
	  }
	| { readonly kind: 'defrag'; readonly outcome: 'waiting' | 'complete'; readonly pieces: number };

/** Why a host dropped a packet outside of any chain. */
export type DropReason =
	| 'no route'
	| 'forwarding is off'
	| 'ttl exceeded'
	| 'too big'
	/** A raw socket must be told that it may (`SO_BROADCAST`). */
	| 'to a broadcast address'
	/** On its way in: than the interface's MTU, and four bytes. */
	| 'longer than the interface takes'
	| 'martian source'
	| 'reverse path filter'
	| 'interface is down'
	| 'queue emptied'
	| 'bad checksum'
	| 'nobody there'
	| 'blackhole'
	| 'fragment';

interface WalkBase {
	/** The walk this is a step of: one packet's way through one host. */
	readonly walk: number;
	readonly host: string;
	/** The packet as it is after the step. */
	readonly packet: Packet;
}

export type EngineEvent =
	/** A scenario step begins. */
	| { readonly kind: 'step'; readonly index: number }
	/** A wire host puts a packet on its wire. */
	| {
			readonly kind: 'sent';
			readonly host: string;
			readonly interface: string;
			readonly packet: Packet;
	  }
	/** A wire host picks a packet up. */
	| {
			readonly kind: 'received';
			readonly host: string;
			readonly interface: string;
			readonly packet: Packet;
	  }
	/** A packet on its way over a wire; `to` is null when nobody takes it. */
	| {
			readonly kind: 'wire';
			readonly from: string;
			readonly to: string | null;
			readonly packet: Packet;
			/** It was not meant for this end: a bridge that knew no better sent it to all. */
			readonly flooded?: true;
	  }
	/** A walk begins: a packet came in, or the host made one. */
	| (WalkBase & {
			readonly kind: 'begin';
			readonly interface: string | null;
			/** Why a host made it: `sent` by a step, or in answer to another walk's packet. */
			readonly origin: 'wire' | 'sent' | 'answer' | 'loopback';
			/** The walk it answers. */
			readonly answers?: number;
			/** The walk that left by the loopback interface, which this one goes on from. */
			readonly follows?: number;
			/** It waited for the packets before it; otherwise it goes on at once, within them. */
			readonly waited?: true;
			readonly what?: string;
	  })
	| (WalkBase & { readonly kind: 'hook'; readonly hook: HookName })
	| (WalkBase & {
			readonly kind: 'station';
			readonly station: StationInfo;
			readonly outcome: StationOutcome;
			readonly before: Packet;
	  })
	| (WalkBase & {
			readonly kind: 'route';
			readonly decision: 'local' | 'forward' | 'out' | 'none';
			readonly out: string | null;
			readonly via: number | null;
			/** A second look-up, because the destination changed on the way out. */
			readonly again: boolean;
	  })
	| (WalkBase & { readonly kind: 'forward'; readonly before: Packet })
	| (WalkBase & { readonly kind: 'drop'; readonly reason: DropReason; readonly note?: string })
	| (WalkBase & { readonly kind: 'held'; readonly hook: HookName })
	| (WalkBase & { readonly kind: 'released' })
	/** The walk ends: on the wire, or delivered to the host itself. */
	| (WalkBase & { readonly kind: 'out'; readonly interface: string; readonly pieces: number })
	| (WalkBase & { readonly kind: 'delivered'; readonly answer: string | null })
	/** An entry was made, changed or went, as `conntrack -E` tells it. */
	| { readonly kind: 'table'; readonly host: string; readonly change: TableEvent }
	| { readonly kind: 'time'; readonly seconds: number; readonly now: number }
	| {
			readonly kind: 'command';
			readonly host: string;
			readonly command: string;
			readonly exit: number;
			readonly output: readonly string[];
	  };
