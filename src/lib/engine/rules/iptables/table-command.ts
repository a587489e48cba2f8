/** What every command that changes a table needs: the table, the chain it is about, and how it is taken back. */
import type { Chain, Ruleset, SourceSpan, Table } from '../ruleset';
import { builtinChain, type TableName } from './builtin';
import { MATCHES } from './extensions';
import { Refusal, type ExitStatus } from './refusal';
import type { ReadCommand } from './reader';
import type { IptablesRule } from './rule';
import { SharedTables } from './shared';
import {
	findChain,
	findTable,
	isBuiltin,
	makeBuiltin,
	makeTable,
	putChain,
	putTable,
	type RuleEnvironment
} from './tables';
import { validateTable } from './validate';

export const NO_DROP_IN_NAT = 'the nat table is not for filtering: `DROP` has no place in it';
export const NO_CHAIN = 'No chain/target/match by that name.';

export interface ExecuteOptions {
	readonly table: TableName;
	readonly env: RuleEnvironment;
	/** Where the command stands in its text. */
	readonly source?: SourceSpan;
	/** Of the transaction that the command is part of, if it is not one by itself. */
	readonly shared?: SharedTables;
}

export class TableCommand {
	protected readonly shared: SharedTables;

	constructor(
		protected readonly ruleset: Ruleset,
		protected readonly command: ReadCommand,
		protected readonly options: ExecuteOptions
	) {
		this.shared = options.shared ?? new SharedTables(ruleset, options.env.journal, options.env.now);
	}

	protected table(): Table | undefined {
		return findTable(this.ruleset, this.options.table);
	}

	/** A chain by its name. A base chain that nft hooked in has none to iptables. */
	protected chainOf(table: Table | undefined, name: string): Chain | undefined {
		const chain = findChain(table, name);
		return chain?.base && !isBuiltin(this.options.table, chain) ? undefined : chain;
	}

	/** The table and chain a rule command is about, made if it is built in and not there yet. */
	protected chainForUse(): [Table, Chain] {
		const name = this.command.chain!;
		const { env } = this.options;
		const table = this.table() ?? makeTable(this.options.table, env);
		const builtin = builtinChain(this.options.table, name);
		const chain = this.chainOf(table, name);
		if (chain) return [table, chain];
		if (!builtin) this.refuse(NO_CHAIN, 1);
		if (findChain(table, name))
			this.refuse(`CHAIN_ADD failed (Operation not supported): chain ${name}`, 4);
		const made = makeBuiltin(builtin, env);
		return [putChain(table, made), made];
	}

	/** A rule that asks what flows have carried has them counted (`connbytes_mt_check`). */
	protected count({ matches }: IptablesRule): void {
		if (matches.some(({ name }) => MATCHES.get(name)!.countsFlows))
			this.options.env.enableAccounting?.();
	}

	protected commit(table: Table): Ruleset {
		const fault = validateTable(table);
		if (!fault) return putTable(this.ruleset, table);
		const { chain, chainWord, targetWord, extensionWords } = this.command;
		const own = fault.chain === chain || fault.chain === null;
		const word =
			(own && fault.extension !== undefined ? extensionWords.get(fault.extension) : undefined) ??
			targetWord ??
			chainWord;
		const message = own ? fault.message : `in chain \`${fault.chain}\`: ${fault.message}`;
		throw new Refusal(message, word?.from ?? null, word?.to ?? null, 4);
	}

	protected refuse(message: string, exit: ExitStatus): never {
		const word = this.command.chainWord;
		throw new Refusal(message, word?.from ?? null, word?.to ?? null, exit);
	}
}
