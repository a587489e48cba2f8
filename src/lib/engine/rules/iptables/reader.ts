/**
 * Words of a command into a command: which chain, which rule, with every option read by the
 * extension it belongs to. The same for a line of `iptables-restore` and for `iptables …`.
 */
import { RuleDraft, type Addresses, type Loaded } from './draft';
import type { OptionSpec } from './extension';
import { findOption, type Found } from './find-option';
import {
	COMMANDS,
	hintFor,
	isAllowed,
	NEGATABLE,
	PLAIN,
	REPEATABLE,
	UNMODELLED_BY_PROTOCOL,
	type CommandName,
	type CommandSpec,
	type PlainSpec
} from './options';
import { parseValue, type Word } from './parse';
import { Refusal } from './refusal';
import type { IptablesRule } from './rule';
import { kindOf, refusalAt, WordStream, type Note } from './words';

export interface ReadCommand {
	readonly name: CommandName;
	readonly table: string | null;
	readonly tableWord: Word | null;
	readonly chain: string | null;
	readonly chainWord: Word | null;
	/** Place in the chain, from 1. */
	readonly number: number | null;
	/** The new name of a chain, or a policy. */
	readonly second: string | null;
	/** One rule, or several where addresses were listed with commas. */
	readonly rules: readonly IptablesRule[];
	readonly counters: { readonly packets: number; readonly bytes: number } | null;
	/** The word that names the target, for what is said of it later. */
	readonly targetWord: Word | null;
	/** The words that name matches and target, by their names. */
	readonly extensionWords: ReadonlyMap<string, Word>;
	readonly numeric: boolean;
	readonly verbose: boolean;
	readonly exact: boolean;
	readonly lineNumbers: boolean;
	/** `-L -Z`: list, then set to zero. */
	readonly alsoZero: boolean;
}

/** How the words are to be read. */
export interface ReaderMode {
	/** A line of `iptables-restore`: no `-t`, no `-w`. */
	readonly restore: boolean;
	/** Told of each word: what it turned out to be. */
	readonly note?: Note;
}

/**
 * Read the words of one command (without the word `iptables`).
 * @throws {Refusal} at the word that is wrong.
 */
export function readCommand(words: readonly Word[], mode: ReaderMode): ReadCommand {
	return new Reader(words, mode).read();
}

class Reader {
	private at = 0;
	private command: { spec: CommandSpec; word: Word } | null = null;
	private alsoZero = false;
	private chain: Word | null = null;
	private number: number | null = null;
	private second: Word | null = null;
	private table: Word | null = null;
	private not: Word | null = null;
	private readonly plain = new Map<string, Word>();
	private counters: ReadCommand['counters'] = null;
	private readonly words: WordStream;
	private readonly note: Note;
	private readonly rule: RuleDraft;

	constructor(
		words: readonly Word[],
		private readonly mode: ReaderMode
	) {
		this.words = new WordStream(words);
		this.note = mode.note ?? (() => {});
		this.rule = new RuleDraft(this.note);
	}

	read(): ReadCommand {
		while (!this.words.done) this.step();
		if (this.not) throw refusalAt('nothing follows the `!`', this.not);
		const command = this.command;
		if (!command)
			throw new Refusal('expected a command (-A, -I, -D, -L …)', this.words.start, null);
		this.checkAllowed(command.spec);
		const interval = this.plain.get('W');
		if (interval && !this.plain.has('w'))
			throw refusalAt(`${interval.text} makes sense beside -w only`, interval);
		return {
			name: command.spec.name,
			table: this.table?.text ?? null,
			tableWord: this.table,
			chain: this.chain?.text ?? null,
			chainWord: this.chain,
			number: this.number,
			second: this.second?.text ?? null,
			rules:
				command.spec.rule && !(this.number !== null && command.spec.name === 'delete')
					? this.rules()
					: [],
			counters: this.counters,
			targetWord: this.rule.targetWord,
			extensionWords: this.rule.extensionWords,
			numeric: this.plain.has('n'),
			verbose: this.plain.has('v'),
			exact: this.plain.has('x'),
			lineNumbers: this.plain.has('0'),
			alsoZero: this.alsoZero
		};
	}

	// --- Words -----------------------------------------------------------------------------

	private step(): void {
		const word = this.words.next();
		if (word.text === '!' && !word.quoted) {
			if (this.not) throw refusalAt('one `!` is enough', word);
			this.not = word;
			this.note(word, 'operator');
			return;
		}
		if (word.text.startsWith('--') && word.text.length > 2) this.long(word);
		else if (word.text.startsWith('-') && word.text.length > 1) this.short(word);
		else throw refusalAt(`expected an option, found \`${word.text}\``, word);
		this.not = null;
	}

