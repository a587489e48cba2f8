/**
 * The tree that the grammar makes of a text. Names of nodes are nft's words; what they mean in
 * their place is found out by the translation.
 */
import type { PayloadProtocol } from '../ruleset';
import type { Place } from './place';

export type * from './ast-commands';

export interface Word extends Place {
	readonly kind: 'word';
	readonly text: string;
}
export interface Quoted extends Place {
	readonly kind: 'string';
	readonly text: string;
}
export interface Variable extends Place {
	readonly kind: 'variable';
	readonly name: string;
}
export interface Name extends Place {
	readonly kind: 'name';
	readonly text: string;
}
export interface Family extends Place {
	readonly kind: 'family';
	readonly text: 'ip' | 'ip6' | 'inet';
}

export interface SetLiteral extends Place {
	readonly kind: 'set';
	readonly elements: readonly Element[];
}
export interface SetReference extends Place {
	readonly kind: 'set reference';
	readonly name: Name;
}
export interface Element extends Place {
	readonly kind: 'element';
	readonly key: Expr | ({ readonly kind: 'default' } & Place);
	readonly own: readonly OwnNode[];
	readonly options: readonly ElementOption[];
	readonly data: Expr | VerdictValue | null;
}
export type ElementOption = TimeOption | Comment;
/** What an element has of its own. */
export type OwnNode = CounterNode | LimitNode | QuotaNode | CountNode;
export interface TimeOption extends Place {
	readonly kind: 'timeout' | 'expires' | 'gc-interval';
	readonly time: Word | Variable;
}
export interface Comment extends Place {
	readonly kind: 'comment';
	readonly text: Quoted;
}

export interface PayloadNode extends Place {
	readonly kind: 'payload';
	readonly protocol: PayloadProtocol;
	readonly field: string;
}

export interface TcpOptionNode extends Place {
	readonly kind: 'tcp option';
	/** As it is written. */
	readonly option: string;
	/** `null`: the option by itself. */
	readonly field: string | null;
}

export interface RawNode extends Place {
	readonly kind: 'raw';
	readonly base: 'nh' | 'th' | 'ih' | 'll';
	readonly offset: Word;
	readonly bits: Word;
}

export interface HashNode extends Place {
	readonly kind: 'hash';
	/** What `jhash` hashes; `null`: `symhash`. */
	readonly key: Expr | null;
	readonly modulus: Word;
	readonly seed: Word | null;
	readonly offset: Word | null;
}

export type Expr =
	| Word
	| Quoted
	| Variable
	| SetLiteral
	| SetReference
	| PayloadNode
	| ({ readonly kind: 'meta'; readonly key: string } & Place)
	| ({
			readonly kind: 'ct';
			readonly key: string;
			readonly direction: 'original' | 'reply' | null;
			/** `ct original ip saddr` rather than `ct original saddr`; with `ip6` the key says so itself. */
			readonly ip: boolean;
	  } & Place)
	| ({
			readonly kind: 'fib';
			readonly select: readonly ('saddr' | 'daddr' | 'mark' | 'iif' | 'oif')[];
			readonly result: 'type' | 'oif' | 'oifname';
	  } & Place)
	| TcpOptionNode
	| ({ readonly kind: 'rt'; readonly key: 'mtu' } & Place)
	| ({
			readonly kind: 'numgen';
			readonly mode: 'inc' | 'random';
			readonly modulus: Word;
			readonly offset: Word | null;
	  } & Place)
	| RawNode
	| HashNode
	| ({
			readonly kind: 'binary';
			readonly op: '&' | '|' | '^' | '<<' | '>>';
			readonly left: Expr;
			readonly right: Expr;
	  } & Place)
	| ({ readonly kind: 'concat'; readonly parts: readonly Expr[] } & Place)
	| ({ readonly kind: 'list'; readonly items: readonly Expr[] } & Place)
	| ({ readonly kind: 'range'; readonly low: Expr; readonly high: Expr } & Place)
	| ({ readonly kind: 'prefix'; readonly base: Expr; readonly length: Word } & Place)
	| ({ readonly kind: 'masked'; readonly value: Expr; readonly mask: Expr } & Place)
	| ({ readonly kind: 'map'; readonly key: Expr; readonly map: SetPlace } & Place);

export type SetPlace = SetLiteral | SetReference | Variable;

export interface VerdictValue extends Place {
	readonly kind: 'verdict value';
	readonly what: 'accept' | 'drop' | 'continue' | 'return' | 'jump' | 'goto';
	readonly chain: Name | Variable | null;
}

