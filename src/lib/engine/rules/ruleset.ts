/**
 * The one meaning under both rule languages: what nft and iptables text are read into, and what
 * a chain is evaluated from.
 *
 * A `Ruleset` is a value: a command makes a new one and shares with the old all that did not
 * change. What counts while packets pass (counters, limits, generators, set elements added by
 * rules) lives in small state objects that both versions share, changed through the journal.
 */

import type { NamedSet, StatefulObject } from './set';
import type { CounterState, Statement } from './statement';

export type * from './expression';
export type * from './set';
export type * from './statement';

export type Family = 'ip' | 'ip6' | 'inet';
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
	/** Which language made it, and so is what its rules are meant to be written in. The other can write to it all the same. */
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