	private long(word: Word): void {
		const equals = word.text.indexOf('=');
		const name = equals < 0 ? word.text : word.text.slice(0, equals);
		const glued: Word | null =
			equals < 0
				? null
				: { ...word, text: word.text.slice(equals + 1), from: word.from + equals + 1 };
		const option: Word = glued ? { ...word, text: name, to: glued.from - 1 } : word;
		let found = findOption(name, option, this.rule.loaded);
		if (!found && this.rule.loadProtocolMatch()) found = findOption(name, option, this.rule.loaded);
		if (!found) {
			const own = UNMODELLED_BY_PROTOCOL[this.rule.protocolNumber];
			if (own) throw refusalAt(`match \`${own}\` is not modelled`, option);
			throw refusalAt(`unknown option \`${name}\`${hintFor(name)}`, option);
		}
		this.use(found, option, glued);
	}

	/** `-A`, `-nvL`, `-s10.0.0.1`. */
	private short(word: Word): void {
		for (let i = 1; i < word.text.length; i++) {
			const letter = word.text[i]!;
			const option: Word =
				word.text.length === 2
					? word
					: {
							...word,
							text: `-${letter}`,
							from: i === 1 ? word.from : word.from + i,
							to: word.from + i + 1
						};
			const rest = word.text.slice(i + 1);
			const glued: Word | null =
				rest === '' ? null : { ...word, text: rest, from: word.from + i + 1 };
			const command = COMMANDS.find((spec) => spec.short === letter);
			const plain = PLAIN.find((spec) => spec.short === letter && letter !== '0');
			if (!command && !plain) throw refusalAt(`unknown option \`${option.text}\``, option);
			if (command) {
				// Commands with an argument that must be there take the rest of the word.
				const takes = command.chain === 'needed';
				this.use({ kind: 'command', spec: command }, option, takes ? glued : null);
				if (takes && glued) return;
			} else {
				this.use({ kind: 'plain', spec: plain! }, option, plain!.argument ? glued : null);
				if (letter === 'w' && /^\d+$/.test(rest)) return;
				if (plain!.argument && glued) return;
			}
		}
	}

	// --- Options ---------------------------------------------------------------------------

	private use(found: Found, option: Word, glued: Word | null): void {
		this.note(option, found.kind === 'command' ? 'command' : 'option');
		if (found.kind === 'command') this.useCommand(found.spec, option, glued);
		else if (found.kind === 'plain') this.usePlain(found.spec, option, glued);
		else this.useExtension(found.spec, found.loaded, option, glued);
	}

	private useCommand(spec: CommandSpec, option: Word, glued: Word | null): void {
		if (this.not) throw refusalAt(`no \`!\` can stand before ${option.text}`, this.not);
		if (this.command) {
			const names = [this.command.spec.name, spec.name];
			if (names[0] === 'list' && names[1] === 'zero') {
				this.alsoZero = true;
				return;
			}
			throw refusalAt(`${option.text} cannot stand beside ${this.command.word.text}`, option);
		}
		this.command = { spec, word: option };
		if (spec.chain === 'none') return;
		this.chain =
			spec.chain === 'needed' ? this.words.argument(option, glued) : this.words.optional();
		if (this.chain) {
			this.note(this.chain, 'chain');
			parseValue('ChainName', this.chain);
		}
		if (spec.number && this.chain) {
			const word = this.words.optional();
			if (word) {
				this.note(word, 'number');
				const number = /^\d+$/.test(word.text) ? Number(word.text) : 0;
				if (number < 1)
					throw refusalAt(`expected the number of a rule (from 1), found \`${word.text}\``, word);
				this.number = number;
			} else if (spec.number === 'needed')
				throw refusalAt(`${option.text} needs a chain and the number of a rule`, option);
		}
		if (spec.second) {
			const word = this.words.optional();
			if (!word) throw refusalAt(`expected ${spec.second}`, this.chain ?? option);
			this.note(word, 'name');
			this.second = word;
		}
	}

