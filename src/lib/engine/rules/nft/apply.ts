/** nft text and commands, carried out on a ruleset. */
import { formatRuleTextError } from '../errors';
import type { RuleTextError } from '../errors';
import type { Ruleset } from '../ruleset';
import { parseNft } from './parse';
import { Places } from './place';
import type { PrintOptions } from './print';
import type { NumericOptions } from './print-number';
import { Transaction } from './transaction';
import type { NftEnvironment } from './transaction';

export type NftResult =
	| { readonly ok: true; readonly ruleset: Ruleset; readonly output: string[] }
	| {
			readonly ok: false;
			readonly errors: readonly RuleTextError[];
			/** As it was, but for handles that are used up. */
			readonly ruleset: Ruleset;
	  };

/**
 * Carry out all commands of a text as one transaction: what `nft -f` does with a file, or `nft`
 * with its words. One error, and nothing is changed. `output` is what `list` commands printed.
 * `check`: find the errors only.
 */
export function applyNft(
	ruleset: Ruleset,
	text: string,
	env: NftEnvironment,
	print: PrintOptions = {},
	check = false
): NftResult {
	const places = new Places(text);
	const parsed = parseNft(text, places);
	if (!parsed.ok) return { ok: false, errors: [parsed.error], ruleset };
	const transaction = new Transaction(ruleset, places, env, print);
	transaction.run(parsed.commands);
	if (transaction.errors.length > 0)
		return { ok: false, errors: transaction.errors, ruleset: transaction.giveUp() };
	return {
		ok: true,
		ruleset: check ? transaction.giveUp() : transaction.commit(),
		output: transaction.output
	};
}

export interface NftCommandResult {
	readonly exit: number;
	readonly stdout: string[];
	readonly stderr: string[];
	readonly ruleset: Ruleset;
}

/**
 * `nft …` as typed in a shell, without the `nft`: options, then one or more commands. Quotes that
 * a shell would take away are taken away.
 */
export function runNftCommand(
	ruleset: Ruleset,
	args: string,
	env: NftEnvironment
): NftCommandResult {
	const failed = (message: string): NftCommandResult => ({
		exit: 1,
		stdout: [],
		stderr: [message],
		ruleset
	});
	let text = args.trim();
	if (text === '') return failed('nft: no command specified');
	const print: {
		handles?: boolean;
		stateless?: boolean;
		numeric?: NumericOptions;
		terse?: boolean;
	} = {};
	let check = false;
	for (
		let option = /^-{1,2}[\w-]+(?=\s|$)/.exec(text);
		option;
		option = /^-{1,2}[\w-]+(?=\s|$)/.exec(text)
	) {
		text = text.slice(option[0].length).trimStart();
		const letters = option[0].startsWith('--')
			? [LONG[option[0].slice(2)] ?? option[0]]
			: option[0].slice(1);
		for (const letter of letters) {
			if (letter === 'v') return { exit: 0, stdout: [VERSION], stderr: [], ruleset };
			if (letter === 'a') print.handles = true;
			else if (letter === 's') print.stateless = true;
			else if (NUMERIC[letter]) print.numeric = { ...print.numeric, ...NUMERIC[letter] };
			else if (letter === 't') print.terse = true;
			else if (letter === 'c') check = true;
			// Only what is not modelled is written in another way with these.
			else if (letter === 'N') continue;
			else return failed(`nft: option \`${option[0]}\` is not modelled`);
		}
	}
	const result = applyNft(ruleset, shellWords(text), env, print, check);
	if (!result.ok)
		return {
			exit: 1,
			stdout: [],
			stderr: result.errors.map(formatRuleTextError),
			ruleset: result.ruleset
		};
	return { exit: 0, stdout: result.output, stderr: [], ruleset: result.ruleset };
}

/** What is listed as numbers, by option. */
const NUMERIC: Readonly<Record<string, NumericOptions>> = {
	n: { priority: true, protocol: true, symbols: true, time: true },
	y: { priority: true },
	p: { protocol: true },
	T: { time: true },
	u: { guid: true }
};

/** What the commands here do as. */
const VERSION = 'nftables v1.0.6 (Lester Gooch #5)';

const LONG: Readonly<Record<string, string>> = {
	handle: 'a',
	version: 'v',
	stateless: 's',
	numeric: 'n',
	'numeric-priority': 'y',
	'numeric-protocol': 'p',
	guid: 'u',
	terse: 't',
	check: 'c',
	'numeric-time': 'T',
	reversedns: 'N'
};

/** What a shell hands over: without its quotes and escapes, in one line. */
function shellWords(text: string): string {
	let out = '';
	let quote: string | null = null;
	for (let i = 0; i < text.length; i++) {
		const char = text[i]!;
		if (quote === "'") {
			if (char === "'") quote = null;
			else out += char;
		} else if (quote === '"') {
			if (char === '"') quote = null;
			else if (char === '\\' && i + 1 < text.length && '"\\$`'.includes(text[i + 1]!))
				out += text[++i];
			else out += char;
		} else if (char === "'" || char === '"') quote = char;
		else if (char === '\\' && i + 1 < text.length) out += text[++i];
		else out += char;
	}
	return out;
}
