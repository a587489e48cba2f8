/** `ipset …` as a command, and the text that `ipset restore` reads. */
import type { Journal } from '../../journal';
import type { RuleTextError } from '../errors';
import { parseCommand, type Word } from '../iptables/parse';
import { Places } from '../iptables/place';
import { Refusal } from '../iptables/refusal';
import { setsOf } from '../iptables/targets/set';
import type { Ruleset } from '../ruleset';
import { Executor, type IpSetEnvironment } from './execute';
import { listedSets, listSet, saveSet } from './print';
import { findSet, type IpSet, type IpSets } from './set';

/** `journal` is not needed by commands, which make new values; callers may pass it along. */
export interface IpSetCommandEnvironment extends IpSetEnvironment {
	readonly journal?: Journal;
}

export type IpSetTextResult =
	| { readonly ok: true; readonly sets: IpSets }
	| { readonly ok: false; readonly errors: readonly RuleTextError[] };

export interface IpSetCommandResult {
	/** As the real command exits: 0, 1 (refused, or not in the set), 2 (misused). */
	readonly exit: number;
	readonly stdout: readonly string[];
	readonly stderr: readonly string[];
	readonly sets: IpSets;
}

/** The sets after `ipset restore` read `text`, or all that is wrong with the text. */
export function applyIpset(
	sets: IpSets,
	text: string,
	env: IpSetCommandEnvironment
): IpSetTextResult {
	const places = new Places(text);
	const executor = new Executor(sets, env);
	const errors: RuleTextError[] = [];
	let from = 0;
	for (const line of text.split('\n')) {
		const start = from;
		from += line.length + 1;
		if (line.trim() === '' || line.trimStart().startsWith('#') || line.trim() === 'COMMIT')
			continue;
		const words = parseCommand(line).map((word) => moved(word, start));
		const [command, ...rest] = words;
		try {
			executor.exist = false;
			if (command) executor.run(command, rest);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			errors.push(places.error(error, start, start + line.trimEnd().length));
		}
	}
	return errors.length > 0 ? { ok: false, errors } : { ok: true, sets: executor.sets };
}

function moved(word: Word, by: number): Word {
	return { ...word, from: word.from + by, to: word.to + by };
}

interface Flags {
	exist: boolean;
	quiet: boolean;
	names: boolean;
	terse: boolean;
	sorted: boolean;
	/** `-o save` with `list`, `-o plain` with `save`. */
	output: string | null;
}

/** Run one command line, with or without the word `ipset` before it. */
export function runIpsetCommand(
	sets: IpSets,
	text: string,
	env: IpSetCommandEnvironment
): IpSetCommandResult {
	const words = [...parseCommand(text)];
	if (words[0] && /^(\/usr)?(\/sbin\/)?ipset$/.test(words[0].text)) words.shift();
	const flags: Flags = {
		exist: false,
		quiet: false,
		names: false,
		terse: false,
		sorted: false,
		output: null
	};
	const executor = new Executor(sets, env);
	try {
		const [command, ...rest] = takeFlags(words, flags);
		if (!command) throw new Refusal('expected a command (create, add, list …)', null, null, 2);
		executor.exist = flags.exist;
		const stdout = print(executor, command, rest, flags);
		if (stdout) return { exit: 0, stdout, stderr: [], sets };
		executor.run(command, rest);
		const note = /^(test|t|-T|--test)$/.test(command.text) && !flags.quiet;
		return {
			exit: 0,
			stdout: [],
			stderr: note ? [`Warning: ${rest[1]?.text} is in set ${rest[0]?.text}.`] : [],
			sets: executor.sets
		};
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const where = error.from === null ? '' : ` (column ${error.from + 1})`;
		const stderr = flags.quiet ? [] : [`ipset: ${error.message}${where}`];
		return { exit: error.exit, stdout: [], stderr, sets: executor.sets };
	}
}

/** Options that may stand anywhere on the line, taken out of it. */
function takeFlags(words: readonly Word[], flags: Flags): Word[] {
	const rest: Word[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		switch (word.quoted ? '' : word.text) {
			case '-!':
			case '-exist':
			case '--exist':
				flags.exist = true;
				break;
			case '-q':
			case '-quiet':
			case '--quiet':
				flags.quiet = true;
				break;
			case '-n':
			case '-name':
			case '--name':
				flags.names = true;
				break;
			case '-t':
			case '-terse':
			case '--terse':
				flags.terse = true;
				break;
			case '-s':
			case '-sorted':
			case '--sorted':
				flags.sorted = true;
				break;
			case '-o':
			case '-output':
			case '--output': {
				const mode = words[++i];
				if (!mode || !['plain', 'save', 'xml'].includes(mode.text))
					throw new Refusal('expected plain or save', (mode ?? word).from, (mode ?? word).to, 2);
				if (mode.text === 'xml') throw new Refusal('`xml` is not modelled', mode.from, mode.to, 2);
				flags.output = mode.text;
				break;
			}
			default:
				rest.push(word);
		}
	}
	return rest;
}

/** The lines of a command that only prints; `null` for one that does something. */
function print(
	{ sets, env }: Executor,
	command: Word,
	rest: readonly Word[],
	flags: Flags
): string[] | null {
	const list = /^(list|l|-L|--list)$/.test(command.text);
	if (/^(version|v|-v|-V|--version)$/.test(command.text))
		return ['ipset v7.17, protocol version: 7'];
	if (/^(help|h|-h|-H|--help)$/.test(command.text)) return ['Usage: ipset [options] COMMAND'];
	if (!list && !/^(save|s|-S|--save)$/.test(command.text)) return null;
	const [name, extra] = rest;
	if (extra)
		throw new Refusal(`expected nothing more, found \`${extra.text}\``, extra.from, extra.to, 2);
	const wanted = name ? [findOr(sets, name)] : listedSets(sets);
	const saving = list ? flags.output === 'save' : flags.output !== 'plain';
	if (saving) return wanted.flatMap((set) => saveSet(set, env.now, flags.sorted));
	if (flags.names && list) return wanted.map((set) => set.name);
	return wanted.flatMap((set, i) => [
		...(i > 0 ? [''] : []),
		...listSet(set, sets, env, flags.terse, flags.sorted)
	]);
}

function findOr(sets: IpSets, name: Word): IpSet {
	const set = findSet(sets, name.text);
	if (!set) throw new Refusal('there is no set of that name', name.from, name.to, 1);
	return set;
}

/** How many times the rules of a ruleset name the set: what `IpSetEnvironment.references` wants. */
export function ipsetReferences(ruleset: Ruleset, name: string): number {
	let count = 0;
	for (const table of ruleset.tables)
		for (const chain of table.chains)
			for (const rule of chain.rules)
				for (const statement of rule.statements)
					if (statement.kind === 'xt')
						count += setsOf(statement).filter((set) => set === name).length;
	return count;
}
