/** `-j TCPOPTSTRIP`: options of a TCP header, each overwritten with NOPs. */
import { TCP } from '../../../packet';
import { extension, isFor, onlyIn, type GivenOptions } from '../extension';

export interface TcpoptstripOptions {
	/** Their kinds, in order. */
	readonly kinds: readonly number[];
}

const NAMES: ReadonlyMap<string, number> = new Map([
	['wscale', 3],
	['mss', 2],
	['sack-permitted', 4],
	['sack', 5],
	['timestamp', 8],
	['md5', 19]
]);

function readKinds(given: GivenOptions): readonly number[] {
	const words = given.text('--strip-options')?.split(',') ?? [];
	const kinds = new Set<number>();
	for (const word of words) {
		const kind = NAMES.get(word) ?? readKind(word);
		if (!(kind >= 2 && kind <= 255))
			throw given.refusal(
				`expected options by kind (2 to 255) or name (${[...NAMES.keys()].join(', ')}), found \`${word}\``,
				'--strip-options'
			);
		if (kinds.has(kind)) throw given.refusal(`\`${word}\` stands there twice`, '--strip-options');
		kinds.add(kind);
	}
	return [...kinds].toSorted((a, b) => a - b);
}

/** As C reads it; NaN where it is no number. */
function readKind(word: string): number {
	if (/^0[0-7]+$/.test(word)) return parseInt(word, 8);
	return /^(0x[0-9a-f]+|0|[1-9]\d*)$/i.test(word) ? Number(word) : NaN;
}

export const tcpoptstrip = extension<TcpoptstripOptions>({
	name: 'TCPOPTSTRIP',
	options: [{ name: '--strip-options', value: 'Text' }],
	read: (given) => ({ kinds: readKinds(given) }),
	save: ({ kinds }) => (kinds.length > 0 ? `--strip-options ${kinds.join(',')}` : ''),
	list({ kinds }, numeric) {
		const nameOf = (kind: number): string =>
			(numeric ? undefined : [...NAMES].find(([, one]) => one === kind)?.[0]) ?? String(kind);
		return kinds.length > 0 ? `TCPOPTSTRIP options ${kinds.map(nameOf).join(',')}` : '';
	},
	statements: (options) => [{ kind: 'xt', name: 'TCPOPTSTRIP', options }],
	check: (_options, place) =>
		onlyIn('TCPOPTSTRIP', 'mangle', place) ??
		(isFor(place, TCP) ? null : '`TCPOPTSTRIP` needs `-p tcp`')
});
