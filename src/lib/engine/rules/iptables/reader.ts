/**
 * Words of a command into a command: which chain, which rule, with every option read by the
 * extension it belongs to. The same for a line of `iptables-restore` and for `iptables …`.
 */
import { MATCHES, OTHER_MATCHES, OTHER_TARGETS, TARGETS, matchOfProtocol } from './extensions';
import { GivenOptions, type AnyExtension, type OptionSpec } from './extension';
import { parseValue, type ValueRule, type Word } from './parse';
import { Refusal } from './refusal';
import type { AddressMatch, Extended, IptablesRule, Target } from './rule';

export type CommandName =
	| 'append'
	| 'insert'
	| 'delete'
	| 'replace'
	| 'check'
	| 'list'
	| 'list-rules'
	| 'flush'
	| 'zero'
	| 'new-chain'
	| 'delete-chain'
	| 'policy'
	| 'rename-chain'
	| 'version'
	| 'help';

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

interface CommandSpec {
	readonly name: CommandName;
	readonly long: string;
	readonly short: string;
	/** Whether a chain must follow, may follow, or must not. */
	readonly chain: 'needed' | 'optional' | 'none';
	readonly number?: 'needed' | 'optional';
	readonly second?: string;
	readonly rule?: boolean;
}

const COMMANDS: readonly CommandSpec[] = [
	{ name: 'append', long: '--append', short: 'A', chain: 'needed', rule: true },
	{ name: 'check', long: '--check', short: 'C', chain: 'needed', rule: true },
	{ name: 'delete', long: '--delete', short: 'D', chain: 'needed', number: 'optional', rule: true },
	{ name: 'insert', long: '--insert', short: 'I', chain: 'needed', number: 'optional', rule: true },
	{ name: 'replace', long: '--replace', short: 'R', chain: 'needed', number: 'needed', rule: true },
	{ name: 'list', long: '--list', short: 'L', chain: 'optional', number: 'optional' },
	{ name: 'list-rules', long: '--list-rules', short: 'S', chain: 'optional', number: 'optional' },
	{ name: 'flush', long: '--flush', short: 'F', chain: 'optional' },
	{ name: 'zero', long: '--zero', short: 'Z', chain: 'optional', number: 'optional' },
	{ name: 'new-chain', long: '--new-chain', short: 'N', chain: 'needed' },
	{ name: 'delete-chain', long: '--delete-chain', short: 'X', chain: 'optional' },
	{
		name: 'policy',
		long: '--policy',
		short: 'P',
		chain: 'needed',
		second: 'a policy (ACCEPT or DROP)'
	},
	{
		name: 'rename-chain',
		long: '--rename-chain',
		short: 'E',
		chain: 'needed',
		second: 'a new name'
	},
	{ name: 'version', long: '--version', short: 'V', chain: 'none' },
	{ name: 'help', long: '--help', short: 'h', chain: 'none' }
];

/** Options of every rule and command; the value is read in `plainOption`. */
const PLAIN = [
	{ long: '--source', short: 's', aliases: ['--src'], argument: true, rule: true },
	{ long: '--destination', short: 'd', aliases: ['--dst'], argument: true, rule: true },
	{ long: '--in-interface', short: 'i', argument: true, rule: true },
	{ long: '--out-interface', short: 'o', argument: true, rule: true },
	{ long: '--protocol', short: 'p', argument: true, rule: true },
	{ long: '--jump', short: 'j', argument: true, rule: true },
	{ long: '--goto', short: 'g', argument: true, rule: true },
	{ long: '--match', short: 'm', argument: true, rule: true },
	{ long: '--fragments', short: 'f', argument: false, rule: true },
	{ long: '--set-counters', short: 'c', argument: true, rule: true },
	{ long: '--table', short: 't', argument: true, rule: false },
	{ long: '--numeric', short: 'n', argument: false, rule: false },
	{ long: '--verbose', short: 'v', argument: false, rule: false },
	{ long: '--exact', short: 'x', argument: false, rule: false },
	{ long: '--line-numbers', short: '0', argument: false, rule: false },
	{ long: '--wait', short: 'w', argument: false, rule: false },
	{ long: '--wait-interval', short: 'W', argument: true, rule: false },
	{ long: '--modprobe', short: 'M', argument: true, rule: false },
	{ long: '--ipv4', short: '4', argument: false, rule: false },
	{ long: '--ipv6', short: '6', argument: false, rule: false }
] as const satisfies readonly {
	long: string;
	short: string;
	aliases?: readonly string[];
	argument: boolean;
	rule: boolean;
}[];
type PlainSpec = (typeof PLAIN)[number];

