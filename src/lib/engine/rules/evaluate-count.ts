/** `ct count` (`nft_connlimit_do_eval`). */
import { addConnection, sweep } from '../conntrack/count';
import type { RuleContext } from './context';
import { BREAK, DROP } from './evaluate-statement';
import type { CountStatement, Verdict } from './ruleset';

/** `null` where there are as many connections as are asked for; a packet that has no tuple is dropped. */
export function evaluateCount(
	ctx: RuleContext,
	{ list, limit, over }: CountStatement
): Verdict | null {
	const said = addConnection(ctx, list);
	if (said === null) return DROP;
	if (said === 'assured') sweep(ctx, list);
	return list.connections.length > limit === over ? null : BREAK;
}
