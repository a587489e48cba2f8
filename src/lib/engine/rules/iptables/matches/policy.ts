/** `-m policy`: whether IPsec handles a packet, which nothing here does. */
import { extension } from '../extension';

export interface PolicyMatch {
	readonly direction: 'in' | 'out';
	readonly ipsec: boolean;
}

/** What is asked of the ways that IPsec handles it. */
const ELEMENTS = [
	'--strict',
	'--reqid',
	'--spi',
	'--mode',
	'--proto',
	'--tunnel-src',
	'--tunnel-dst',
	'--next'
];

/** Hooks where a direction is not known. */
const NOT_AT: Readonly<Record<PolicyMatch['direction'], readonly string[]>> = {
	in: ['output', 'postrouting'],
	out: ['prerouting', 'input']
};

const text = ({ direction, ipsec }: PolicyMatch, dashes: string): string =>
	`${dashes}dir ${direction} ${dashes}pol ${ipsec ? 'ipsec' : 'none'}`;

export const policy = extension<PolicyMatch>({
	name: 'policy',
	options: [
		{ name: '--dir', value: 'Text' },
		{ name: '--pol', value: 'Text' },
		...ELEMENTS.map((name) => ({ name, notModelled: true }))
	],
	read(given) {
		given.need('--dir');
		const direction = given.text('--dir');
		if (direction !== 'in' && direction !== 'out')
			throw given.refusal('expected `in` or `out`', '--dir');
		const kind = given.text('--pol') ?? 'ipsec';
		if (kind !== 'none' && kind !== 'ipsec')
			throw given.refusal('expected `none` or `ipsec`', '--pol');
		return { direction, ipsec: kind === 'ipsec' };
	},
	save: (match) => text(match, '--'),
	list: (match) => `policy match ${text(match, '')}`,
	nft: ({ direction, ipsec }) =>
		direction === 'out' ? 'xt match policy' : `meta secpath ${ipsec ? 'exists' : 'missing'}`,
	statements: (match) => [{ kind: 'xt', name: 'policy', options: match }],
	check: ({ direction }, { base, direct }) =>
		base && direct && NOT_AT[direction].includes(base.hook)
			? `--dir ${direction} cannot be asked in ${base.hook.toUpperCase()}`
			: null
});
