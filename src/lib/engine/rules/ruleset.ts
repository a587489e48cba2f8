/**
 * The one meaning under both rule languages: what nft and iptables text are read into, and what
 * a chain is evaluated from.
 *
 * A `Ruleset` is a value: a command makes a new one and shares with the old all that did not
 * change. What counts while packets pass (counters, limits, generators, set elements added by
 * rules) lives in small state objects that both versions share, changed through the journal.
 */

export type Family = 'ip' | 'inet';
export const HOOKS = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;
export type HookName = (typeof HOOKS)[number];
export type ChainType = 'filter' | 'nat' | 'route';

/** Where something stands in the text it was read from; lines and columns count from 1. */
export interface SourceSpan {
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
}

export interface Ruleset {
	/** Tables in the order they were made; names are unique within a family. */
	readonly tables: readonly Table[];
}

export interface Table {
	readonly family: Family;
	readonly name: string;
	/** Which language it was written in, and so which command lists it. */
	readonly language: 'nft' | 'iptables';
	readonly handle: number;
	readonly dormant: boolean;
	readonly chains: readonly Chain[];
	readonly sets: readonly NamedSet[];
	readonly objects: readonly StatefulObject[];
	readonly comment?: string;
	/** The last handle given in this table; its chains, rules, sets and objects count up together. */
	readonly lastHandle?: number;
}

export interface BaseChain {
	readonly type: ChainType;
	readonly hook: HookName;
	readonly priority: number;
	readonly policy: 'accept' | 'drop';
	/** Counts up with every base chain ever hooked in: of two with one priority it tells which is newer. */
	readonly registered: number;
}

export interface Chain {
	readonly name: string;
	readonly handle: number;
	/** Present on a base chain, absent on one that is only jumped to. */
	readonly base?: BaseChain;
	readonly rules: readonly Rule[];
	readonly comment?: string;
	/** iptables keeps packet and byte counts for each chain's policy. */
	readonly policyCounter?: CounterState;
}

export interface Rule {
	readonly handle: number;
	readonly statements: readonly Statement[];
	readonly comment?: string;
	/** Where the rule stands in the text it came from, if it came from a ruleset text. */
	readonly source?: SourceSpan;
	/** The iptables form, when the rule came from there: what iptables-save prints. */
	readonly iptables?: unknown;
}

// --- Values -------------------------------------------------------------------------------

/** Addresses, ports, marks, bit sets: unsigned numbers. Names (interfaces, helpers): strings. */
export type Scalar = number | string;
/** A concatenation is a list. */
export type Value = Scalar | readonly Scalar[];

export type DataType =
	| 'ipv4_addr'
	| 'inet_service'
	| 'inet_proto'
	| 'ifname'
	| 'iface_index'
	| 'mark'
	| 'ct_state'
	| 'ct_status'
	| 'ct_dir'
	| 'ct_zone'
	| 'icmp_type'
	| 'icmp_code'
	| 'tcp_flag'
	| 'fib_addrtype'
	| 'pkt_type'
	| 'dscp'
	| 'ecn'
	| 'boolean'
	| 'time'
	| 'string'
	| 'integer'
	| 'ether_type'
	| 'nf_proto'
	| 'verdict';

// --- Expressions --------------------------------------------------------------------------

export type Expression =
	| { readonly kind: 'payload'; readonly protocol: PayloadProtocol; readonly field: string }
	| { readonly kind: 'meta'; readonly key: MetaKey }
	| { readonly kind: 'ct'; readonly key: CtKey; readonly direction?: 'original' | 'reply' }
	| {
			readonly kind: 'fib';
			readonly select: readonly ('saddr' | 'daddr' | 'mark' | 'iif' | 'oif')[];
			readonly result: 'type' | 'oif' | 'oifname';
			/** `exists`, `missing`: ask only whether there is a route (1 or 0). */
			readonly present?: boolean;
	  }
	| {
			readonly kind: 'numgen';
			readonly mode: 'inc' | 'random';
			readonly modulus: number;
			readonly offset: number;
			readonly state: GeneratorState;
	  }
	| {
			readonly kind: 'binary';
			readonly op: '&' | '|' | '^' | '<<' | '>>';
			readonly left: Expression;
			readonly right: Expression;
	  }
	| { readonly kind: 'constant'; readonly value: Value; readonly type?: DataType }
	| { readonly kind: 'concat'; readonly parts: readonly Expression[] }
	| { readonly kind: 'map'; readonly key: Expression; readonly map: SetOperand };