	private usePlain(spec: PlainSpec, option: Word, glued: Word | null): void {
		const negated = this.not !== null;
		if (negated && !NEGATABLE.includes(spec.short))
			throw refusalAt(`no \`!\` can stand before ${option.text}`, this.not!);
		if (glued && spec.short === 'p' && option.text === '-p')
			throw refusalAt('-p wants its protocol as a word of its own (-p tcp)', option);
		if (!REPEATABLE.includes(spec.short)) {
			const key = spec.short === 'g' ? 'j' : spec.short;
			if (this.plain.has(key)) throw refusalAt(`${option.text} was given before`, option);
			this.plain.set(key, option);
		}
		if (this.mode.restore && spec.short === 't')
			throw refusalAt('the table is named by its own line (*nat), not by -t', option);
		if (this.mode.restore && spec.short === 'w')
			throw refusalAt('-w cannot stand in a restore text', option);
		if (REPEATABLE.includes(spec.short)) this.plain.set(spec.short, option);
		if (spec.short === 'w') {
			this.words.skipNumber();
			return;
		}
		if (spec.short === '6') throw refusalAt('IPv6 is not modelled', option);
		if (spec.short === 'f') {
			this.rule.fragment = negated ? 'not' : 'only';
			return;
		}
		if (!spec.argument) return;
		const word = this.words.argument(option, glued);
		this.plainArgument(spec.short, option, word, negated);
	}

	private plainArgument(letter: string, option: Word, word: Word, negated: boolean): void {
		switch (letter) {
			case 's':
			case 'd': {
				this.note(word, 'address');
				const list = parseValue('Addresses', word) as Addresses['list'];
				if (negated && list.length > 1)
					throw refusalAt('`!` cannot stand before several addresses', this.not!);
				if (letter === 's') this.rule.source = { list, negated };
				else this.rule.destination = { list, negated };
				return;
			}
			case 'i':
			case 'o': {
				this.note(word, 'name');
				const name = parseValue('Interface', word) as string;
				// `+` alone is every interface, and is not kept.
				const match = name === '+' && !negated ? undefined : { name, negated };
				if (letter === 'i') this.rule.in = match;
				else this.rule.out = match;
				return;
			}
			case 'p':
				return this.rule.setProtocol(word, negated);
			case 'm':
				return this.rule.load(word);
			case 'j':
			case 'g':
				return this.rule.jump(letter === 'j' ? 'jump' : 'goto', word);
			case 't':
				this.note(word, 'name');
				this.table = word;
				return;
			case 'c': {
				const bytes = this.words.argument(option, null);
				this.note(word, 'number');
				this.note(bytes, 'number');
				this.counters = {
					packets: this.count(word),
					bytes: this.count(bytes)
				};
			}
		}
	}

	private count(word: Word): number {
		if (!/^\d{1,16}$/.test(word.text))
			throw refusalAt(`expected a number, found \`${word.text}\``, word);
		return Number(word.text);
	}

	private useExtension(spec: OptionSpec, loaded: Loaded, option: Word, glued: Word | null): void {
		if (spec.notModelled) throw refusalAt(`\`${spec.name}\` is not modelled`, option);
		if (this.not && !spec.negatable)
			throw refusalAt(`no \`!\` can stand before ${spec.name}`, this.not);
		if (loaded.given.has(spec.name) && !spec.repeatable)
			throw refusalAt(`${spec.name} was given before`, option);
		const argument = spec.value ? this.words.argument(option, glued) : null;
		if (argument) this.note(argument, kindOf(spec.value!));
		if (!argument && glued) throw refusalAt(`${spec.name} takes no argument`, glued);
		const second = spec.arguments === 2 ? this.words.argument(option, null) : null;
		if (second) this.note(second, kindOf(spec.value!));
		const secondRule = spec.second ?? spec.value!;
		loaded.given.list.push({
			spec,
			value: argument ? parseValue(spec.value!, argument) : undefined,
			second: second ? parseValue(secondRule, second) : undefined,
			negated: this.not !== null,
			option,
			argument
		});
	}

	// --- The whole -------------------------------------------------------------------------

	private checkAllowed(spec: CommandSpec): void {
		const byNumber = spec.name === 'delete' && this.number !== null;
		for (const [letter, word] of this.plain)
			if (!isAllowed(spec, byNumber, letter))
				throw refusalAt(`${word.text} cannot stand beside ${this.command!.word.text}`, word);
	}

	private rules(): readonly IptablesRule[] {
		const rules = this.rule.rules();
		this.checkInterfaces();
		return rules;
	}

	/** The kernel has no such interface in those hooks, and iptables says so at once. */
	private checkInterfaces(): void {
		const chain = this.chain?.text ?? '';
		const refuse = (letter: string): void => {
			const word = this.plain.get(letter);
			if (word) throw refusalAt(`${word.text} cannot be asked in ${chain}`, word);
		};
		if (chain === 'POSTROUTING' || chain === 'OUTPUT') refuse('i');
		if (chain === 'PREROUTING' || chain === 'INPUT') refuse('o');
	}
}