/** Protocols whose own match is outside: their options are not unknown, but not modelled. */
const UNMODELLED_BY_PROTOCOL: Readonly<Record<number, string>> = {
	33: 'dccp',
	50: 'esp',
	51: 'ah',
	132: 'sctp'
};

/** Options that may be given again. */
const REPEATABLE = ['m', 'v', 't', '4', 'w', 'n', 'x', '0'];

/** Options `!` may stand before. */
const NEGATABLE = ['s', 'd', 'i', 'o', 'p', 'f'];

const longNames = (spec: PlainSpec): readonly string[] =>
	'aliases' in spec ? [spec.long, ...spec.aliases] : [spec.long];
const optionNames = (spec: OptionSpec): readonly string[] => [spec.name, ...(spec.aliases ?? [])];

/** One loaded match or target, with what was given to it so far. */
interface Loaded {
	readonly extension: AnyExtension;
	readonly given: GivenOptions;
}

type Found =
	| { readonly kind: 'command'; readonly spec: CommandSpec }
	| { readonly kind: 'plain'; readonly spec: PlainSpec }
	| { readonly kind: 'extension'; readonly spec: OptionSpec; readonly loaded: Loaded };

interface Addresses {
	readonly list: readonly { readonly address: number; readonly mask: number }[];
	readonly negated: boolean;
}

/** How the words are to be read. */
export interface ReaderMode {
	/** A line of `iptables-restore`: no `-t`, no `-w`. */
	readonly restore: boolean;
	/** Told of each word: what it turned out to be. */
	readonly note?: (word: Word, kind: WordKind) => void;
}

