/** What a rule does, statement by statement, and what of it packets change. */
import type { ConnectionList } from '../conntrack/count';
import type { DataType, Expression, Operand, PayloadProtocol } from './expression';
import type { RangeValue, SetOperand } from './set';

export interface CounterState {
	packets: number;
	bytes: number;
}

export interface LimitState {
	/** Tokens left, in the unit of the language whose arithmetic it is; `null` before the first packet. */
	tokens: number | null;
	/** World time in ms of the last packet. */
	last: number;
}

export type Verdict =
	| { readonly kind: 'accept' | 'drop' | 'continue' | 'return' }
	| { readonly kind: 'jump' | 'goto'; readonly chain: string };

export type RejectWith =
	| { readonly kind: 'tcp-reset' }
	/** ICMP destination unreachable with this code (RFC 792, RFC 1812). */
	/** `icmpx` keeps the family-neutral code it was written with, for printing. */
	| { readonly kind: 'icmp'; readonly code: number; readonly icmpx?: number }
	/** ICMPv6 destination unreachable (RFC 4443). An IPv4 packet that gets there is answered with this code, too. */
	| { readonly kind: 'icmpv6'; readonly code: number };

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
	/** An IPv6 address or range that is given plainly; no packet of the model comes to be translated to it. */
	readonly ipv6?: RangeValue<string>;
	/** The text gave address and port as one concatenated map: `dnat to ip daddr . tcp dport map {…}`. */
	readonly addressAndPort?: Expression;
	readonly flags: NatFlags;
	/** `prefix to`: the packet's address keeps the bits in which the ends of the range differ. */
	readonly prefix?: true;
	/** The address comes from a map of ranges, beside which nft lists no port. */
	readonly ranges?: true;
	/** In a table of family inet: `dnat ip to …`. Packets of the other family go on to the next rule. */
	readonly family?: 'ip' | 'ip6';
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
	/** A named limit of the table. */
	readonly name?: string;
}

export interface QuotaState {
	/** The quota, and how much of it has gone; packets count on when it is used up. */
	bytes: number;
	used: number;
	over: boolean;
}

/** Whether a number of bytes is used up: `until` it is, or `over` it. */
export interface QuotaStatement {
	readonly kind: 'quota';
	readonly state: QuotaState;
	/** A named quota of the table. */
	readonly name?: string;
}

/** What one of the table's counters, quotas or limits does, which a map gives (`nft_objref_map_eval`). */
export interface ObjectMapStatement {
	readonly kind: 'object map';
	readonly object: ObjectKind;
	readonly key: Expression;
	readonly map: SetOperand;
}
export type ObjectKind = 'counter' | 'quota' | 'limit';

/** `ct count`: how many connections are on a list, the packet's own with them. */
export interface CountStatement {
	readonly kind: 'count';
	readonly over: boolean;
	readonly limit: number;
	readonly list: ConnectionList;
}

/** What counts, limits or keeps a list, as an element of a set can have one of its own. */
export type OwnStatement = CounterStatement | LimitStatement | QuotaStatement | CountStatement;

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
	| QuotaStatement
	| ObjectMapStatement
	| CountStatement
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
						readonly key: 'mark' | 'zone' | 'helper' | 'event';
						/** A zone may hold for one direction only. */
						readonly direction?: 'original' | 'reply';
				  }
				| { readonly kind: 'payload'; readonly protocol: PayloadProtocol; readonly field: string }
				| { readonly kind: 'tcp option'; readonly option: 'maxseg'; readonly field: 'size' };
			readonly value: Expression;
	  }
	| NatStatement
	| LabelMatch
	/** Give the flow labels, beside those that it has. */
	| { readonly kind: 'label set'; readonly labels: readonly number[] }
	| { readonly kind: 'notrack' }
	/** `reset tcp option`: by nft's name. */
	| { readonly kind: 'strip'; readonly option: string }
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
			/** What each element gets of its own. */
			readonly each?: readonly OwnStatement[];
			/** The set says so too, and then the rule is listed without it. */
			readonly eachOfSet?: true;
			readonly comment?: string;
	  }
	/** A match or target of iptables that has no twin in nft (`-m statistic`, `-m set`, `-j CT` with several options …). */
	| XtStatement;

/** `ct label`: labels of the flow, by number. */
export interface LabelMatch {
	readonly kind: 'label';
	/** `in`: any of them, `not in`: none; `==`: these and no others. */
	readonly op: 'in' | 'not in' | '==' | '!=';
	readonly labels: readonly number[];
	/** The only labels that are looked at. */
	readonly mask?: readonly number[];
}

/** Evaluated by the iptables side, which registers what it can do by name. */
export interface XtStatement {
	readonly kind: 'xt';
	readonly name: string;
	readonly options: unknown;
}
