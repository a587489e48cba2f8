/** `-m length`: the length of the whole packet, IP header and all (`xt_length`). */
import { bang, extension } from '../extension';
import { not, range } from '../text';

export interface LengthMatch {
	readonly from: number;
	/** May be below `from`: nothing is in such a range. */
	readonly to: number;
	readonly negated: boolean;
}

const text = ({ from, to }: LengthMatch): string => (from === to ? String(from) : `${from}:${to}`);

export const length = extension<LengthMatch>({
	name: 'length',
	options: [{ name: '--length', value: 'LengthRange', negatable: true }],
	read(given) {
		given.need('--length');
		const { value, negated } = given.get('--length')!;
		return { ...(value as { from: number; to: number }), negated };
	},
	save: (match) => `${bang(match.negated)}--length ${text(match)}`,
	list: (match) => `length ${match.negated ? '!' : ''}${text(match)}`,
	nft: (match) => `meta length ${not(match.negated)}${range(match)}`,
	statements: ({ from, to, negated }) => [
		{
			kind: 'match',
			left: { kind: 'meta', key: 'length' },
			op: negated ? '!=' : '==',
			right: { kind: 'range', from, to }
		}
	]
});
