/** `iptables-restore`: a whole text of tables, taken over or refused as one. */
import type { RuleTextError } from '../errors';
import type { Chain, Ruleset, Table } from '../ruleset';
import { builtinChain, isTableName, TABLES, type TableName } from './builtin';
import { execute } from './execute';
import { OTHER_TARGETS, TARGETS } from './extensions';
import { parseRestore, parseValue, type RestoreLine, type Word } from './parse';
import { Places } from './place';
import { readCommand } from './reader';
import { Refusal } from './refusal';
import { SharedTables } from './shared';
import {
	dropTable,
	findChain,
	findTable,
	isBuiltin,
	makeBuiltin,
	handleAfter,
	makeTable,
	putChain,
	putTable,
	type RuleEnvironment
} from './tables';
import { Transaction } from './transaction';

export type RestoreResult =
	| { readonly ok: true; readonly ruleset: Ruleset }
	| { readonly ok: false; readonly errors: readonly RuleTextError[] };

export interface RestoreOptions {
	/** `-n`: what the tables had before stays. */
	readonly noflush?: boolean;
	/** `-c`: take over the packet and byte counts. */
	readonly counters?: boolean;
}

/**
 * The ruleset after `iptables-restore` read `text`, or all that is wrong with the text. Each
 * table named is emptied first, base chains and all, as iptables-nft does.
 */
export function applyIptablesRestore(
	ruleset: Ruleset,
	text: string,
	env: RuleEnvironment,
	options: RestoreOptions = {}
): RestoreResult {
	return new Restore(ruleset, text, env, options).run();
}

class Restore {
	private readonly places: Places;
	private readonly errors: RuleTextError[] = [];
	/** The table that is open, and the ruleset as it stood before. */
	private table: TableName | null = null;
	/** Its name was wrong, so its lines are only passed over. */
	private skipping = false;
	/** Each table is one of its own. */
	private transaction: Transaction;

	constructor(
		private ruleset: Ruleset,
		private readonly text: string,
		private readonly env: RuleEnvironment,
		private readonly options: RestoreOptions
	) {
		this.places = new Places(text);
		this.transaction = this.begun();
	}

	private begun(): Transaction {
		const { journal, now } = this.env;
		return new Transaction(new SharedTables(this.ruleset, journal, now));
	}

	run(): RestoreResult {
		for (const line of parseRestore(this.text)) {
			try {
				this.line(line);
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				this.fail(error, line.from, line.to);
			}
		}
		if (this.table !== null || this.skipping) {
			const end = this.text.trimEnd().length;
			this.check(end, end);
			this.fail(new Refusal('expected `COMMIT` at the end of the table', end, end), end, end);
		}
		this.errors.sort((a, b) => a.line - b.line);
		return this.errors.length > 0
			? { ok: false, errors: this.errors }
			: { ok: true, ruleset: this.ruleset };
	}

	private fail(refusal: Refusal, from: number, to: number): void {
		this.errors.push(this.places.error(refusal, from, to));
	}

	private line(line: RestoreLine): void {
		switch (line.kind) {
			case 'blank':
			case 'comment':
				return;
			case 'table':
				return this.open(line);
			case 'commit':
				if (this.table === null && !this.skipping)
					throw new Refusal('expected a table (*filter) before `COMMIT`', line.from, line.to);
				return this.commit(line);
			case 'chain':
				return this.declare(line);
			case 'rule':
				return this.rule(line);
		}
	}

	private commit({ from, to }: RestoreLine): void {
		this.check(from, to);
		this.table = null;
		this.skipping = false;
		this.transaction = this.begun();
	}

	/** What is wrong with the table as a whole. */
	private check(from: number, to: number): void {
		const table = this.table === null ? undefined : findTable(this.ruleset, this.table);
		for (const refusal of table ? this.transaction.check(table) : []) this.fail(refusal, from, to);
	}

