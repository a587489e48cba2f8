/** `-m tcpmss`: the MSS that a segment says, as one number or a range. */
import { TCP } from '../../../packet';
import { bang, extension, isFor } from '../extension';

export interface TcpmssMatch {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

function text({ from, to }: TcpmssMatch): string {
	return from === to ? String(from) : `${from}:${to}`;
}

export const tcpmss = extension<TcpmssMatch>({
	name: 'tcpmss',
	options: [{ name: '--mss', value: 'MssRange', negatable: true }],
	read(given) {
		given.need('--mss');
		const { value, negated } = given.get('--mss')!;
		return { ...(value as { from: number; to: number }), negated };
	},
	save: (match) => `${bang(match.negated)}--mss ${text(match)}`,
	list: (match) => `tcpmss match ${match.negated ? '!' : ''}${text(match)}`,
	statements: (match) => [{ kind: 'xt', name: 'tcpmss', options: match }],
	check: (_match, place) => (isFor(place, TCP) ? null : 'match `tcpmss` needs `-p tcp`')
});
