/** `-m recent` (`recent_mt`). */
import type { RuleContext } from '../../context';
import type { XtEvaluate, XtKind } from '../../xt';
import type { RecentMatch } from '../matches/recent';
import {
	addEntry,
	removeEntry,
	touchEntry,
	type RecentEntry,
	type RecentTable
} from '../recent-table';
import { HZ, JIFFY } from '../ticks';

/** The options as a statement carries them: with the table of that name. */
type RecentOptions = RecentMatch & { readonly table: RecentTable };

/** The TTL as it was before forwarding took one; whatever no socket sent is taken for forwarded. */
function ttlOf({ packet, sender, outName }: RuleContext): number {
	return outName !== '' && sender === null ? (packet.ip.ttl + 1) & 255 : packet.ip.ttl;
}

/** Whether the entry was seen as often and as late as asked. */
function isHit(entry: RecentEntry, hits: number, since: number | null): boolean {
	const late = since === null ? entry.stamps : entry.stamps.filter((stamp) => stamp >= since);
	return late.length >= Math.max(hits, 1);
}

export const recent: XtKind<RecentOptions> = {
	compile({ action, negated, side, seconds, hits, ttl: sameTtl, reap, table }): XtEvaluate {
		// Reckoned in 32 bits.
		const span = ((seconds * HZ) % 2 ** 32) * JIFFY;
		return (ctx) => {
			const { journal, now } = ctx;
			const { ip } = ctx.packet;
			const address = ((side === 'dest' ? ip.dst : ip.src) & table.mask) >>> 0;
			const ttl = ttlOf(ctx);
			const entry = table.entries.find(
				(one) =>
					one.address === address && (!sameTtl || ttl === 0 || one.ttl === 0 || one.ttl === ttl)
			);
			if (!entry) {
				if (action !== 'set') return negated;
				addEntry(journal, table, { address, ttl }, now);
				return !negated;
			}
			if (action === 'remove') {
				removeEntry(journal, table, entry);
				return !negated;
			}
			if (action === 'set') {
				touchEntry(journal, table, entry, ttl, now);
				return !negated;
			}
			const since = seconds > 0 ? now - span : null;
			const matches = isHit(entry, hits, since) !== negated;
			const updates = action === 'update' && matches;
			const [oldest] = table.entries;
			// The one that is about to be seen again stays.
			if (reap && oldest && !(updates && oldest === entry)) {
				const last = oldest.stamps[oldest.index - 1]!;
				if (last < now - span) removeEntry(journal, table, oldest);
			}
			if (updates) touchEntry(journal, table, entry, ttl, now);
			return matches;
		};
	}
};
