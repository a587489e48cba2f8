/** Counters, quotas and limits, by themselves and those of a table that rules name (`nft_objref_eval`). */
import { packetLength } from '../packet';
import type { RuleContext } from './context';
import { limitPasses } from './evaluate-limit';
import type { CountedObject, CounterState, QuotaState } from './ruleset';

export function count(ctx: RuleContext, state: CounterState, length: number): void {
	ctx.journal.set(state, 'packets', state.packets + 1);
	ctx.journal.set(state, 'bytes', state.bytes + length);
}

/** Whether a quota lets the packet by; it is used up by every packet that asks (`nft_overquota`). */
export function quotaPasses(ctx: RuleContext, state: QuotaState, length: number): boolean {
	const used = state.used + length;
	ctx.journal.set(state, 'used', used);
	return used > state.bytes === state.over;
}

/** What an object says of the packet: whether the rule goes on. */
export function objectPasses(ctx: RuleContext, object: CountedObject): boolean {
	const length = packetLength(ctx.packet);
	switch (object.kind) {
		case 'counter':
			count(ctx, object.state, length);
			return true;
		case 'quota':
			return quotaPasses(ctx, object.state, length);
		case 'limit':
			return limitPasses(ctx, object.limit, length);
	}
}
