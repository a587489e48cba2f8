/** Which option a word means, of the commands, of iptables itself and of the extensions a rule has loaded. */
import type { Loaded } from './draft';
import type { OptionSpec } from './extension';
import {
	COMMANDS,
	longNames,
	optionNames,
	PLAIN,
	type CommandSpec,
	type PlainSpec
} from './options';
import type { Word } from './parse';
import { refusalAt } from './words';

export type Found =
	| { readonly kind: 'command'; readonly spec: CommandSpec }
	| { readonly kind: 'plain'; readonly spec: PlainSpec }
	| { readonly kind: 'extension'; readonly spec: OptionSpec; readonly loaded: Loaded };

/**
 * An option by its long name or an unambiguous beginning of it, as getopt finds it.
 * @param word where the name stands
 * @throws {Refusal} where it may be several.
 */
export function findOption(name: string, word: Word, extensions: readonly Loaded[]): Found | null {
	const all: (Found & { readonly names: readonly string[] })[] = [
		...COMMANDS.map((spec) => ({ kind: 'command' as const, spec, names: [spec.long] })),
		...PLAIN.map((spec) => ({ kind: 'plain' as const, spec, names: longNames(spec) })),
		...extensions.flatMap((loaded) =>
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
	throw refusalAt(`\`${name}\` may be ${names.map((one) => `\`${one}\``).join(' or ')}`, word);
}
