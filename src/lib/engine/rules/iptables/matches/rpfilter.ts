/** `-m rpfilter`: whether the way back to a packet's source is the one it came by. */
import { extension } from '../extension';

export interface RpfilterMatch {
	/** Any way back will do. */
	readonly loose: boolean;
	/** The look-up goes by the packet's mark. */
	readonly validmark: boolean;
	/** A source that is the host's own will do. */
	readonly acceptLocal: boolean;
	readonly invert: boolean;
}

/** Options that were given, in the order in which they are printed. */
function given({ loose, validmark, acceptLocal, invert }: RpfilterMatch): string[] {
	return [
		...(loose ? ['loose'] : []),
		...(validmark ? ['validmark'] : []),
		...(acceptLocal ? ['accept-local'] : []),
		...(invert ? ['invert'] : [])
	];
}

export const rpfilter = extension<RpfilterMatch>({
	name: 'rpfilter',
	options: [
		{ name: '--loose' },
		{ name: '--validmark' },
		{ name: '--accept-local' },
		{ name: '--invert' }
	],
	read: (options) => ({
		loose: options.has('--loose'),
		validmark: options.has('--validmark'),
		acceptLocal: options.has('--accept-local'),
		invert: options.has('--invert')
	}),
	save: (match) =>
		given(match)
			.map((word) => `--${word}`)
			.join(' '),
	list: (match) => ['rpfilter', ...given(match)].join(' '),
	nft({ loose, validmark, acceptLocal, invert }) {
		// Of "not by that way, or from here" there is no translation.
		if (acceptLocal && !invert) return 'xt match rpfilter';
		const from = `fib saddr${validmark ? ' . mark' : ''}${loose ? '' : ' . iif'}`;
		return `${acceptLocal ? 'fib saddr type != local ' : ''}${from} oif ${invert ? '' : '!= '}0`;
	},
	statements: (match) => [{ kind: 'xt', name: 'rpfilter', options: match }],
	check: (_match, { table, base }) =>
		(table === 'raw' || table === 'mangle') && (!base || base.hook === 'prerouting')
			? null
			: "`rpfilter` can stand in the raw and the mangle table's PREROUTING only"
});
