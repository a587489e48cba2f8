/**
 * What a match or target extension says of itself: its options, how they are read, printed and
 * meant. The reader, the printers, the translation and the highlighting all go by this.
 */
import type { Statement } from '../ruleset';
import type { IptablesRule } from './rule';
import type { ValueRule, Word } from './parse';
import { Refusal, type ExitStatus } from './refusal';
import type { SharedTables } from './shared';

export interface OptionSpec {
	/** The name that is printed, with its dashes. */
	readonly name: string;
	/** Other names of the same option. */
	readonly aliases?: readonly string[];
	/** What its argument (or each of them) is read with; absent on an option that takes none. */
	readonly value?: ValueRule;
	/** How many arguments it takes; one where `value` is given and this is not. */
	readonly arguments?: 2;
	/** What the second is read with, if not as the first. */
	readonly second?: ValueRule;
	/** `!` may stand before it. */
	readonly negatable?: boolean;
	/** Valid iptables, but outside of what is modelled. */
	readonly notModelled?: boolean;
	/** May be given more than once (the last one counts, or they add up). */
	readonly repeatable?: boolean;
}

/** One option as it was given. */
export interface Given {
	readonly spec: OptionSpec;
	readonly value: unknown;
	/** The second argument of an option that takes two. */
	readonly second: unknown;
	readonly negated: boolean;
	/** The option's own word and, where it has one, its argument's. */
	readonly option: Word;
	readonly argument: Word | null;
}

/** The options given to one extension, in the order they were given. */
export class GivenOptions {
	readonly list: Given[] = [];

	constructor(
		/** The name of the extension, for messages. */
		readonly name: string,
		/** The word that brought the extension in (`tcp` of `-m tcp` or of `-p tcp`). */
		readonly word: Word
	) {}

	get(name: string): Given | undefined {
		return this.list.find((given) => given.spec.name === name);
	}

	has(name: string): boolean {
		return this.get(name) !== undefined;
	}

	/** The option's number, or `fallback` where it was not given. */
	number(name: string, fallback: number): number {
		const given = this.get(name);
		return given ? (given.value as number) : fallback;
	}

	/**
	 * The option's number, which must be one of those; `undefined` where it was not given.
	 * @throws {Refusal}
	 */
	numberFrom(name: string, from: number, to: number): number | undefined {
		const value = this.get(name)?.value as number | undefined;
		if (value !== undefined && (value < from || value > to))
			throw this.refusal(`expected a number from ${from} to ${to}`, name);
		return value;
	}

	/** The option's text; `undefined` where it was not given. */
	text(name: string): string | undefined {
		return this.get(name)?.value as string | undefined;
	}

	negated(name: string): boolean {
		return this.get(name)?.negated === true;
	}

	/** @throws {Refusal} where the option is missing. */
	need(name: string): void {
		if (!this.has(name)) throw this.refusal(`\`${this.name}\` needs ${name}`);
	}

	/** @throws {Refusal} where more than one of the options was given. */
	atMostOne(...names: readonly string[]): void {
		const given = this.list.filter((one) => names.includes(one.spec.name));
		if (given.length > 1)
			throw new Refusal(
				`${given[0]!.spec.name} and ${given[1]!.spec.name} cannot be used together`,
				given[1]!.option.from,
				given[1]!.option.to
			);
	}

	/** A refusal at the option of that name, or else at the extension; with 4 it is the kernel's. */
	refusal(message: string, name?: string, exit?: ExitStatus): Refusal {
		const given = name === undefined ? undefined : this.get(name);
		const at = given ? (given.argument ?? given.option) : this.word;
		return new Refusal(message, at.from, at.to, exit);
	}
}

/** What a rule is before its target and matches: `-p`, for extensions that depend on it. */
export interface RuleHead {
	readonly protocol?: IptablesRule['protocol'];
}

/** What is wrong where a target stands in another table than the one that it may stand in, or `null`. */
export const onlyIn = (name: string, table: string, place: RulePlace): string | null =>
	place.table === table ? null : `\`${name}\` can stand in the ${table} table only`;

/** Whether the rule is for that protocol alone. */
export const isFor = ({ protocol }: RulePlace, number: number): boolean =>
	protocol?.number === number && !protocol.negated;

export interface Extension<O> {
	readonly name: string;
	readonly options: readonly OptionSpec[];
	/**
	 * The extension's own form of what was given.
	 * @throws {Refusal}
	 */
	read(given: GivenOptions, head: RuleHead): O;
	/** Words after `-m NAME` or `-j NAME` in `iptables-save`, one blank between. */
	save(options: O): string;
	/** What `iptables -L` says of it. */
	list(options: O, numeric: boolean, head: RuleHead): string;
	statements(options: O, head: RuleHead, shared: SharedTables): readonly Statement[];
	/** What `nft list` shows of it (`xlate`), where that is not said in `nft-text.ts`. */
	nft?(options: O): string;
	/** It asks for a flow's packets or bytes: its rule turns `nf_conntrack_acct` on, for good. */
	readonly countsFlows?: true;
	/** Protocol whose `-p` brings the match in by itself. */
	readonly protocol?: number;
	/**
	 * What the kernel checks when the rule goes in, first by itself and then once for each base
	 * chain that leads to it: what is wrong, or `null`.
	 */
	check?(options: O, place: RulePlace): string | null;
}

/** Where a rule stands, as far as the kernel's checks go. */
export interface RulePlace {
	readonly table: string;
	/** The base chain that leads here, if it is asked about one. */
	readonly base?: { readonly type: string; readonly hook: string };
	/** The rule stands in that base chain itself. A match that asks for its hook (`checkentry`) is told of no other. */
	readonly direct?: boolean;
	readonly protocol?: IptablesRule['protocol'];
}

/** `! ` where negated. */
export function bang(negated: boolean): string {
	return negated ? '! ' : '';
}

/** Erases the option type, for the tables of extensions. */
export type AnyExtension = Extension<unknown>;

export function extension<O>(definition: Extension<O>): AnyExtension {
	return definition as unknown as AnyExtension;
}
