/** What of its table a rule can name. */
import type { Family, NamedSet, StatefulObject, Verdict } from '../ruleset';
import type { VerdictValue } from './ast';
import type { Places } from './place';
import type { Values } from './values';

export interface RuleScope {
	readonly family: Family;
	readonly values: Values;
	readonly places: Places;
	readonly now: number;
	set(name: string): NamedSet | null;
	object(kind: StatefulObject['kind'], name: string): StatefulObject | null;
	/** A rule names this set as one that packets add to. */
	usedDynamically(name: string): void;
	/** How a verdict is read; chains are looked for at the commit. */
	verdict(node: VerdictValue): Verdict;
	hasInterface?(name: string): boolean;
	/** The rule asks for a flow's packets or bytes (`nft_ct_get_init` turns accounting on). */
	countsFlows?(): void;
	/** Anonymous sets take handles too. */
	anonymousSet(): void;
}
