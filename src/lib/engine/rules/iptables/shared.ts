/**
 * What matches of one name share, in whichever rules they stand: it is there for as long as one of the rules is. What a
 * transaction takes out goes when it is committed, so a rule that comes in with it still finds it.
 */
import type { Journal } from '../../journal';
import type { Ruleset } from '../ruleset';

/** The options of a statement whose table has a name. */
interface Sharing {
	readonly name: string;
	readonly table: object;
}

export class SharedTables {
	private readonly made = new Map<string, object>();

	/** @param before the ruleset as it was when the transaction began */
	constructor(
		private readonly before: Ruleset,
		readonly journal: Journal,
		/** World time in milliseconds. */
		readonly now: number
	) {}

	/** The table of that name, which is made where no rule has it. */
	get<T extends object>(match: string, name: string, make: () => T): T {
		const key = `${match} ${name}`;
		const table = this.made.get(key) ?? this.find(match, name) ?? make();
		this.made.set(key, table);
		return table as T;
	}

	private find(match: string, name: string): object | undefined {
		for (const { chains } of this.before.tables)
			for (const { rules } of chains)
				for (const { statements } of rules)
					for (const statement of statements)
						if (statement.kind === 'xt' && statement.name === match) {
							const sharing = statement.options as Sharing;
							if (sharing.name === name) return sharing.table;
						}
		return undefined;
	}
}
