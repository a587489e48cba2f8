/** `-j SET`: the packet put into an ipset, taken out of one, or both. */
import { extension, type GivenOptions } from '../extension';
import { namedIpset, readNamedIpset, type NamedIpset, type SetMatch } from '../matches/set';

export interface SetOptions {
	readonly add?: NamedIpset;
	readonly del?: NamedIpset;
	readonly exist: boolean;
	/** Seconds. */
	readonly timeout?: number;
}

/** `IPSET_NO_TIMEOUT`, which is one too many. */
const NO_TIMEOUT = 0xffffffff;

function readSet(given: GivenOptions): SetOptions {
	const add = readNamedIpset(given, '--add-set');
	const del = readNamedIpset(given, '--del-set');
	if (!add && !del) throw given.refusal('`SET` needs --add-set or --del-set');
	for (const option of ['--exist', '--timeout'])
		if (!add && given.has(option))
			throw given.refusal(`${option} can stand beside --add-set only`, option);
	// Of several the last one counts.
	const timeout = given.list.findLast(({ spec }) => spec.name === '--timeout')?.value;
	if (timeout === NO_TIMEOUT)
		throw given.refusal(`expected a number from 0 to ${NO_TIMEOUT - 1}`, '--timeout');
	return {
		...(add && { add }),
		...(del && { del }),
		exist: given.has('--exist'),
		...(timeout !== undefined && { timeout: timeout as number })
	};
}

function words({ add, del, exist, timeout }: SetOptions, dashes: string): string {
	const parts: string[] = [];
	if (add) parts.push(`${dashes}add-set ${add.set} ${add.directions.join(',')}`);
	if (exist) parts.push(`${dashes}exist`);
	if (timeout !== undefined) parts.push(`${dashes}timeout ${timeout}`);
	if (del) parts.push(`${dashes}del-set ${del.set} ${del.directions.join(',')}`);
	return parts.join(' ');
}

/** The sets that a match or target asks or changes. */
export function setsOf({
	name,
	options
}: {
	readonly name: string;
	readonly options: unknown;
}): readonly string[] {
	if (name === 'set') return [(options as SetMatch).set];
	if (name !== 'SET') return [];
	const { add, del } = options as SetOptions;
	return [add, del].flatMap((one) => one?.set ?? []);
}

export const setTarget = extension<SetOptions>({
	name: 'SET',
	// A `!` may stand before each, and means nothing.
	options: [
		namedIpset('--add-set'),
		namedIpset('--del-set'),
		{ name: '--map-set', notModelled: true },
		{ name: '--exist', negatable: true, repeatable: true },
		{ name: '--timeout', value: 'Number', negatable: true, repeatable: true }
	],
	read: readSet,
	save: (options) => words(options, '--'),
	list: (options) => words(options, ''),
	statements: (options) => [{ kind: 'xt', name: 'SET', options }]
});
