/**
 * A ruleset while a transaction changes it. Tables and chains are copied when first touched, so
 * the old ruleset stays as it was; what shares state with it (set elements, counters) is changed
 * only at the commit.
 */
import type { Journal } from '../../journal';
import { renameChain, renameInElements } from '../rename';
import type {
	Chain,
	Family,
	NamedSet,
	Rule,
	Ruleset,
	SetElement,
	StatefulObject,
	Table
} from '../ruleset';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type DraftChain = Mutable<Omit<Chain, 'rules'>> & { rules: Rule[] };
export type DraftTable = Mutable<Omit<Table, 'chains' | 'sets' | 'objects'>> & {
	chains: (Chain | DraftChain)[];
	sets: NamedSet[];
	objects: StatefulObject[];
};

export class Draft {
	private tables: (Table | DraftTable)[];
	private readonly own = new WeakSet<object>();
	private readonly elements = new Map<NamedSet['elements'], readonly SetElement[]>();
	private readonly atCommit: ((journal: Journal) => void)[] = [];
	/** Handles of tables and chains, and the names that the chains are to have, in order. */
	private readonly renames: { table: number; chain: number; to: string }[] = [];

	constructor(private readonly before: Ruleset) {
		this.tables = [...before.tables];
	}

	get all(): readonly Table[] {
		return this.tables as readonly Table[];
	}

	find(family: Family, name: string): Table | null {
		return this.all.find((table) => table.name === name && table.family === family) ?? null;
	}

	addTable(table: Table): DraftTable {
		this.tables.push(table);
		return this.edit(table);
	}

	removeTable(table: Table): void {
		this.tables = this.tables.filter((other) => other !== table);
	}

	/** The table, free to be changed. */
	edit(table: Table | DraftTable): DraftTable {
		if (this.own.has(table)) return table as DraftTable;
		const copy: DraftTable = {
			...table,
			chains: [...table.chains],
			sets: [...table.sets],
			objects: [...table.objects]
		};
		this.own.add(copy);
		this.tables[this.tables.indexOf(table)] = copy;
		return copy;
	}

	/** A chain of an edited table, free to be changed. */
	editChain(table: DraftTable, chain: Chain | DraftChain): DraftChain {
		if (this.own.has(chain)) return chain as DraftChain;
		const copy: DraftChain = { ...chain, rules: [...chain.rules] };
		this.own.add(copy);
		table.chains[table.chains.indexOf(chain)] = copy;
		return copy;
	}

	/** A chain keeps its name until the transaction is committed (`nft_chain_commit_update`). */
	rename(table: DraftTable, chain: Chain, to: string): void {
		this.renames.push({ table: table.handle, chain: chain.handle, to });
	}

	/** Whether a chain of the table is to have that name. */
	willBeNamed(table: DraftTable, name: string): boolean {
		return this.renames.some((one) => one.table === table.handle && one.to === name);
	}

	/** Whether the chain was there before the transaction. */
	wasThere(table: DraftTable, chain: Chain): boolean {
		const old = this.before.tables.find(({ handle }) => handle === table.handle);
		return old?.chains.some(({ handle }) => handle === chain.handle) === true;
	}

	/** Every jump goes along. */
	private carryOut(rename: (typeof this.renames)[number]): void {
		const { to } = rename;
		const found = this.tables.find(({ handle }) => handle === rename.table);
		const chain = found?.chains.find(({ handle }) => handle === rename.chain);
		if (!found || !chain) return;
		const table = this.edit(found);
		table.chains = renameChain(table.chains, chain, to);
		for (const set of table.sets) {
			const elements = this.elementsOf(set);
			const renamed = renameInElements(elements, chain.name, to);
			if (renamed !== elements) this.setElements(set, renamed);
		}
	}

	/** The next handle of a table (`nf_tables_alloc_handle`). */
	handle(table: DraftTable): number {
		table.lastHandle = (table.lastHandle ?? 0) + 1;
		return table.lastHandle;
	}

	/**
	 * The ruleset as it was, but for the handles this draft has given out in its tables: what is refused or
	 * only checked does not give them back (`nf_tables_alloc_handle`). `times`: how often it was tried.
	 */
	handlesSpent(times: number): Ruleset {
		let changed = false;
		const tables = this.before.tables.map((table) => {
			const now = this.all.find((one) => one.handle === table.handle)?.lastHandle ?? 0;
			const last = table.lastHandle ?? 0;
			if (now <= last) return table;
			changed = true;
			return { ...table, lastHandle: last + times * (now - last) };
		});
		return changed ? { tables } : this.before;
	}

	elementsOf(set: NamedSet): readonly SetElement[] {
		return this.elements.get(set.elements) ?? set.elements.list;
	}

	setElements(set: NamedSet, list: readonly SetElement[]): void {
		this.elements.set(set.elements, list);
	}

	/** Something to be done to shared state once the transaction is sure to hold. */
	onCommit(change: (journal: Journal) => void): void {
		this.atCommit.push(change);
	}

	commit(journal: Journal): Ruleset {
		for (const rename of this.renames) this.carryOut(rename);
		for (const [elements, list] of this.elements) journal.set(elements, 'list', list);
		for (const change of this.atCommit) change(journal);
		return { tables: this.all };
	}
}
