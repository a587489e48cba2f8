/** What a command line of iptables is made of: commands, and the options of every rule. */
import type { OptionSpec } from './extension';
import { MATCHES, TARGETS } from './extensions';

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

export interface CommandSpec {
	readonly name: CommandName;
	readonly long: string;
	readonly short: string;
	/** Whether a chain must follow, may follow, or must not. */
	readonly chain: 'needed' | 'optional' | 'none';
	readonly number?: 'needed' | 'optional';
	readonly second?: string;
	readonly rule?: boolean;
}

export const COMMANDS: readonly CommandSpec[] = [
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
export const PLAIN = [
	{ long: '--source', short: 's', aliases: ['--src'], argument: true },
	{ long: '--destination', short: 'd', aliases: ['--dst'], argument: true },
	{ long: '--in-interface', short: 'i', argument: true },
	{ long: '--out-interface', short: 'o', argument: true },
	{ long: '--protocol', short: 'p', argument: true },
	{ long: '--jump', short: 'j', argument: true },
	{ long: '--goto', short: 'g', argument: true },
	{ long: '--match', short: 'm', argument: true },
	{ long: '--fragments', short: 'f', argument: false },
	{ long: '--set-counters', short: 'c', argument: true },
	{ long: '--table', short: 't', argument: true },
	{ long: '--numeric', short: 'n', argument: false },
	{ long: '--verbose', short: 'v', argument: false },
	{ long: '--exact', short: 'x', argument: false },
	{ long: '--line-numbers', short: '0', argument: false },
	{ long: '--wait', short: 'w', argument: false },
	{ long: '--wait-interval', short: 'W', argument: true },
	{ long: '--modprobe', short: 'M', argument: true },
	{ long: '--ipv4', short: '4', argument: false },
	{ long: '--ipv6', short: '6', argument: false }
] as const satisfies readonly {
	long: string;
	short: string;
	aliases?: readonly string[];
	argument: boolean;
}[];
export type PlainSpec = (typeof PLAIN)[number];

/** Protocols whose own match is outside: their options are not unknown, but not modelled. */
export const UNMODELLED_BY_PROTOCOL: Readonly<Record<number, string>> = {
	33: 'dccp',
	50: 'esp',
	51: 'ah',
	132: 'sctp'
};

/** Options that may be given again. */
export const REPEATABLE = ['m', 'v', 't', '4', 'w', 'n', 'x', '0'];

/** Options `!` may stand before. */
export const NEGATABLE = ['s', 'd', 'i', 'o', 'p', 'f'];

export const longNames = (spec: PlainSpec): readonly string[] =>
	'aliases' in spec ? [spec.long, ...spec.aliases] : [spec.long];
export const optionNames = (spec: OptionSpec): readonly string[] => [
	spec.name,
	...(spec.aliases ?? [])
];

/** Where an option that nothing loaded knows would belong, in brackets; '' for one of none. */
export function hintFor(name: string): string {
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

/** Whether an option may stand beside a command; `byNumber`: the rule is named by its place. */
export function isAllowed({ name, rule }: CommandSpec, byNumber: boolean, letter: string): boolean {
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
			return rule === true && !byNumber;
	}
}
