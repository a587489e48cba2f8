/** `iptables …` and `iptables-save …` as commands: exit status, output, and the ruleset after. */
import type { Ruleset } from '../ruleset';
import { isTableName, TABLES, type TableName } from './builtin';
import { execute } from './execute';
import { iptablesList, spokenRule } from './list';
import { parseCommand, type Word } from './parse';
import { iptablesRules, iptablesSave } from './print';
import { isListable } from './read-nft';
import { readCommand, type ReadCommand } from './reader';
import { Refusal, type ExitStatus } from './refusal';
import { chainsOf, findTable, listedChains, type RuleEnvironment } from './tables';

export interface CommandResult {
	/** As the real command exits: 0, 1 (not found), 2 (misused), 3 (no such table), 4 (refused by the kernel). */
	readonly exit: number;
	readonly stdout: readonly string[];
	readonly stderr: readonly string[];
	readonly ruleset: Ruleset;
}

const NAMES = ['iptables', 'iptables-nft', '/sbin/iptables', '/usr/sbin/iptables'];
const SAVE_NAMES = [
	'iptables-save',
	'iptables-nft-save',
	'/sbin/iptables-save',
	'/usr/sbin/iptables-save'
];

/** Whether a command line is for `runIptablesCommand`. */
export function isIptablesCommand(text: string): boolean {
	const [name] = parseCommand(text);
	return name !== undefined && (NAMES.includes(name.text) || SAVE_NAMES.includes(name.text));
}

/** Run one command line; what is wrong with it is said on standard error, never thrown. */
export function runIptablesCommand(
	ruleset: Ruleset,
	text: string,
	env: RuleEnvironment
): CommandResult {
	const [name, ...words] = parseCommand(text);
	try {
		if (name && SAVE_NAMES.includes(name.text)) return save(ruleset, words);
		if (!name || !NAMES.includes(name.text))
			throw new Refusal('expected `iptables` or `iptables-save`', name?.from ?? 0, name?.to ?? 0);
		return run(ruleset, words, env);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const where = error.from === null ? '' : ` (column ${error.from + 1})`;
		const line = `${name?.text ?? 'iptables'}: ${error.message}${where}`;
		return {
			exit: error.exit,
			stdout: error.printed,
			stderr: [line],
			ruleset: error.ruleset ?? ruleset
		};
	}
}

function run(ruleset: Ruleset, words: readonly Word[], env: RuleEnvironment): CommandResult {
	const command = readCommand(words, { restore: false });
	const done = (stdout: readonly string[], after = ruleset): CommandResult => ({
		exit: 0,
		stdout,
		stderr: [],
		ruleset: after
	});
	if (command.name === 'version') return done(['iptables v1.8.9 (nf_tables)']);
	if (command.name === 'help')
		return done(['Usage: iptables -[ACD] chain rule-specification [options]']);
	const table = tableOf(command);
	/** Prints, and changes the rules. */
	const change = (said: readonly string[]): CommandResult => {
		try {
			return done(said, execute(ruleset, command, { table, env }));
		} catch (fault) {
			if (fault instanceof Refusal) fault.printed = saidBefore(command, said, fault.exit);
			throw fault;
		}
	};
	switch (command.name) {
		case 'list': {
			const lines = iptablesList(ruleset, table, command);
			if (!lines) throw missing(command, table);
			checkListable(ruleset, command, table);
			const listed = collected(lines);
			if (!command.alsoZero) return done(listed);
			const zeroed = command.verbose ? zeroing(ruleset, command, table, true) : [];
			return change([...listed, ...zeroed]);
		}
		case 'list-rules': {
			const { chain, number, verbose } = command;
			const lines = iptablesRules(ruleset, table, chain, number, verbose);
			if (!lines) throw missing(command, table);
			checkListable(ruleset, command, table);
			return done(collected(lines));
		}
		default:
			return change(command.verbose ? spoken(ruleset, command, table) : []);
	}
}

