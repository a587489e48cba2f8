/** Tables and chains of iptables within a ruleset: found, made when first used, replaced. */
import type { Journal } from '../../journal';
import type { Chain, Ruleset, Table } from '../ruleset';
import { BUILTIN, builtinChain, isTableName, type BuiltinChain, type TableName } from './builtin';

/** What commands need of the world. */
export interface RuleEnvironment {
	/** The next free handle of a table; what is in a table counts by itself (`nf_tables_alloc_handle`). */
	nextHandle(): number;
	/** The next number of a base chain's registration. */
	nextRegistration(): number;
	readonly journal: Journal;
	/** World time in milliseconds. */
	readonly now: number;
	/** Whether there is an ipset of that name; without this, every name will do. */
	hasSet?(name: string): boolean;
	/** Turn `nf_conntrack_acct` on. */
	enableAccounting?(): void;
}

export function findTable(ruleset: Ruleset, name: string): Table | undefined {
	return ruleset.tables.find((table) => table.family === 'ip' && table.name === name);
}

export function findChain(table: Table | undefined, name: string): Chain | undefined {
	return table?.chains.find((chain) => chain.name === name);
}

/** The ruleset with `table` in the place of the one with its name, or at the end. */
export function putTable(ruleset: Ruleset, table: Table): Ruleset {
	const at = ruleset.tables.findIndex((one) => one.family === 'ip' && one.name === table.name);
	return {
		...ruleset,
		tables: at < 0 ? [...ruleset.tables, table] : ruleset.tables.toSpliced(at, 1, table)
	};
}

export function dropTable(ruleset: Ruleset, name: string): Ruleset {
	return {
		...ruleset,
		tables: ruleset.tables.filter((table) => table.family !== 'ip' || table.name !== name)
	};
}

export function putChain(table: Table, chain: Chain): Table {
	const at = table.chains.findIndex((one) => one.name === chain.name);
	return {
		...table,
		chains: at < 0 ? [...table.chains, chain] : table.chains.toSpliced(at, 1, chain)
	};
}

/** The handle that the next chain or rule of the table gets. */
export const handleAfter = (table: Table | undefined, given = 0): number =>
	(table?.lastHandle ?? 0) + given + 1;

export function makeTable(name: string, env: RuleEnvironment): Table {
	return {
		family: 'ip',
		name,
		language: 'iptables',
		handle: env.nextHandle(),
		dormant: false,
		chains: [],
		sets: [],
		objects: []
	};
}

/**
 * A built-in chain as it comes into being: iptables-nft makes one when it is first written to,
 * and the others stay away until they are (`nft_xt_builtin_init`). A chain that comes about so
 * counts nothing; it begins to when it is declared, gets a policy or is set to zero.
 */
export function makeBuiltin(
	builtin: BuiltinChain,
	handle: number,
	env: RuleEnvironment,
	policy: 'accept' | 'drop' = 'accept'
): Chain {
	return {
		name: builtin.name,
		handle,
		base: {
			type: builtin.type,
			hook: builtin.hook,
			priority: builtin.priority,
			policy,
			registered: env.nextRegistration()
		},
		rules: []
	};
}

/** Whether the chain is the table's own of that name, hooked where iptables hooks it. */
export function isBuiltin(table: TableName, chain: Chain): boolean {
	const builtin = builtinChain(table, chain.name);
	return (
		builtin !== undefined &&
		chain.base?.type === builtin.type &&
		chain.base.hook === builtin.hook &&
		chain.base.priority === builtin.priority
	);
}

export interface ListedChains {
	/** Built-in chains in their order; `null` where one is not there. */
	readonly builtin: readonly { readonly name: string; readonly chain: Chain | null }[];
	/** The others that are only jumped to, by name. */
	readonly user: readonly Chain[];
	/** Base chains that iptables cannot show. */
	readonly incompatible: readonly Chain[];
}

/**
 * Whether a list of the table, or of the chain `only`, says that there is more. For one chain iptables asks the kernel for
 * that and for those of its own names alone.
 */
export function tellsOfMore(name: TableName, { incompatible }: ListedChains, only: string | null) {
	return incompatible.some((chain) => only === null || builtinChain(name, chain.name));
}

/** Those of them that are there. */
export function chainsOf({ builtin, user }: Pick<ListedChains, 'builtin' | 'user'>): Chain[] {
	return [...builtin.flatMap(({ chain }) => chain ?? []), ...user];
}

/** The chains of a table as iptables lists them. */
export function listedChains(name: TableName, table: Table | undefined): ListedChains {
	const chains = table?.chains ?? [];
	const own = chains.filter((chain) => isBuiltin(name, chain));
	return {
		builtin: BUILTIN[name].map((builtin) => ({
			name: builtin.name,
			chain: own.find((chain) => chain.name === builtin.name) ?? null
		})),
		user: chains
			.filter((chain) => !chain.base)
			.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
		incompatible: chains.filter((chain) => chain.base && !own.includes(chain))
	};
}

export { isTableName };
