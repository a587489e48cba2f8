/** Sets and maps, in place or by name, and the other objects of a table that rules name. */
import type { DataType, Operand, Scalar, Value } from './expression';
import type { Family } from './ruleset';
import type { CounterState, LimitStatement, OwnStatement, QuotaState, Verdict } from './statement';

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
	/** Maps of counters, quotas and limits only. */
	readonly object?: CountedObject;
	/** What it has of its own, in the order in which it is asked. */
	readonly own?: readonly OwnStatement[];
	/** Seconds. */
	readonly timeout?: number;
	/** World time in ms at which an element with a timeout goes. */
	readonly expires?: number;
	readonly comment?: string;
}

/** A range as map data, e.g. an address range to translate to (inclusive). */
export interface RangeValue<T extends Scalar = number> {
	readonly from: T;
	readonly to: T;
	/** One value that was written as a range, `80-80`, which is how NAT lists it. */
	readonly single?: true;
}

export interface NamedSet {
	readonly name: string;
	readonly handle: number;
	/** Types of the key's parts; more than one is a concatenation. */
	readonly type: readonly DataType[];
	/** Widths of the parts that are plain integers (from `typeof`). */
	readonly bits?: readonly number[];
	/** Present on a map: types of the data, or `['verdict']`, or the one kind of objects. */
	readonly data?: readonly DataType[];
	/** The data are ranges, each of them (`type … : interval …`). */
	readonly ranges?: true;
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
	/** What every element gets of its own (`set s { …; counter; }`). */
	readonly each?: readonly OwnStatement[];
	/** Elements in place; changed through the journal by commands and by rules. */
	readonly elements: { list: readonly SetElement[] };
}

interface NamedObject {
	readonly name: string;
	readonly handle: number;
	readonly comment?: string;
}

/** An object of a table that packets change, and that a map can give. */
export type CountedObject = NamedObject &
	(
		| { readonly kind: 'counter'; readonly state: CounterState }
		| { readonly kind: 'quota'; readonly state: QuotaState }
		| { readonly kind: 'limit'; readonly limit: LimitStatement }
	);

/** What of a table has a name and is neither a chain nor a set. */
export type StatefulObject =
	| CountedObject
	| (NamedObject & {
			readonly kind: 'ct helper';
			readonly helper: string;
			readonly protocol: number;
			/** Of which family's packets: `l3proto`, else the table's family. */
			readonly family: Family;
	  });
