/** `-j LOG` and `-j TRACE`: say something of the packet and let it go on. */
import { extension } from '../extension';
import { quoted } from '../text';

export interface LogOptions {
	readonly prefix: string;
	readonly level: number;
	/** Names of the further options given, in the order of their bits. */
	readonly flags: readonly string[];
}

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
/** Names as they are read. */
const LEVEL_NAMES: Readonly<Record<string, number>> = {
	emerg: 0,
	panic: 0,
	alert: 1,
	crit: 2,
	error: 3,
	warning: 4,
	notice: 5,
	info: 6,
	debug: 7
};
const DEFAULT_LEVEL = 4;
/** Longest prefix that is kept. */
const LONGEST = 29;

/** Options with their bits (`XT_LOG_*`). */
const FLAGS: readonly (readonly [string, number])[] = [
	['tcp-sequence', 1],
	['tcp-options', 2],
	['ip-options', 4],
	['uid', 8],
	['macdecode', 32]
];

export const log = extension<LogOptions>({
	name: 'LOG',
	options: [
		{ name: '--log-prefix', value: 'Text' },
		{ name: '--log-level', value: 'Text' },
		...FLAGS.map(([name]) => ({ name: `--log-${name}` }))
	],
	read(given) {
		const prefix = given.text('--log-prefix') ?? '';
		if (given.has('--log-prefix') && prefix === '')
			throw given.refusal('expected at least one letter', '--log-prefix');
		const asked = given.text('--log-level');
		const level =
			asked === undefined
				? DEFAULT_LEVEL
				: /^[0-7]$/.test(asked)
					? Number(asked)
					: Object.hasOwn(LEVEL_NAMES, asked)
						? LEVEL_NAMES[asked]
						: undefined;
		if (level === undefined)
			throw given.refusal(
				`expected a level (0 to 7, or ${Object.keys(LEVEL_NAMES).join(', ')})`,
				'--log-level'
			);
		return {
			prefix: prefix.slice(0, LONGEST),
			level,
			flags: FLAGS.map(([name]) => name).filter((name) => given.has(`--log-${name}`))
		};
	},
	save(options) {
		const parts: string[] = [];
		if (options.prefix) parts.push(`--log-prefix ${quoted(options.prefix)}`);
		if (options.level !== DEFAULT_LEVEL) parts.push(`--log-level ${options.level}`);
		for (const flag of options.flags) parts.push(`--log-${flag}`);
		return parts.join(' ');
	},
	list(options, numeric) {
		const bits = FLAGS.reduce(
			(sum, [name, bit]) => sum + (options.flags.includes(name) ? bit : 0),
			0
		);
		const parts = numeric
			? ['LOG', `flags ${bits}`, `level ${options.level}`]
			: ['LOG', `level ${LEVELS[options.level]}`];
		if (options.prefix) parts.push(`prefix "${options.prefix}"`);
		if (!numeric) parts.push(...options.flags);
		return parts.join(' ');
	},
	statements: (options) => [
		{
			kind: 'log',
			...(options.prefix && { prefix: options.prefix }),
			...(options.level !== DEFAULT_LEVEL && { level: LEVELS[options.level]! })
		}
	]
});

export const trace = extension<Record<string, never>>({
	name: 'TRACE',
	options: [],
	read: () => ({}),
	save: () => '',
	list: () => '',
	statements: () => [
		{
			kind: 'assign',
			target: { kind: 'meta', key: 'nftrace' },
			value: { kind: 'constant', value: 1 }
		}
	]
});