	private open(line: RestoreLine): void {
		if (this.table !== null)
			throw new Refusal('expected `COMMIT` before the next table', line.from, line.to);
		const [name, extra] = line.words;
		if (!name || !isTableName(name.text)) {
			this.skipping = true;
			throw new Refusal(
				`expected a table (${TABLES.join(', ')})${name ? `, found \`${name.text}\`` : ''}`,
				name?.from ?? line.from,
				name?.to ?? line.to
			);
		}
		if (extra) throw new Refusal('nothing may follow the name of the table', extra.from, extra.to);
		this.table = name.text;
		this.skipping = false;
		if (!this.options.noflush) this.ruleset = dropTable(this.ruleset, name.text);
	}

	/** `:INPUT DROP [0:0]`, `:WEB - [0:0]`. */
	private declare(line: RestoreLine): void {
		if (this.skipping) return;
		const table = this.openTable(line);
		const [name, policy, counters] = line.words;
		if (!name) throw new Refusal("expected a chain's name", line.from, line.to);
		parseValue('ChainName', name);
		if (!policy)
			throw new Refusal(
				'expected a policy (ACCEPT, DROP, or - for a chain of your own)',
				name.to,
				line.to
			);
		if (counters && !/^\[\d+:\d+\]$/.test(counters.text))
			throw new Refusal(
				`expected counters ([0:0]), found \`${counters.text}\``,
				counters.from,
				counters.to
			);
		const builtin = builtinChain(table, name.text);
		if (builtin) this.declareBuiltin(table, name, policy, counters);
		else this.declareUser(table, name);
	}

	private declareBuiltin(
		table: TableName,
		name: Word,
		policy: Word,
		counters: Word | undefined
	): void {
		if (policy.text !== 'ACCEPT' && policy.text !== 'DROP')
			throw new Refusal(
				`expected ACCEPT or DROP, found \`${policy.text}\``,
				policy.from,
				policy.to
			);
		const before = findTable(this.ruleset, table) ?? makeTable(table, this.env);
		const word = policy.text === 'DROP' ? 'drop' : 'accept';
		const there = findChain(before, name.text);
		if (there && !isBuiltin(table, there))
			throw new Refusal('another base chain has this name', name.from, name.to, 4);
		const chain = there
			? { ...there, base: { ...there.base!, policy: word } as const }
			: makeBuiltin(builtinChain(table, name.text)!, handleAfter(before), this.env, word);
		const [packets, bytes] = (counters && this.options.counters ? counters.text : '[0:0]')
			.slice(1, -1)
			.split(':')
			.map(Number);
		this.put(before, { ...chain, policyCounter: { packets: packets!, bytes: bytes! } });
	}

	private declareUser(table: TableName, name: Word): void {
		if (name.text.startsWith('-') || name.text.startsWith('!'))
			throw new Refusal(`a chain's name cannot begin with \`${name.text[0]}\``, name.from, name.to);
		if (
			TARGETS.has(name.text) ||
			OTHER_TARGETS.has(name.text) ||
			/^(ACCEPT|DROP|RETURN)$/.test(name.text)
		)
			throw new Refusal(`\`${name.text}\` is the name of a target`, name.from, name.to);
		const before = findTable(this.ruleset, table) ?? makeTable(table, this.env);
		// With -n a chain that is declared is emptied, though the table is kept.
		const there = findChain(before, name.text);
		const chain = there
			? { ...there, rules: [] }
			: { name: name.text, handle: handleAfter(before), rules: [] };
		this.put(before, chain);
	}

	private put(before: Table, chain: Chain): void {
		const lastHandle = Math.max(before.lastHandle ?? 0, chain.handle);
		this.ruleset = putTable(this.ruleset, { ...putChain(before, chain), lastHandle });
	}

	private rule(line: RestoreLine): void {
		if (this.skipping) return;
		const table = this.openTable(line);
		const command = readCommand(line.words, { restore: true });
		const first = line.words[0]!;
		const last = line.words[line.words.length - 1]!;
		const counters = this.options.counters ? (line.counters ?? command.counters) : command.counters;
		this.ruleset = execute(
			this.ruleset,
			{ ...command, counters },
			{
				table,
				env: this.env,
				source: this.places.span(first.from, last.to),
				transaction: this.transaction
			}
		);
	}

	private openTable(line: RestoreLine): TableName {
		if (this.table === null)
			throw new Refusal('expected a table (*filter) before this line', line.from, line.to);
		return this.table;
	}
}
