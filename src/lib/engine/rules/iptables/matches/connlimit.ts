/** `-m connlimit`: how many connections there are from an address, to one, or from or to a network. */
import { lengthOfMask } from '../../../packet';
import { extension } from '../extension';

export interface ConnlimitMatch {
	readonly limit: number;
	/** `--connlimit-above`, else `--connlimit-upto`. */
	readonly above: boolean;
	/** Bits of the address that count. */
	readonly length: number;
	readonly by: 'saddr' | 'daddr';
}

export const connlimit = extension<ConnlimitMatch>({
	name: 'connlimit',
	options: [
		{ name: '--connlimit-upto', value: 'Number', negatable: true },
		{ name: '--connlimit-above', value: 'Number', negatable: true },
		{ name: '--connlimit-mask', value: 'HostMask' },
		{ name: '--connlimit-saddr' },
		{ name: '--connlimit-daddr' }
	],
	read(given) {
		given.atMostOne('--connlimit-upto', '--connlimit-above');
		given.atMostOne('--connlimit-saddr', '--connlimit-daddr');
		const name = given.has('--connlimit-above') ? '--connlimit-above' : '--connlimit-upto';
		if (!given.has(name))
			throw given.refusal('`connlimit` needs --connlimit-upto or --connlimit-above');
		return {
			limit: given.number(name, 0),
			above: (name === '--connlimit-above') !== given.negated(name),
			// A mask that is no prefix is taken for the whole address.
			length: lengthOfMask(given.number('--connlimit-mask', 0xffffffff)) ?? 32,
			by: given.has('--connlimit-daddr') ? 'daddr' : 'saddr'
		};
	},
	save: ({ limit, above, length, by }) =>
		`--connlimit-${above ? 'above' : 'upto'} ${limit} --connlimit-mask ${length} --connlimit-${by}`,
	list: ({ limit, above, length, by }) =>
		`#conn ${by === 'saddr' ? 'src' : 'dst'}/${length} ${above ? '>' : '<='} ${limit}`,
	statements: (match) => [
		{ kind: 'xt', name: 'connlimit', options: { ...match, lists: new Map() } }
	]
});
