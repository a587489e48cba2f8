/** `-m set --match-set NAME src,dst`: membership in an ipset. */
import type { CounterQuestion, IpSetQuestion } from '../../context';
import { bang, extension, type GivenOptions, type OptionSpec } from '../extension';

/** A set, and which end of the packet each part of its key is. */
export interface NamedIpset {
	readonly set: string;
	readonly directions: readonly ('src' | 'dst')[];
}

export interface SetMatch extends NamedIpset {
	readonly negated: boolean;
	/** What is asked or left out beside membership. */
	readonly asked?: IpSetQuestion;
}

const COUNTERS = ['packets', 'bytes'] as const;

const COUNTER_OPTIONS = COUNTERS.flatMap((counter) => [
	{ name: `--${counter}-eq`, value: 'Number', negatable: true } as const,
	{ name: `--${counter}-lt`, value: 'Number' } as const,
	{ name: `--${counter}-gt`, value: 'Number' } as const
]);

function readCounter(
	given: GivenOptions,
	counter: (typeof COUNTERS)[number]
): CounterQuestion | undefined {
	given.atMostOne(`--${counter}-eq`, `--${counter}-lt`, `--${counter}-gt`);
	for (const op of ['eq', 'lt', 'gt'] as const) {
		const option = given.get(`--${counter}-${op}`);
		if (option) return { op: option.negated ? 'ne' : op, value: option.value as number };
	}
	return undefined;
}

function readQuestion(given: GivenOptions): IpSetQuestion {
	const packets = readCounter(given, 'packets');
	const bytes = readCounter(given, 'bytes');
	return {
		...(given.has('--return-nomatch') && { returnNomatch: true }),
		...(given.negated('--update-counters') && { count: false }),
		...(given.negated('--update-subcounters') && { countMembers: false }),
		...(packets && { packets }),
		...(bytes && { bytes })
	};
}

/** Both printers say the same, but for the dashes. */
function words({ set, directions, negated, asked }: SetMatch, dashes: string): string {
	const parts = [`${bang(negated)}${dashes}match-set ${set} ${directions.join(',')}`];
	if (asked?.returnNomatch) parts.push(`${dashes}return-nomatch`);
	if (asked?.count === false) parts.push(`! ${dashes}update-counters`);
	if (asked?.countMembers === false) parts.push(`! ${dashes}update-subcounters`);
	for (const counter of COUNTERS) {
		const question = asked?.[counter];
		if (!question) continue;
		const { op, value } = question;
		parts.push(`${bang(op === 'ne')}${dashes}${counter}-${op === 'ne' ? 'eq' : op} ${value}`);
	}
	return parts.join(' ');
}

/** An option `NAME src,dst`. */
export const namedIpset = (name: string): OptionSpec => ({
	name,
	value: 'Text',
	arguments: 2,
	second: 'SetDirections',
	negatable: true
});

/** What was given with such an option. */
export function readNamedIpset(given: GivenOptions, option: string): NamedIpset | undefined {
	const named = given.get(option);
	if (!named) return undefined;
	const directions = named.second as ('src' | 'dst')[];
	// `IPSET_DIM_MAX`: a set has no more dimensions than that.
	if (directions.length > 6) throw given.refusal('at most 6 directions can be given', option);
	return { set: named.value as string, directions };
}

export const set = extension<SetMatch>({
	name: 'set',
	options: [
		namedIpset('--match-set'),
		{ name: '--return-nomatch' },
		{ name: '--update-counters', negatable: true },
		{ name: '--update-subcounters', negatable: true },
		...COUNTER_OPTIONS
	],
	read(given) {
		given.need('--match-set');
		const named = readNamedIpset(given, '--match-set')!;
		const asked = readQuestion(given);
		return {
			...named,
			negated: given.negated('--match-set'),
			...(Object.keys(asked).length > 0 && { asked })
		};
	},
	save: (match) => words(match, '--'),
	list: (match) => words(match, ''),
	statements: (match) => [{ kind: 'xt', name: 'set', options: match }]
});
