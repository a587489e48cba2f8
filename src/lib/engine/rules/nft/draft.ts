/**
 * A ruleset while a transaction changes it. Tables and chains are copied when first touched, so
 * the old ruleset stays as it was; what shares state with it (set elements, counters) is changed
 * only at the commit.
 */
import type { Journal } from '../../journal';
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

	constructor(ruleset: Ruleset) {
		this.tables = [...ruleset.tables];
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

	/** The next handle of a table (`nf_tables_alloc_handle`). */
	handle(table: DraftTable): number {
		table.lastHandle = (table.lastHandle ?? 0) + 1;
		return table.lastHandle;
	}

	/**
	 * The ruleset as it was, but for the handles this draft has given out in its tables: what is refused or
	 * only checked does not give them back (`nf_tables_alloc_handle`). `times`: how often it was tried.
	 */
	handlesSpent(before: Ruleset, times: number): Ruleset {
		let changed = false;
		const tables = before.tables.map((table) => {
			const now = this.all.find((one) => one.handle === table.handle)?.lastHandle ?? 0;
			const last = table.lastHandle ?? 0;
			if (now <= last) return table;
			changed = true;
			return { ...table, lastHandle: last + times * (now - last) };
		});
		return changed ? { tables } : before;
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
		for (const [elements, list] of this.elements) journal.set(elements, 'list', list);
		for (const change of this.atCommit) change(journal);
		return { tables: this.all };
	}
}
