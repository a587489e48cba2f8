/** Tables of addresses that were seen (`struct recent_table`). */
import type { Journal } from '../../journal';
import type { SharedTables } from './shared';

/** `struct recent_entry`: an address, and when packets of it came. */
export interface RecentEntry {
	readonly address: number;
	/** The TTL that its last packet came with. */
	readonly ttl: number;
	/** World times in milliseconds; when there is no more room, the next takes the oldest one's place. */
	readonly stamps: readonly number[];
	/** Where the next one goes. */
	readonly index: number;
}

export interface RecentTable {
	/** The bits of addresses that count, as the rule says that made the table. */
	readonly mask: number;
	/** How many times are kept of an address. */
	kept: number;
	/** The one that was seen last comes last. */
	entries: readonly RecentEntry[];
}

/** `ip_list_tot`: how many addresses a table holds. */
const MOST = 100;
/** How many times are kept where no rule asks for a number of hits. */
const USUAL = 32;

/**
 * The table of a name, for one rule more. One that asks for more hits than are kept empties it
 * (`recent_mt_check`).
 */
export function recentTable(
	shared: SharedTables,
	{ name, mask, hits }: { readonly name: string; readonly mask: number; readonly hits: number }
): RecentTable {
	const kept = hits > 0 ? 2 ** Math.ceil(Math.log2(hits)) : USUAL;
	const table = shared.get<RecentTable>('recent', name, () => ({ mask, kept, entries: [] }));
	if (kept > table.kept) {
		shared.journal.set(table, 'entries', []);
		shared.journal.set(table, 'kept', kept);
	}
	return table;
}

/** `recent_entry_init`: of a table that is full the one goes that was seen least recently. */
export function addEntry(
	journal: Journal,
	table: RecentTable,
	entry: Pick<RecentEntry, 'address' | 'ttl'>,
	now: number
): void {
	const kept = table.entries.length < MOST ? table.entries : table.entries.slice(1);
	journal.set(table, 'entries', [...kept, { ...entry, stamps: [now], index: 1 }]);
}

/** `recent_entry_update`. */
export function touchEntry(
	journal: Journal,
	table: RecentTable,
	entry: RecentEntry,
	ttl: number,
	now: number
): void {
	const at = entry.index % table.kept;
	const stamps = entry.stamps.slice();
	stamps[at] = now;
	const others = table.entries.filter((one) => one !== entry);
	journal.set(table, 'entries', [...others, { ...entry, ttl, stamps, index: at + 1 }]);
}

export function removeEntry(journal: Journal, table: RecentTable, entry: RecentEntry): void {
	journal.set(
		table,
		'entries',
		table.entries.filter((one) => one !== entry)
	);
}
