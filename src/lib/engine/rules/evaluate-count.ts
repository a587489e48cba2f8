/** `ct count` (`nft_connlimit_do_eval`). */
import { addConnection, sweep } from '../conntrack/count';
import type { RuleContext } from './context';
import type { CountStatement } from './ruleset';

/** Whether there are as many connections as are asked for; `null`: the packet has no tuple, and is to be dropped. */
export function countPasses(
	ctx: RuleContext,
	{ list, limit, over }: CountStatement
): boolean | null {
	const said = addConnection(ctx, list);
	if (said === null) return null;
	if (said === 'assured') sweep(ctx, list);
	return list.connections.length > limit === over;
}
