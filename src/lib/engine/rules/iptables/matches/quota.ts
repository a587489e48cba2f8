/** `-m quota`: so many bytes match, and then none. */
import { bang, extension } from '../extension';

export interface QuotaMatch {
	readonly bytes: bigint;
	readonly negated: boolean;
}

export const quota = extension<QuotaMatch>({
	name: 'quota',
	options: [{ name: '--quota', value: 'Long', negatable: true }],
	read(given) {
		given.need('--quota');
		return { bytes: given.get('--quota')!.value as bigint, negated: given.negated('--quota') };
	},
	save: ({ bytes, negated }) => `${bang(negated)}--quota ${bytes}`,
	list: ({ bytes }) => `quota: ${bytes} bytes`,
	nft: ({ bytes, negated }) => `quota ${negated ? 'over ' : ''}${bytes} bytes`,
	statements: (match) => [
		{ kind: 'xt', name: 'quota', options: { ...match, state: { left: match.bytes } } }
	]
});
