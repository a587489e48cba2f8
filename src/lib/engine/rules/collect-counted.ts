/** Elements of sets that count connections go when they have none left (`nft_rhash_gc`, `nft_connlimit_gc`). */
import { sweep } from '../conntrack/count';
import type { SweepContext } from '../conntrack/count';
import type { Ruleset } from './ruleset';

/** Linux does this once a second; here it is done whenever time passes. */
export function collectCounted(ctx: SweepContext, ruleset: Ruleset): void {
	for (const { elements, flags } of ruleset.tables.flatMap((table) => table.sets)) {
		// Only sets that packets add to are looked through.
		if (!flags.includes('dynamic')) continue;
		const left = elements.list.filter(({ own }) => {
			if (!own) return true;
			const counts = own.filter((one) => one.kind === 'count');
			for (const { list } of counts) sweep(ctx, list);
			return counts.every(({ list }) => list.connections.length > 0);
		});
		if (left.length < elements.list.length) ctx.journal.set(elements, 'list', left);
	}
}