/** Of what `-v` has a command say, what it still says where it fails. */
function saidBefore({ name }: ReadCommand, said: readonly string[], exit: ExitStatus) {
	switch (exit) {
		case 4:
			return said;
		case 1:
			// A rule to be appended is told before its chain is looked for.
			return name === 'append' ? said.slice(0, 1) : [];
		default:
			return [];
	}
}

/** All lines. At a rule that cannot be read the refusal has those before it: they are printed all the same. */
function collected(lines: Iterable<string>): readonly string[] {
	const listed: string[] = [];
	try {
		for (const line of lines) listed.push(line);
	} catch (fault) {
		if (fault instanceof Refusal) fault.printed = listed;
		throw fault;
	}
	return listed;
}

/** A chain that is to be listed must be made of what iptables knows (`nft_is_table_compatible`). */
function checkListable(ruleset: Ruleset, { chain: only }: ReadCommand, table: TableName): void {
	const chains = chainsOf(listedChains(table, findTable(ruleset, table)));
	const wrong = chains.find((chain) => (only ?? chain.name) === chain.name && !isListable(chain));
	if (!wrong) return;
	const message =
		only === null
			? `table \`${table}' is incompatible, use 'nft' tool.`
			: `chain \`${only}' in table \`${table}' is incompatible, use 'nft' tool.`;
	throw new Refusal(message, null, null, 1);
}

/** What `-v` has a command say of what it does. */
function spoken(ruleset: Ruleset, command: ReadCommand, table: TableName): string[] {
	const own = findTable(ruleset, table);
	const { builtin, user } = listedChains(table, own);
	const chains =
		command.chain !== null ? [command.chain] : [...builtin, ...user].map(({ name }) => name);
	switch (command.name) {
		case 'append':
		case 'insert':
		case 'replace':
		case 'delete':
		case 'check':
			return command.rules.map(spokenRule);
		case 'flush':
			return chains.map((name) => `Flushing chain \`${name}'`);
		case 'delete-chain':
			return chains
				.filter((name) => !builtin.some((one) => one.name === name))
				.map((name) => `Deleting chain \`${name}'`);
		case 'zero':
			return command.number === null ? zeroing(ruleset, command, table, false) : [];
		default:
			return [];
	}
}

/** @param listed the chains have been listed before, and those that are built in are there then */
function zeroing(
	ruleset: Ruleset,
	command: ReadCommand,
	table: TableName,
	listed: boolean
): string[] {
	const { builtin, user } = listedChains(table, findTable(ruleset, table));
	return [...builtin.filter(({ chain }) => listed || chain), ...user]
		.filter(({ name }) => command.chain === null || command.chain === name)
		.map(({ name }) => `Zeroing chain \`${name}'`);
}

function missing(command: ReadCommand, table: string): Refusal {
	const word = command.chainWord;
	return new Refusal(
		`there is no chain \`${command.chain}\` in table \`${table}\``,
		word?.from ?? null,
		word?.to ?? null,
		1
	);
}

function tableOf(command: ReadCommand): TableName {
	const name = command.table ?? 'filter';
	if (isTableName(name)) return name;
	const word = command.tableWord!;
	throw new Refusal(
		`expected a table (${TABLES.join(', ')}), found \`${name}\``,
		word.from,
		word.to,
		3
	);
}

/** `iptables-save [-t TABLE] [-c]`. */
function save(ruleset: Ruleset, words: readonly Word[]): CommandResult {
	let table: TableName | undefined;
	let counters = false;
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (word.text === '-c' || word.text === '--counters') counters = true;
		else if (word.text === '-t' || word.text === '--table') {
			const name = words[++i];
			if (!name || !isTableName(name.text))
				throw new Refusal(
					`expected a table (${TABLES.join(', ')})`,
					(name ?? word).from,
					(name ?? word).to,
					1
				);
			table = name.text;
		} else throw new Refusal(`expected -t or -c, found \`${word.text}\``, word.from, word.to, 1);
	}
	const stdout = collected(iptablesSave(ruleset, table, counters));
	return { exit: 0, stdout, stderr: [], ruleset };
}