export type WordKind =
	| 'command'
	| 'chain'
	| 'option'
	| 'match'
	| 'target'
	| 'number'
	| 'address'
	| 'name'
	| 'string'
	| 'operator';

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
	private source: Addresses | null = null;
	private destination: Addresses | null = null;
	private in: IptablesRule['in'];
	private out: IptablesRule['out'];
	private protocol: IptablesRule['protocol'];
	private protocolWord: Word | null = null;
	private fragment: IptablesRule['fragment'];
	private counters: ReadCommand['counters'] = null;
	private readonly loaded: Loaded[] = [];
	private target: { kind: 'jump' | 'goto'; word: Word; loaded: Loaded | null } | null = null;

	constructor(
		private readonly words: readonly Word[],
		private readonly mode: ReaderMode
	) {}

	read(): ReadCommand {
		while (this.at < this.words.length) this.step();
		if (this.not) throw this.refusal('nothing follows the `!`', this.not);
		const command = this.command;
		if (!command)
			throw new Refusal('expected a command (-A, -I, -D, -L …)', this.words[0]?.from ?? null, null);
		this.checkAllowed(command.spec);
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
			targetWord: this.target?.word ?? null,
			extensionWords: new Map(
				[...this.loaded, ...(this.target?.loaded ? [this.target.loaded] : [])].map(
					({ extension, given }) => [extension.name, given.word]
				)
			),
			numeric: this.plain.has('n'),
			verbose: this.plain.has('v'),
			exact: this.plain.has('x'),
			lineNumbers: this.plain.has('0'),
			alsoZero: this.alsoZero
		};
	}

	// --- Words -----------------------------------------------------------------------------

	private step(): void {
		const word = this.next();
		if (!word.closed) throw this.refusal('this quote is not closed', word);
		if (word.text === '!' && !word.quoted) {
			if (this.not) throw this.refusal('one `!` is enough', word);
			this.not = word;
			this.mode.note?.(word, 'operator');
			return;
		}
		if (word.text.startsWith('--') && word.text.length > 2) this.long(word);
		else if (word.text.startsWith('-') && word.text.length > 1) this.short(word);
		else throw this.refusal(`expected an option, found \`${word.text}\``, word);
		this.not = null;
	}

	private next(): Word {
		return this.words[this.at++]!;
	}

	/** The argument of an option: the next word, whatever it looks like. */
	private argument(option: Word, glued: Word | null): Word {
		if (glued) return glued;
		if (this.at >= this.words.length)
			throw this.refusal(`${option.text} needs an argument`, option);
		const word = this.next();
		if (!word.closed) throw this.refusal('this quote is not closed', word);
		return word;
	}

	/** The next word if it is no option: `-L INPUT`, `-I INPUT 3`. */
	private optionalWord(): Word | null {
		const word = this.words[this.at];
		if (!word || word.text.startsWith('-') || word.text === '!') return null;
		this.at++;
		return word;
	}

	private long(word: Word): void {
		const equals = word.text.indexOf('=');
		const name = equals < 0 ? word.text : word.text.slice(0, equals);
		const glued: Word | null =
			equals < 0
				? null
				: { ...word, text: word.text.slice(equals + 1), from: word.from + equals + 1 };
		const option: Word = glued ? { ...word, text: name, to: glued.from - 1 } : word;
		let found = this.find(name, option);
		if (!found && this.loadProtocolMatch()) found = this.find(name, option);
		if (!found) {
			const own = UNMODELLED_BY_PROTOCOL[this.protocol?.number ?? 0];
			if (own) throw this.refusal(`match \`${own}\` is not modelled`, option);
			throw this.refusal(`unknown option \`${name}\`${this.hint(name)}`, option);
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
			if (!command && !plain) throw this.refusal(`unknown option \`${option.text}\``, option);
			if (command) {
				// Commands with an argument that must be there take the rest of the word.
				const takes = command.chain === 'needed';
				this.use({ kind: 'command', spec: command }, option, takes ? glued : null);
				if (takes && glued) return;
			} else {
				this.use({ kind: 'plain', spec: plain! }, option, plain!.argument ? glued : null);
				if (plain!.argument && glued) return;
			}
		}
	}

	/** An option by its name or an unambiguous beginning of it, as getopt finds it. */
	private find(name: string, word: Word): Found | null {
		const all: (Found & { readonly names: readonly string[] })[] = [
			...COMMANDS.map((spec) => ({ kind: 'command' as const, spec, names: [spec.long] })),
			...PLAIN.map((spec) => ({ kind: 'plain' as const, spec, names: longNames(spec) })),
			...[
				...(this.target?.loaded ? [this.target.loaded] : []),
				...this.loaded.toReversed()
			].flatMap((loaded) =>
				loaded.extension.options.map((spec) => ({
					kind: 'extension' as const,
					spec,
					loaded,
					names: optionNames(spec)
				}))
			)
		];
		const exact = all.find((one) => one.names.includes(name));
		if (exact) return exact;
		const begun = all.filter((one) => one.names.some((long) => long.startsWith(name)));
		const [first] = begun;
		if (!first || name.length < 3) return null;
		if (begun.every((one) => one.spec === first.spec)) return first;
		const names = [
			...new Set(begun.flatMap((one) => one.names.filter((long) => long.startsWith(name))))
		];
		throw this.refusal(`\`${name}\` may be ${names.map((one) => `\`${one}\``).join(' or ')}`, word);
	}

	private hint(name: string): string {
		for (const list of [MATCHES, TARGETS])
			for (const extension of list.values())
				if (extension.options.some((spec) => optionNames(spec).includes(name))) {
					if (list === TARGETS) return ` (it belongs to \`-j ${extension.name}\`)`;
					return extension.protocol === undefined
						? ` (it needs \`-m ${extension.name}\` before it)`
						: ` (it needs \`-p ${extension.name}\` before it)`;
				}
		return '';
	}

	/** `-p tcp` brings `-m tcp` in when an option is met that nothing else knows. */
	private loadProtocolMatch(): boolean {
		const extension = this.protocol && matchOfProtocol(this.protocol.number);
		if (!extension || this.loaded.some((loaded) => loaded.extension === extension)) return false;
		this.loaded.push({ extension, given: new GivenOptions(extension.name, this.protocolWord!) });
		return true;
	}

	// --- Options ---------------------------------------------------------------------------

	private use(found: Found, option: Word, glued: Word | null): void {
		this.mode.note?.(option, found.kind === 'command' ? 'command' : 'option');
		if (found.kind === 'command') this.useCommand(found.spec, option, glued);
		else if (found.kind === 'plain') this.usePlain(found.spec, option, glued);
		else this.useExtension(found.spec, found.loaded, option, glued);
	}

	private useCommand(spec: CommandSpec, option: Word, glued: Word | null): void {
		if (this.not) throw this.refusal(`no \`!\` can stand before ${option.text}`, this.not);
		if (this.command) {
			const names = [this.command.spec.name, spec.name];
			if (names[0] === 'list' && names[1] === 'zero') {
				this.alsoZero = true;
				return;
			}
			throw this.refusal(`${option.text} cannot stand beside ${this.command.word.text}`, option);
		}
		this.command = { spec, word: option };
		if (spec.chain === 'none') return;
		this.chain = spec.chain === 'needed' ? this.argument(option, glued) : this.optionalWord();
		if (this.chain) {
			this.mode.note?.(this.chain, 'chain');
			parseValue('ChainName', this.chain);
		}
		if (spec.number && this.chain) {
			const word = this.optionalWord();
			if (word) {
				this.mode.note?.(word, 'number');
				const number = /^\d+$/.test(word.text) ? Number(word.text) : 0;
				if (number < 1)
					throw this.refusal(
						`expected the number of a rule (from 1), found \`${word.text}\``,
						word
					);
				this.number = number;
			} else if (spec.number === 'needed')
				throw this.refusal(`${option.text} needs a chain and the number of a rule`, option);
		}
		if (spec.second) {
			const word = this.optionalWord();
			if (!word) throw this.refusal(`expected ${spec.second}`, this.chain ?? option);
			this.mode.note?.(word, 'name');
			this.second = word;
		}
	}

	private usePlain(spec: PlainSpec, option: Word, glued: Word | null): void {
		const negated = this.not !== null;
		if (negated && !NEGATABLE.includes(spec.short))
			throw this.refusal(`no \`!\` can stand before ${option.text}`, this.not!);
		if (glued && spec.short === 'p' && option.text === '-p')
			throw this.refusal('-p wants its protocol as a word of its own (-p tcp)', option);
		if (!REPEATABLE.includes(spec.short)) {
			const key = spec.short === 'g' ? 'j' : spec.short;
			if (this.plain.has(key)) throw this.refusal(`${option.text} was given before`, option);
			this.plain.set(key, option);
		}
		if (this.mode.restore && spec.short === 't')
			throw this.refusal('the table is named by its own line (*nat), not by -t', option);
		if (this.mode.restore && spec.short === 'w')
			throw this.refusal('-w cannot stand in a restore text', option);
		if (REPEATABLE.includes(spec.short)) this.plain.set(spec.short, option);
		if (spec.short === 'w') {
			const seconds = this.words[this.at];
			if (seconds && /^\d+$/.test(seconds.text)) this.at++;
			return;
		}
		if (spec.short === '6') throw this.refusal('IPv6 is not modelled', option);
		if (spec.short === 'f') {
			this.fragment = negated ? 'not' : 'only';
			return;
		}
		if (!spec.argument) return;
		const word = this.argument(option, glued);
		this.plainArgument(spec.short, option, word, negated);
	}

	private plainArgument(letter: string, option: Word, word: Word, negated: boolean): void {
		switch (letter) {
			case 's':
			case 'd': {
				this.mode.note?.(word, 'address');
				const list = parseValue('Addresses', word) as Addresses['list'];
				if (negated && list.length > 1)
					throw this.refusal('`!` cannot stand before several addresses', this.not!);
				if (letter === 's') this.source = { list, negated };
				else this.destination = { list, negated };
				return;
			}
			case 'i':
			case 'o': {
				this.mode.note?.(word, 'name');
				const name = parseValue('Interface', word) as string;
				// `+` alone is every interface, and is not kept.
				const match = name === '+' && !negated ? undefined : { name, negated };
				if (letter === 'i') this.in = match;
				else this.out = match;
				return;
			}
			case 'p': {
				this.mode.note?.(word, 'name');
				const number = parseValue('Protocol', word) as number;
				if (number === 0 && negated) throw this.refusal('this rule would never match', word);
				this.protocolWord = word;
				this.protocol = number === 0 ? undefined : { number, negated };
				return;
			}
			case 'm':
				return this.load(word);
			case 'j':
			case 'g':
				return this.jump(letter === 'j' ? 'jump' : 'goto', word);
			case 't':
				this.mode.note?.(word, 'name');
				this.table = word;
				return;
			case 'c': {
				const bytes = this.argument(option, null);
				this.mode.note?.(word, 'number');
				this.mode.note?.(bytes, 'number');
				this.counters = {
					packets: this.count(word),
					bytes: this.count(bytes)
				};
			}
		}
	}

	private count(word: Word): number {
		if (!/^\d{1,16}$/.test(word.text))
			throw this.refusal(`expected a number, found \`${word.text}\``, word);
		return Number(word.text);
	}

	private load(word: Word): void {
		this.mode.note?.(word, 'match');
		const extension = MATCHES.get(word.text);
		if (!extension) {
			if (OTHER_MATCHES.has(word.text))
				throw this.refusal(`\`${word.text}\` is not modelled`, word);
			const names = [...MATCHES.keys()].join(', ');
			throw this.refusal(`unknown match \`${word.text}\` (there are ${names})`, word);
		}
		// A second `-m tcp` goes on with the first; of the others each has a life of its own.
		if (extension.protocol !== undefined && this.loaded.some((one) => one.extension === extension))
			return;
		this.loaded.push({ extension, given: new GivenOptions(extension.name, word) });
	}

	private jump(kind: 'jump' | 'goto', word: Word): void {
		const extension = kind === 'jump' ? TARGETS.get(word.text) : undefined;
		this.mode.note?.(
			word,
			extension || /^(ACCEPT|DROP|RETURN)$/.test(word.text) ? 'target' : 'chain'
		);
		if (kind === 'jump' && OTHER_TARGETS.has(word.text))
			throw this.refusal(`\`${word.text}\` is not modelled`, word);
		parseValue('ChainName', word);
		const loaded = extension ? { extension, given: new GivenOptions(extension.name, word) } : null;
		this.target = { kind, word, loaded };
	}

	private useExtension(spec: OptionSpec, loaded: Loaded, option: Word, glued: Word | null): void {
		if (spec.notModelled) throw this.refusal(`\`${spec.name}\` is not modelled`, option);
		if (this.not && !spec.negatable)
			throw this.refusal(`no \`!\` can stand before ${spec.name}`, this.not);
		if (loaded.given.has(spec.name) && !spec.repeatable)
			throw this.refusal(`${spec.name} was given before`, option);
		const argument = spec.value ? this.argument(option, glued) : null;
		if (argument) this.mode.note?.(argument, kindOf(spec.value!));
		if (!argument && glued) throw this.refusal(`${spec.name} takes no argument`, glued);
		const second = spec.arguments === 2 ? this.argument(option, null) : null;
		if (second) this.mode.note?.(second, kindOf(spec.value!));
		const secondRule = spec.name === '--match-set' ? 'SetDirections' : spec.value!;
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
		const { name } = spec;
		const byNumber = name === 'delete' && this.number !== null;
		const allowed = (letter: string): boolean => {
			switch (letter) {
				case 't':
				case 'v':
				case 'w':
				case 'W':
				case 'M':
				case '4':
					return true;
				case 'n':
				case 'x':
				case '0':
					return name === 'list';
				case 'c':
					return name === 'append' || name === 'insert' || name === 'replace' || name === 'policy';
				default:
					return spec.rule === true && !byNumber;
			}
		};
		for (const [letter, word] of this.plain)
			if (!allowed(letter))
				throw this.refusal(`${word.text} cannot stand beside ${this.command!.word.text}`, word);
	}

	private rules(): readonly IptablesRule[] {
		const head = this.protocol ? { protocol: this.protocol } : {};
		const matches: readonly Extended[] = this.loaded.map(({ extension, given }) => ({
			name: extension.name,
			options: extension.read(given, head)
		}));
		const target = this.readTarget();
		this.checkInterfaces();
		const rest = {
			...(this.in && { in: this.in }),
			...(this.out && { out: this.out }),
			...(this.protocol && { protocol: this.protocol }),
			...(this.fragment && { fragment: this.fragment }),
			matches,
			target
		};
		const addresses = (given: Addresses | null): readonly (AddressMatch | null)[] =>
			given
				? given.list.map(({ address, mask }) =>
						mask === 0 && !given.negated ? null : { address, mask, negated: given.negated }
					)
				: [null];
		return addresses(this.source).flatMap((source) =>
			addresses(this.destination).map((destination) => ({
				...(source && { source }),
				...(destination && { destination }),
				...rest
			}))
		);
	}

	private readTarget(): Target | null {
		const target = this.target;
		if (!target) return null;
		const { word, loaded } = target;
		if (loaded) {
			const head = this.protocol ? { protocol: this.protocol } : {};
			return {
				kind: 'extension',
				name: loaded.extension.name,
				options: loaded.extension.read(loaded.given, head)
			};
		}
		if (
			target.kind === 'jump' &&
			(word.text === 'ACCEPT' || word.text === 'DROP' || word.text === 'RETURN')
		)
			return { kind: 'verdict', verdict: word.text };
		return { kind: target.kind, chain: word.text };
	}

	/** The kernel has no such interface in those hooks, and iptables says so at once. */
	private checkInterfaces(): void {
		const chain = this.chain?.text ?? '';
		const refuse = (letter: string): void => {
			const word = this.plain.get(letter);
			if (word) throw this.refusal(`${word.text} cannot be asked in ${chain}`, word);
		};
		if (chain === 'POSTROUTING' || chain === 'OUTPUT') refuse('i');
		if (chain === 'PREROUTING' || chain === 'INPUT') refuse('o');
	}

	private refusal(message: string, word: Word): Refusal {
		return new Refusal(message, word.from, word.to);
	}
}

function kindOf(rule: ValueRule): WordKind {
	switch (rule) {
		case 'Addresses':
		case 'AddressRange':
		case 'NatRange':
			return 'address';
		case 'PortRange':
		case 'PortList':
		case 'MasqueradePorts':
		case 'Number':
		case 'NumberRange':
		case 'Mark':
		case 'Rate':
		case 'Probability':
			return 'number';
		case 'Text':
			return 'string';
		default:
			return 'name';
	}
}
