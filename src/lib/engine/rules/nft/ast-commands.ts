/** The tree of commands and of the blocks they make: tables, chains, sets, objects. */
import type {
	Comment,
	Expr,
	Family,
	LimitRate,
	Name,
	OwnNode,
	QuotaBytes,
	Quoted,
	RuleText,
	SetLiteral,
	TimeOption,
	Variable,
	Word
} from './ast';
import type { Place } from './place';

export interface Define extends Place {
	readonly kind: 'define';
	readonly name: Name;
	readonly value: Expr;
	/** `redefine`. */
	readonly again: boolean;
}
export interface Undefine extends Place {
	readonly kind: 'undefine';
	readonly name: Name;
}

export interface TableRef {
	readonly family: Family | null;
	readonly table: Name;
}
export interface ObjectRef extends TableRef {
	readonly name: Name;
}

export interface PriorityNode extends Place {
	readonly kind: 'priority';
	readonly base: Word | Variable | Quoted | null;
	readonly sign: '+' | '-';
	readonly offset: Word | null;
}
export type ChainItem =
	| Define
	| Undefine
	| Comment
	| ({
			readonly kind: 'base';
			readonly type: { readonly text: 'filter' | 'nat' | 'route' } & Place;
			readonly hook: { readonly text: string } & Place;
			readonly priority: PriorityNode;
	  } & Place)
	| ({
			readonly kind: 'policy';
			readonly policy:
				Variable | ({ readonly kind: 'policy value'; readonly text: string } & Place);
	  } & Place)
	| ({ readonly kind: 'rule'; readonly rule: RuleText } & Place);

export interface TypeNames extends Place {
	readonly kind: 'types';
	readonly names: readonly Word[];
	readonly interval?: boolean;
}
export type SetItem =
	| ({ readonly kind: 'type'; readonly key: TypeNames; readonly data: TypeNames | null } & Place)
	| ({ readonly kind: 'typeof'; readonly key: Expr; readonly data: Expr | null } & Place)
	| ({
			readonly kind: 'flags';
			readonly flags: readonly ({
				readonly text: 'constant' | 'interval' | 'timeout' | 'dynamic';
			} & Place)[];
	  } & Place)
	| TimeOption
	| ({ readonly kind: 'size'; readonly size: Word } & Place)
	| ({ readonly kind: 'auto-merge' } & Place)
	| ({ readonly kind: 'policy'; readonly text: 'performance' | 'memory' } & Place)
	| ({ readonly kind: 'elements'; readonly elements: SetLiteral | Variable } & Place)
	| Comment
	| ({
			readonly kind: 'stateful';
			readonly statements: readonly OwnNode[];
	  } & Place);

export interface CounterBody {
	readonly packets?: Word | null;
	readonly bytes?: Word | null;
	readonly comment?: Quoted;
}
/** What is not said is 0; of several the last one holds. */
export type QuotaBody = Partial<QuotaBytes> & { readonly comment?: Quoted };
export type LimitBody = Partial<LimitRate> & { readonly comment?: Quoted };
export interface HelperBody {
	readonly helper?: Quoted;
	readonly protocol?: Word;
	readonly l3proto?: Family;
	readonly comment?: Quoted;
}

export type TableItem =
	| Define
	| Undefine
	| Comment
	| ({ readonly kind: 'chain'; readonly name: Name; readonly body: readonly ChainItem[] } & Place)
	| ({
			readonly kind: 'set' | 'map';
			readonly name: Name;
			readonly body: readonly SetItem[];
	  } & Place)
	| ({ readonly kind: 'counter'; readonly name: Name; readonly body: CounterBody } & Place)
	| ({ readonly kind: 'quota'; readonly name: Name; readonly body: QuotaBody } & Place)
	| ({ readonly kind: 'limit'; readonly name: Name; readonly body: LimitBody } & Place)
	| ({ readonly kind: 'ct helper'; readonly name: Name; readonly body: HelperBody } & Place)
	| ({ readonly kind: 'flags'; readonly flag: Place } & Place);

export type PositionNode = {
	readonly how: 'position' | 'handle' | 'index';
	readonly number: Word;
} & Place;
export type RuleAdded = {
	readonly kind: 'rule';
	readonly position: PositionNode | null;
	readonly rule: RuleText;
} & ObjectRef &
	Place;

export type Added =
	| ({ readonly kind: 'table'; readonly body: readonly TableItem[] } & TableRef & Place)
	| ({ readonly kind: 'chain'; readonly body: readonly ChainItem[] } & ObjectRef & Place)
	| ({ readonly kind: 'set' | 'map'; readonly body: readonly SetItem[] } & ObjectRef & Place)
	| ({ readonly kind: 'counter'; readonly body: CounterBody } & ObjectRef & Place)
	| ({ readonly kind: 'quota'; readonly body: QuotaBody } & ObjectRef & Place)
	| ({ readonly kind: 'limit'; readonly body: LimitBody } & ObjectRef & Place)
	| ({ readonly kind: 'ct helper'; readonly body: HelperBody } & ObjectRef & Place)
	| ({ readonly kind: 'element'; readonly elements: SetLiteral | Variable } & ObjectRef & Place)
	| RuleAdded;

/** Something named or given by its handle. */
export type Handled = {
	readonly name: Name | null;
	readonly handle: Word | null;
} & TableRef;

export type Deleted =
	| ({
			readonly kind: 'table';
			readonly family: Family | null;
			readonly table: Name | null;
			readonly handle: Word | null;
	  } & Place)
	| ({
			readonly kind: 'chain' | 'set' | 'map' | 'counter' | 'quota' | 'limit' | 'ct helper';
	  } & Handled &
			Place)
	| ({ readonly kind: 'rule'; readonly handle: Word } & ObjectRef & Place)
	| ({ readonly kind: 'element'; readonly elements: SetLiteral | Variable } & ObjectRef & Place);

export interface Scope {
	readonly family: Family | null;
	readonly table: Name | null;
}
export type Listed =
	| ({
			readonly kind: 'ruleset' | 'tables' | 'chains';
			readonly family: Family | null;
	  } & Place)
	| ({ readonly kind: 'table' } & TableRef & Place)
	| ({
			readonly kind: 'sets' | 'maps' | 'counters' | 'quotas' | 'limits' | 'ct helpers';
			readonly scope: Scope | null;
	  } & Place)
	| ({
			readonly kind: 'chain' | 'set' | 'map' | 'counter' | 'quota' | 'limit' | 'ct helper';
	  } & ObjectRef &
			Place);
export type Flushed = Extract<Listed, { kind: 'ruleset' | 'table' | 'chain' }>;

export type Command =
	| Define
	| Undefine
	| ({ readonly kind: 'add'; readonly create: boolean; readonly what: Added } & Place)
	| ({ readonly kind: 'insert'; readonly what: RuleAdded } & Place)
	| ({ readonly kind: 'replace'; readonly handle: Word; readonly rule: RuleText } & ObjectRef &
			Place)
	| ({ readonly kind: 'delete'; readonly what: Deleted } & Place)
	| ({ readonly kind: 'flush'; readonly what: Listed } & Place)
	| ({ readonly kind: 'rename'; readonly newName: Name } & ObjectRef & Place)
	| ({ readonly kind: 'list'; readonly what: Listed } & Place)
	| ({ readonly kind: 'get'; readonly elements: SetLiteral | Variable } & ObjectRef & Place)
	| ({ readonly kind: 'reset'; readonly what: Listed } & Place);
