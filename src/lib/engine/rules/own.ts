/**
 * Counters, limits, quotas and lists of connections: those of rules, the objects of a table (`nft_objref_eval`), and what
 * elements of sets have of their own.
 */
import { newList } from '../conntrack/count';
import { packetLength } from '../packet';
import type { RuleContext } from './context';
import { countPasses } from './evaluate-count';
import { limitPasses } from './evaluate-limit';
import type { CountedObject, CounterState, OwnStatement, QuotaState } from './ruleset';

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

export function count(ctx: RuleContext, state: CounterState): void {
	ctx.journal.set(state, 'packets', state.packets + 1);
	ctx.journal.set(state, 'bytes', state.bytes + packetLength(ctx.packet));
}

/** Whether a quota lets the packet by; it is used up by every packet that asks (`nft_overquota`). */
function quotaPasses(ctx: RuleContext, state: QuotaState): boolean {
	const used = state.used + packetLength(ctx.packet);
	ctx.journal.set(state, 'used', used);
	return used > state.bytes === state.over;
}

/** Whether the rule goes on behind it; `null`: the packet has no tuple to be counted by. */
export function passes(ctx: RuleContext, one: OwnStatement): boolean | null {
	switch (one.kind) {
		case 'counter':
			count(ctx, one.state);
			return true;
		case 'limit':
			return limitPasses(ctx, one, packetLength(ctx.packet));
		case 'quota':
			return quotaPasses(ctx, one.state);
		case 'count':
			return countPasses(ctx, one);
	}
}

export function objectPasses(ctx: RuleContext, object: CountedObject): boolean | null {
	return passes(ctx, object.kind === 'limit' ? object.limit : object);
}

/**
 * Have each of them count the packet; the first that says no is the last that is asked (`nft_set_elem_update_expr`).
 * `null`: the packet has no tuple to be counted by.
 */
export function ownPasses(ctx: RuleContext, own: readonly OwnStatement[]): boolean | null {
	let said: boolean | null = true;
	for (const one of own) {
		const passed = passes(ctx, one);
		if (passed === false) return false;
		said &&= passed;
	}
	return said;
}
