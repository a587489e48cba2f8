/** What every command that changes a table needs: the table, the chain it is about, and how it is taken back. */
import { commitFaults } from '../commit-check';
import type { Chain, Rule, Ruleset, SourceSpan, Table } from '../ruleset';
import { builtinChain, type TableName } from './builtin';
import { MATCHES } from './extensions';
import { Refusal, type ExitStatus } from './refusal';
import type { ReadCommand } from './reader';
import type { IptablesRule } from './rule';
import { SharedTables } from './shared';
import {
	findChain,
	handleAfter,
	findTable,
	isBuiltin,
	makeBuiltin,
	makeTable,
	putChain,
	putTable,
	type RuleEnvironment
} from './tables';
import { faultOfCommand, type Transaction } from './transaction';
import { toRule } from './translate';

export const NO_DROP_IN_NAT = 'the nat table is not for filtering: `DROP` has no place in it';
export const NO_CHAIN = 'No chain/target/match by that name.';

/** Commands about a rule that is there; `-I` with a number beyond 1 is another. */
const LOOKING: readonly ReadCommand['name'][] = ['delete', 'replace', 'check'];

export interface ExecuteOptions {
	readonly table: TableName;
	readonly env: RuleEnvironment;
	/** Where the command stands in its text. */
	readonly source?: SourceSpan;
	/** What the command is part of, if it is not a transaction by itself. */
	readonly transaction?: Transaction;
}

export class TableCommand {
	protected readonly shared: SharedTables;
	/** Handles that the command has used. */
	private given = 0;

	constructor(
		protected readonly ruleset: Ruleset,
		protected readonly command: ReadCommand,
		protected readonly options: ExecuteOptions
	) {
		this.shared =
			options.transaction?.shared ??
			new SharedTables(ruleset, options.env.journal, options.env.now);
	}

	/** A handle for what the command makes in its table. */
	protected handle(): number {
		return handleAfter(this.table(), this.given++);
	}

	/** The ruleset with the table as it is now. */
	protected put(table: Table): Ruleset {
		return putTable(this.ruleset, this.counted(table, this.given));
	}

	private counted(table: Table, given: number): Table {
		return given === 0 ? table : { ...table, lastHandle: handleAfter(this.table(), given - 1) };
	}

	/** The ruleset as it was, but for the handles that are used up. */
	private givenUp(times: number): Ruleset {
		const table = this.table();
		return table ? putTable(this.ruleset, this.counted(table, times * this.given)) : this.ruleset;
	}

	protected table(): Table | undefined {
		return findTable(this.ruleset, this.options.table);
	}

	/** A chain by its name. A base chain that nft hooked in has none to iptables. */
	protected chainOf(table: Table | undefined, name: string): Chain | undefined {
		const chain = findChain(table, name);
		return chain?.base && !isBuiltin(this.options.table, chain) ? undefined : chain;
	}

	/**
	 * The table and chain a rule command is about, made if it is built in and not there yet. A base chain of nft's that
	 * has its name stands in its way, and what only looks for a rule finds none.
	 */
	protected chainForUse(): [Table, Chain] {
		const name = this.command.chain!;
		const { env } = this.options;
		const table = this.table() ?? makeTable(this.options.table, env);
		const builtin = builtinChain(this.options.table, name);
		const chain = this.chainOf(table, name);
		if (chain) return [table, chain];
		if (!builtin) this.refuse(NO_CHAIN, 1);
		const looks = LOOKING.includes(this.command.name) || (this.command.number ?? 1) > 1;
		if (looks && findChain(table, name)) this.refuse(NO_CHAIN, 1);
		if (findChain(table, name)) {
			// The rules come after it all the same.
			for (const _ of this.command.rules) this.handle();
			this.refuse(`CHAIN_ADD failed (Operation not supported): chain ${name}`, 4);
		}
		const made = makeBuiltin(builtin, this.handle(), env);
		return [putChain(table, made), made];
	}

	/** The rule as the kernel takes it. */
	protected rule(
		form: IptablesRule,
		handle: number,
		counters: ReadCommand['counters'],
		source: SourceSpan | undefined
	): Rule {
		const never = (match: IptablesRule['source']): boolean =>
			match?.negated === true && match.mask === 0;
		if (never(form.source) || never(form.destination))
			this.refuse('no address is outside of 0.0.0.0/0', 4);
		// What asks how much flows have carried has it counted (`connbytes_mt_check`).
		if (form.matches.some(({ name }) => MATCHES.get(name)!.countsFlows))
			this.options.env.enableAccounting?.();
		const rule = toRule(form, handle, counters, this.shared, source);
		this.options.transaction?.made(rule, this.command);
		return rule;
	}

	protected commit(table: Table): Ruleset {
		if (this.options.transaction) return this.put(table);
		const [fault] = commitFaults(table);
		if (!fault) return this.put(table);
		const refusal = faultOfCommand(fault, this.command);
		// What is found at the end only has the kernel go through it again, to see which rule it was.
		refusal.ruleset = this.givenUp(fault.when === 'late' ? 2 : 1);
		throw refusal;
	}

	protected refuse(message: string, exit: ExitStatus): never {
		const word = this.command.chainWord;
		const refusal = new Refusal(message, word?.from ?? null, word?.to ?? null, exit);
		if (exit === 4) refusal.ruleset = this.givenUp(1);
		throw refusal;
	}
}
