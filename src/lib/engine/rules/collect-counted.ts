/** Elements of sets that count connections go when they have none left (`nft_rhash_gc`, `nft_connlimit_gc`). */
import { sweep } from '../conntrack/count';
import type { SweepContext } from '../conntrack/count';
import type { Ruleset } from './ruleset';

/** Linux does this once a second; here it is done whenever time passes. */
export function collectCounted(ctx: SweepContext, ruleset: Ruleset): void {
	for (const { elements } of ruleset.tables.flatMap((table) => table.sets)) {
		const left = elements.list.filter(({ count }) => {
			if (!count) return true;
			sweep(ctx, count.list);
			return count.list.connections.length > 0;
		});
		if (left.length < elements.list.length) ctx.journal.set(elements, 'list', left);
	}
}
