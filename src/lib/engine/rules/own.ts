/** What elements of sets have of their own: counters, limits, quotas and lists of connections. */
import { newList } from '../conntrack/count';
import type { RuleContext } from './context';
import { countPasses } from './evaluate-count';
import { limitPasses } from './evaluate-limit';
import { count, quotaPasses } from './evaluate-object';
import type { OwnStatement } from './ruleset';

/** The same, as an element begins with it (`nft_expr_clone`). */
export function afresh(one: OwnStatement): OwnStatement {
	switch (one.kind) {
		case 'counter':
			return { kind: 'counter', state: { packets: 0, bytes: 0 } };
		case 'limit':
			return { ...one, state: { tokens: null, last: 0 } };
		case 'quota':
			return { ...one, state: { ...one.state, used: 0 } };
		case 'count':
			return { ...one, list: newList() };
	}
}

/**
 * Have each of them count the packet; the first that says no is the last that is asked (`nft_set_elem_update_expr`).
 * `null`: the packet has no tuple to be counted by.
 */
export function ownPasses(
	ctx: RuleContext,
	own: readonly OwnStatement[],
	length: number
): boolean | null {
	let said: boolean | null = true;
	for (const one of own) {
		const passes = onePasses(ctx, one, length);
		if (passes === false) return false;
		said &&= passes;
	}
	return said;
}

function onePasses(ctx: RuleContext, one: OwnStatement, length: number): boolean | null {
	switch (one.kind) {
		case 'counter':
			count(ctx, one.state, length);
			return true;
		case 'limit':
			return limitPasses(ctx, one, length);
		case 'quota':
			return quotaPasses(ctx, one.state, length);
		case 'count':
			return countPasses(ctx, one);
	}
}
