/**
 * What evaluating a chain needs to know of the packet and its host, and what a rule may do to
 * them. A packet's walk provides it; the rules know no more of the engine than this.
 */
import type { CountContext } from '../conntrack/count';
import type { Direction, Entry, Relation } from '../conntrack/entry';
import type { Journal } from '../journal';
import type { Template } from '../conntrack/tracking';
import type { Packet } from '../packet';
import type {
	HookName,
	NatFlags,
	PayloadProtocol,
	RangeValue,
	RejectWith,
	Ruleset,
	Table,
	Verdict
} from './ruleset';

/** `fib … type`: RTN_* as nft names them. */
export type AddressType =
	| 'unicast'
	| 'local'
	| 'broadcast'
	| 'multicast'
	| 'blackhole'
	| 'unreachable'
	| 'prohibit'
	| 'unspec'
	| 'anycast'
	| 'throw';

/** A socket of a process, or one of the kernel's own, which nobody has opened. */
export type Sender = 'process' | 'kernel';

/** What a NAT statement asks for; addresses and ports are inclusive ranges, absent means "keep". */
export interface NatRequest {
	readonly type: 'snat' | 'dnat' | 'masquerade' | 'redirect';
	readonly address?: RangeValue;
	readonly port?: RangeValue;
	/** DNAT with `--to-destination a:p1-p2/base` (port shifting). */
	readonly basePort?: number;
	/** The bits in which the ends of `address` differ stay as the packet has them (`NF_NAT_RANGE_NETMAP`). */
	readonly netmap?: boolean;
	readonly flags: NatFlags;
}

/** What a route lookup gives. */
export interface RouteOut {
	/** Output interface: the loopback's for an address of the host's own. */
	readonly name: string;
	readonly index: number;
	readonly type: AddressType;
	/** The interface that the route itself names. */
	readonly device: string;
}

export interface RuleContext extends CountContext {
	readonly journal: Journal;
	readonly ruleset: Ruleset;
	readonly hook: HookName;
	packet: Packet;
	/**
	 * Lengths of the stretches of memory in which the packet lies, the IP header with the first (`skb_seq_read`); of one
	 * that lies in a single one, none.
	 */
	readonly blocks: readonly number[];
	/** World time, milliseconds. */
	readonly now: number;
	/** A random unsigned 32-bit number; the same scenario always gives the same ones. */
	random(): number;

	/**
	 * The hash of addresses, ports and protocol that is the same for both directions of a flow; what else goes into it
	 * is drawn once (`__skb_get_hash_symmetric_net`).
	 */
	symmetricHash(): number;

	/** Interface names and indexes; `''` and 0 where the hook has none. */
	readonly inName: string;
	readonly outName: string;
	readonly inIndex: number;
	readonly outIndex: number;
	/** The packet's mark (`skb->mark`), unsigned 32-bit. */
	readonly mark: number;
	/** By which queues choose (`skb->priority`), unsigned 32-bit. */
	readonly priority: number;

	/** Whose socket sent the packet (`skb->sk`); `null`: none of this host's did. */
	readonly sender: Sender | null;

	/** The packet's entry, unconfirmed ones included; `null` when invalid or untracked. */
	readonly entry: Entry | null;
	readonly relation: Relation;
	readonly direction: Direction;

	/** Kind of an address as the host's routing sees it (`fib`, `addrtype`), on one interface if given. */
	addressType(address: number, interfaceName?: string): AddressType;
	/** Output interface of a route lookup; `null` where there is none. */
	routeOut(address: number, mark: number, inName?: string): RouteOut | null;

	/**
	 * The MSS that both the way out and the way back to the source let through: the smaller MTU without headers, in bytes.
	 * Asked from FORWARD on.
	 */
	pathMss(): number;

	setMark(mark: number): void;
	setPriority(priority: number): void;
	setEntryMark(mark: number): void;
	/** `ct event set`: the events of the flow that are told (`EVENT_*`). */
	setEntryEvents(events: number): void;
	/** Of an entry that can have labels. */
	setEntryLabels(labels: bigint): void;
	/** `notrack`: attach no entry to this packet. No effect once it has one (`nft_notrack_eval`). */
	notrack(): void;
	/** `ct [original|reply] zone set`: zone for the lookup to come. */
	setZone(zone: number, direction?: 'both' | 'original' | 'reply'): void;
	/** `-j CT`: what the lookup to come goes by. The first rule that says something stands. */
	attachTemplate(template: Template): void;
	/** `ct helper set`. */
	setHelper(name: string): void;
	/**
	 * Rewrite a header field (`ip dscp set`, `tcp dport set`); the field by its nft name. False where the packet has it
	 * not, which ends the rule.
	 */
	setPayload(protocol: PayloadProtocol, field: string, value: number): boolean;
	setPacket(packet: Packet): void;
	/**
	 * Have so many bytes of what follows the IP header in one piece (`skb_ensure_writable`). A packet that came in
	 * fragments, the first of them shorter, goes on in their sizes no more.
	 */
	makeWritable(bytes: number): void;
	setTrace(on: boolean): void;
	/** Bind the entry; the verdict is `drop` when no free tuple was found. */
	nat(request: NatRequest): Verdict;
	/** Answer with a RST or an ICMP error; the rule then drops the packet. */
	reject(how: RejectWith): void;
	log(prefix: string): void;
	/** ipset membership: `dimensions` are the packet's values in the order the set names them. */
	ipset(name: string): IpSetView | null;
	/** Add to or delete from an ipset (`-j SET`); `flags` are `src`/`dst` as written after its name. */
	changeIpset(change: IpSetChange, flags: readonly ('src' | 'dst')[]): void;
}

/** What a rule does to an ipset with its packet. */
export interface IpSetChange {
	readonly op: 'add' | 'del';
	readonly set: string;
	/** What is there already is made anew. */
	readonly exist?: boolean;
	/** Seconds; 0: for good. Absent: as the set says. */
	readonly timeout?: number;
}

/** An ipset as rules ask it. */
export interface IpSetView {
	readonly type: string;
	/** `flags` are `src`/`dst` as written after `--match-set NAME`. */
	matches(
		packet: Packet,
		flags: readonly ('src' | 'dst')[],
		inName: string,
		outName: string,
		asked?: IpSetQuestion
	): boolean;
}

/** What `--packets-gt N` and its like ask of an element's counter. */
export interface CounterQuestion {
	readonly op: 'eq' | 'ne' | 'lt' | 'gt';
	readonly value: number;
}

/** What else the `set` match says (`struct ip_set_adt_opt`). */
export interface IpSetQuestion {
	/** Exceptions count, and nothing else does. */
	readonly returnNomatch?: boolean;
	/** `false`: the element does not count the packet. */
	readonly count?: boolean;
	/** `false`: of a `list:set`, the members' elements do not. */
	readonly countMembers?: boolean;
	readonly packets?: CounterQuestion;
	readonly bytes?: CounterQuestion;
}

/** One rule as it was asked, for the record of a walk. */
export interface RuleStep {
	readonly table: Table;
	readonly chain: string;
	/** Place of the rule in its chain, from 0; -1 for the chain's policy (or end). */
	readonly rule: number;
	/** Index of the statement that did not match; `null` when all of the rule was carried out. */
	readonly failedAt: number | null;
	/** What the rule (or the policy) said; `null` when it only went on. */
	readonly verdict: Verdict | null;
}
