/** A rule while its options are read: what was said so far, and the extensions loaded. */
import { GivenOptions, type AnyExtension, type RuleHead } from './extension';
import { MATCHES, OTHER_MATCHES, OTHER_TARGETS, TARGETS, matchOfProtocol } from './extensions';
import { parseValue, type Word } from './parse';
import type { AddressMatch, Extended, InterfaceMatch, IptablesRule, Target } from './rule';
import { refusalAt, type Note } from './words';

/** One loaded match or target, with what was given to it so far. */
export interface Loaded {
	readonly extension: AnyExtension;
	readonly given: GivenOptions;
}

export interface Addresses {
	readonly list: readonly { readonly address: number; readonly mask: number }[];
	readonly negated: boolean;
}

export class RuleDraft {
	source: Addresses | null = null;
	destination: Addresses | null = null;
	in: InterfaceMatch | undefined;
	out: InterfaceMatch | undefined;
	fragment: IptablesRule['fragment'];
	private protocol: IptablesRule['protocol'];
	private protocolWord: Word | null = null;
	private readonly matches: Loaded[] = [];
	private target: { kind: 'jump' | 'goto'; word: Word; loaded: Loaded | null } | null = null;

	constructor(private readonly note: Note) {}

	private get head(): RuleHead {
		return this.protocol ? { protocol: this.protocol } : {};
	}

	/** Number of the protocol asked for; 0 where none is. */
	get protocolNumber(): number {
		return this.protocol?.number ?? 0;
	}

	get targetWord(): Word | null {
		return this.target?.word ?? null;
	}

	/** The target and the matches, the last loaded first. */
	get loaded(): readonly Loaded[] {
		const matches = this.matches.toReversed();
		return this.target?.loaded ? [this.target.loaded, ...matches] : matches;
	}

	/** The words that name the extensions, by their names. */
	get extensionWords(): ReadonlyMap<string, Word> {
		return new Map(
			this.loaded.toReversed().map(({ extension, given }) => [extension.name, given.word])
		);
	}

	setProtocol(word: Word, negated: boolean): void {
		this.note(word, 'name');
		const number = parseValue('Protocol', word) as number;
		if (number === 0 && negated) throw refusalAt('this rule would never match', word);
		this.protocolWord = word;
		this.protocol = number === 0 ? undefined : { number, negated };
	}

	/** `-p tcp` brings `-m tcp` in when an option is met that nothing else knows. */
	loadProtocolMatch(): boolean {
		const extension = this.protocol && matchOfProtocol(this.protocol.number);
		if (!extension || this.matches.some((one) => one.extension === extension)) return false;
		this.matches.push({ extension, given: new GivenOptions(extension.name, this.protocolWord!) });
		return true;
	}

	/** `-m NAME`. */
	load(word: Word): void {
		this.note(word, 'match');
		const extension = MATCHES.get(word.text);
		if (!extension) {
			if (OTHER_MATCHES.has(word.text)) throw refusalAt(`\`${word.text}\` is not modelled`, word);
			const names = [...MATCHES.keys()].join(', ');
			throw refusalAt(`unknown match \`${word.text}\` (there are ${names})`, word);
		}
		// A second `-m tcp` goes on with the first; of the others each has a life of its own.
		if (extension.protocol !== undefined && this.matches.some((one) => one.extension === extension))
			return;
		this.matches.push({ extension, given: new GivenOptions(extension.name, word) });
	}

	/** `-j NAME`, `-g NAME`. */
	jump(kind: 'jump' | 'goto', word: Word): void {
		const extension = kind === 'jump' ? TARGETS.get(word.text) : undefined;
		this.note(word, extension || /^(ACCEPT|DROP|RETURN)$/.test(word.text) ? 'target' : 'chain');
		if (kind === 'jump' && OTHER_TARGETS.has(word.text))
			throw refusalAt(`\`${word.text}\` is not modelled`, word);
		parseValue('ChainName', word);
		const loaded = extension ? { extension, given: new GivenOptions(extension.name, word) } : null;
		this.target = { kind, word, loaded };
	}

	/**
	 * The rule, or several where addresses were listed.
	 * @throws {Refusal} where an extension is not content with its options.
	 */
	rules(): readonly IptablesRule[] {
		const matches: readonly Extended[] = this.matches.map(({ extension, given }) => ({
			name: extension.name,
			options: extension.read(given, this.head)
		}));
		const target = this.readTarget();
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
			return {
				kind: 'extension',
				name: loaded.extension.name,
				options: loaded.extension.read(loaded.given, this.head)
			};
		}
		if (
			target.kind === 'jump' &&
			(word.text === 'ACCEPT' || word.text === 'DROP' || word.text === 'RETURN')
		)
			return { kind: 'verdict', verdict: word.text };
		return { kind: target.kind, chain: word.text };
	}
}