export type PayloadProtocol = 'ip' | 'tcp' | 'udp' | 'icmp' | 'th';
export type MetaKey =
	| 'mark'
	| 'iif'
	| 'oif'
	| 'iifname'
	| 'oifname'
	| 'l4proto'
	| 'protocol'
	| 'nfproto'
	| 'length'
	| 'pkttype'
	| 'priority'
	| 'nftrace';
export type CtKey =
	| 'state'
	| 'direction'
	| 'status'
	| 'mark'
	| 'expiration'
	| 'helper'
	| 'zone'
	| 'id'
	| 'l3proto'
	| 'protocol'
	| 'saddr'
	| 'daddr'
	| 'proto-src'
	| 'proto-dst'
	| 'packets'
	| 'bytes';

/** What a match compares with. */
export type Operand =
	| { readonly kind: 'value'; readonly value: Value }
	/** Inclusive. */
	| { readonly kind: 'range'; readonly from: number; readonly to: number }
	| { readonly kind: 'prefix'; readonly network: number; readonly length: number }
	/** `eth*`: names that begin so. */
	| { readonly kind: 'wildcard'; readonly start: string }
	| { readonly kind: 'set'; readonly set: SetOperand };

/** A set or map: in place (`{ 80, 443 }`) or by name (`@web`). */
export type SetOperand =
	| { readonly kind: 'literal'; readonly elements: readonly SetElement[] }
	| { readonly kind: 'named'; readonly name: string };

export interface SetElement {
	/** One operand, or for a concatenation one for each part; `null` stands for `*` (default of a map). */
	readonly key: Operand | readonly Operand[] | null;
	/** Maps only. */
	readonly data?: Value | RangeValue;
	/** Verdict maps only. */
	readonly verdict?: Verdict;
	readonly counter?: CounterState;
	readonly limit?: LimitStatement;
	/** Seconds. */
	readonly timeout?: number;
	/** World time in ms at which an element with a timeout goes. */
	readonly expires?: number;
	readonly comment?: string;
}

/** A range as map data, e.g. an address range to translate to (inclusive). */
export interface RangeValue {
	readonly from: number;
	readonly to: number;
}

export interface NamedSet {
	readonly name: string;
	readonly handle: number;
	/** Types of the key's parts; more than one is a concatenation. */
	readonly type: readonly DataType[];
	/** Widths of the parts that are plain integers (from `typeof`). */
	readonly bits?: readonly number[];
	/** Present on a map: types of the data, or `['verdict']`. */
	readonly data?: readonly DataType[];
	readonly flags: readonly ('constant' | 'interval' | 'timeout' | 'dynamic')[];
	readonly timeout?: number;
	readonly gcInterval?: number;
	readonly size?: number;
	readonly autoMerge?: boolean;
	/** Kept to be listed; all sets are equally fast here. */
	readonly policy?: 'memory';
	readonly comment?: string;
	/** `typeof` text if it was declared so. */
	readonly typeOf?: string;
	/** Counter or limit that every element gets of its own (`set s { …; counter; }`). */
	readonly each?: readonly (CounterStatement | LimitStatement)[];
	/** Elements in place; changed through the journal by commands and by rules. */
	readonly elements: { list: readonly SetElement[] };
}

/** A named counter, quota or the like of a table (`ct helper` objects too). */
export type StatefulObject =
	| {
			readonly kind: 'counter';
			readonly name: string;
			readonly handle: number;
			readonly state: CounterState;
			readonly comment?: string;
	  }
	| {
			readonly kind: 'ct helper';
			readonly name: string;
			readonly handle: number;
			readonly helper: string;
			readonly protocol: number;
			/** Of which family's packets: `l3proto`, else the table's family. */
			readonly family: Family;
			readonly comment?: string;
	  };

// --- State that packets change ------------------------------------------------------------

export interface CounterState {
	packets: number;
	bytes: number;
}

export interface GeneratorState {
	/** How often it was asked. */
	count: number;
}

export interface LimitState {
	/** Tokens left, in the unit of the language whose arithmetic it is; `null` before the first packet. */
	tokens: number | null;
	/** World time in ms of the last packet. */
	last: number;
}

// --- Statements ---------------------------------------------------------------------------

export type Verdict =
	| { readonly kind: 'accept' | 'drop' | 'continue' | 'return' }
	| { readonly kind: 'jump' | 'goto'; readonly chain: string };