export interface CounterNode extends Place {
	readonly kind: 'counter';
	readonly values: { readonly packets: Word | null; readonly bytes: Word | null } | null;
	readonly name: Name | Quoted | null;
}
export interface CountNode extends Place {
	readonly kind: 'count';
	readonly over: boolean;
	readonly limit: Word;
}
export type LimitNode = Place & { readonly kind: 'limit' } & LimitRate;
export interface LimitRate {
	readonly over: boolean;
	readonly rate: Word;
	readonly unit: 'packets' | 'bytes' | 'kbytes' | 'mbytes';
	readonly per: 'second' | 'minute' | 'hour' | 'day' | 'week';
	readonly burst:
		| ({ readonly burst: Word; readonly unit: 'packets' | 'bytes' | 'kbytes' | 'mbytes' } & Place)
		| null;
}
export type QuotaNode = Place & { readonly kind: 'quota' } & QuotaBytes;
export interface QuotaBytes {
	readonly over: boolean;
	readonly bytes: BytesNode;
	readonly used: BytesNode | null;
}
export interface BytesNode extends Place {
	readonly kind: 'bytes';
	readonly count: Word;
	readonly unit: 'bytes' | 'kbytes' | 'mbytes';
}
/** A quota or limit of the table by its name. */
export interface ObjectNode extends Place {
	readonly kind: 'object';
	readonly object: 'quota' | 'limit';
	readonly name: Name | Quoted;
}
export interface ObjectMapNode extends Place {
	readonly kind: 'object map';
	readonly object: 'counter' | 'quota' | 'limit';
	readonly key: Expr;
	readonly map: SetPlace;
}
export type LogOption =
	| ({ readonly kind: 'prefix'; readonly text: Quoted | Variable } & Place)
	| ({ readonly kind: 'group' | 'snaplen' | 'queue-threshold'; readonly number: Word } & Place)
	| ({ readonly kind: 'level'; readonly level: string } & Place)
	| ({ readonly kind: 'flags'; readonly flags: readonly string[] } & Place);

export type NatAst = {
	readonly kind: 'nat';
	readonly type: 'snat' | 'dnat' | 'masquerade' | 'redirect';
	readonly address: Expr | null;
	readonly port: Expr | null;
	readonly family: 'ip' | 'ip6' | null;
	readonly form: 'addr . port' | 'prefix' | 'interval' | null;
	readonly flags: readonly ('random' | 'fully-random' | 'persistent')[];
} & Place;

export type AssignAst =
	| ({
			readonly kind: 'assign';
			readonly target: 'meta';
			readonly key: 'mark' | 'nftrace' | 'priority';
			readonly value: Expr;
	  } & Place)
	| ({
			readonly kind: 'assign';
			readonly target: 'ct';
			readonly key: { readonly key: string; readonly direction: string | null } & Place;
			readonly value: Expr;
	  } & Place)
	| ({
			readonly kind: 'assign';
			readonly target: 'payload';
			readonly key: PayloadNode | RawNode;
			readonly value: Expr;
	  } & Place)
	| ({
			readonly kind: 'assign';
			readonly target: 'tcp option';
			readonly key: TcpOptionNode;
			readonly value: Expr;
	  } & Place);

export type UpdateAst = {
	readonly kind: 'update';
	readonly op: 'add' | 'update' | 'delete';
	readonly set: SetReference;
	readonly key: Expr;
	readonly options: readonly (TimeOption | OwnNode)[];
	readonly data: Expr | null;
} & Place;

export type StatementNode =
	| ({ readonly kind: 'verdict'; readonly verdict: VerdictValue } & Place)
	| CounterNode
	| LimitNode
	| QuotaNode
	| ObjectNode
	| ObjectMapNode
	| CountNode
	| ({ readonly kind: 'log'; readonly options: readonly LogOption[] } & Place)
	| ({
			readonly kind: 'reject';
			readonly how:
				| ({ readonly kind: 'tcp reset' } & Place)
				| ({ readonly kind: 'icmp' | 'icmpv6' | 'icmpx'; readonly code: Expr } & Place)
				| null;
	  } & Place)
	| NatAst
	| ({ readonly kind: 'notrack' } & Place)
	| ({ readonly kind: 'strip'; readonly option: string } & Place)
	| AssignAst
	| UpdateAst
	| ({ readonly kind: 'vmap'; readonly key: Expr; readonly map: SetPlace } & Place)
	| ({
			readonly kind: 'match';
			readonly left: Expr;
			readonly op: '' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '!';
			readonly right: Expr;
	  } & Place);

export interface RuleText extends Place {
	readonly kind: 'rule text';
	readonly statements: readonly StatementNode[];
	readonly comment: Quoted | null;
}
