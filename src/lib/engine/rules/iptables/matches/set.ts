/** `-m set --match-set NAME src,dst`: membership in an ipset. */
import { bang, extension } from '../extension';

export interface SetMatch {
	readonly set: string;
	readonly directions: readonly ('src' | 'dst')[];
	readonly negated: boolean;
}

const NOT_MODELLED = [
	'--return-nomatch',
	'--update-counters',
	'--update-subcounters',
	'--packets-eq',
	'--packets-lt',
	'--packets-gt',
	'--bytes-eq',
	'--bytes-lt',
	'--bytes-gt'
];

export const set = extension<SetMatch>({
	name: 'set',
	options: [
		{ name: '--match-set', value: 'Text', arguments: 2, negatable: true },
		...NOT_MODELLED.map((name) => ({ name, notModelled: true, negatable: true }))
	],
	read(given) {
		given.need('--match-set');
		const asked = given.get('--match-set')!;
		return {
			set: asked.value as string,
			directions: asked.second as ('src' | 'dst')[],
			negated: asked.negated
		};
	},
	save: (match) => `${bang(match.negated)}--match-set ${match.set} ${match.directions.join(',')}`,
	list: (match) => `${bang(match.negated)}match-set ${match.set} ${match.directions.join(',')}`,
	statements: (match) => [{ kind: 'xt', name: 'set', options: match }]
});