export type RejectWith =
	| { readonly kind: 'tcp-reset' }
	/** ICMP destination unreachable with this code (RFC 792, RFC 1812). */
	/** `icmpx` keeps the family-neutral code it was written with, for printing. */
	| { readonly kind: 'icmp'; readonly code: number; readonly icmpx?: number };

/** Bits of `nf_nat_range2.flags` that rules can ask for. */
export interface NatFlags {
	readonly random?: boolean;
	readonly fullyRandom?: boolean;
	readonly persistent?: boolean;
}

export type NatStatement = {
	readonly kind: 'nat';
	readonly type: 'snat' | 'dnat' | 'masquerade' | 'redirect';
	/** Address or range to translate to; an expression (a map, say) gives one at run time. */
	readonly address?: RangeValue | Expression;
	readonly port?: RangeValue | Expression;
	/** The text gave address and port as one concatenated map: `dnat to ip daddr . tcp dport map {…}`. */
	readonly addressAndPort?: Expression;
	readonly flags: NatFlags;
	/** In a table of family inet: `dnat ip to …`. */
	readonly family?: 'ip';
};

export interface CounterStatement {
	readonly kind: 'counter';
	readonly state: CounterState;
	/** A named counter of the table. */
	readonly name?: string;
}

export type RateUnit = 'packets' | 'bytes' | 'kbytes' | 'mbytes';

export interface LimitStatement {
	readonly kind: 'limit';
	/** Which language's token bucket: they differ in arithmetic. */
	readonly arithmetic: 'nft' | 'xt';
	readonly over: boolean;
	readonly rate: number;
	readonly unit: RateUnit;
	readonly per: 'second' | 'minute' | 'hour' | 'day' | 'week';
	/** In `burstUnit`, which is `unit` unless it says otherwise. */
	readonly burst: number;
	readonly burstUnit?: RateUnit;
	readonly state: LimitState;
}

export type Statement =
	| {
			readonly kind: 'match';
			readonly left: Expression;
			/** `in` is the implicit operator of a bit set: any of these bits (`ct state established,related`). */
			readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';
			readonly right: Operand;
			/** True when the language puts it there by itself (`ip protocol tcp` before `tcp dport`), so it is not printed. */
			readonly implied?: boolean;
			/** Several `!=` on neighbouring fields that nft made one comparison of; printed one by one. */
			readonly joined?: boolean;
	  }
	| CounterStatement
	| LimitStatement
	| {
			readonly kind: 'log';
			readonly prefix?: string;
			readonly level?: string;
			readonly group?: number;
			readonly snaplen?: number;
			readonly queueThreshold?: number;
			/** As nft writes them: `all`, `tcp sequence,options`, `skuid` … */
			readonly flags?: string;
	  }
	| { readonly kind: 'verdict'; readonly verdict: Verdict }
	| { readonly kind: 'vmap'; readonly key: Expression; readonly map: SetOperand }
	| { readonly kind: 'reject'; readonly with: RejectWith; readonly explicit?: boolean }
	| {
			readonly kind: 'assign';
			readonly target:
				| { readonly kind: 'meta'; readonly key: 'mark' | 'nftrace' | 'priority' }
				| {
						readonly kind: 'ct';
						readonly key: 'mark' | 'zone' | 'helper';
						/** A zone may hold for one direction only. */
						readonly direction?: 'original' | 'reply';
				  }
				| { readonly kind: 'payload'; readonly protocol: PayloadProtocol; readonly field: string };
			readonly value: Expression;
	  }
	| NatStatement
	| { readonly kind: 'notrack' }
	| {
			readonly kind: 'update';
			readonly op: 'add' | 'update' | 'delete';
			readonly set: string;
			readonly key: Expression;
			/** Seconds. */
			readonly timeout?: number;
			readonly data?: Expression;
			/** Types of the data, where they are constant: how they are printed. */
			readonly dataTypes?: readonly DataType[];
			/** A verdict map's data. */
			readonly verdict?: Verdict;
			/** Counter or limit that each element gets of its own. */
			readonly each?: readonly (CounterStatement | LimitStatement)[];
			readonly comment?: string;
	  }
	/** A match or target of iptables that has no twin in nft (`-m statistic`, `-m set`, `-j CT` with several options …). */
	| XtStatement;

/** Evaluated by the iptables side, which registers what it can do by name. */
export interface XtStatement {
	readonly kind: 'xt';
	readonly name: string;
	readonly options: unknown;
}
