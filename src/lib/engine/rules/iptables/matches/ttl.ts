/** `-m ttl`: the TTL that a packet has where the rule is asked (`ipt_ttl`). */
import { extension } from '../extension';

type Comparison = '==' | '!=' | '<' | '>';

export interface TtlMatch {
	readonly op: Comparison;
	readonly value: number;
}

const NAMES = ['--ttl-eq', '--ttl-lt', '--ttl-gt'] as const;

const SAVED: Readonly<Record<Comparison, string>> = {
	'==': '--ttl-eq',
	'!=': '! --ttl-eq',
	'<': '--ttl-lt',
	'>': '--ttl-gt'
};

const SHOWN: Readonly<Record<Comparison, string>> = {
	'==': '',
	'!=': '!= ',
	'<': 'lt ',
	'>': 'gt '
};

export const ttl = extension<TtlMatch>({
	name: 'ttl',
	options: [
		{ name: '--ttl-eq', aliases: ['--ttl'], value: 'Byte', negatable: true },
		{ name: '--ttl-lt', value: 'Byte' },
		{ name: '--ttl-gt', value: 'Byte' }
	],
	read(given) {
		given.atMostOne(...NAMES);
		const name = NAMES.find((one) => given.has(one));
		if (!name) throw given.refusal('`ttl` needs --ttl-eq, --ttl-lt or --ttl-gt');
		const op =
			name === '--ttl-lt' ? '<' : name === '--ttl-gt' ? '>' : given.negated(name) ? '!=' : '==';
		return { op, value: given.number(name, 0) };
	},
	save: ({ op, value }) => `${SAVED[op]} ${value}`,
	list: ({ op, value }) => `TTL match TTL ${op} ${value}`,
	nft: ({ op, value }) => `ip ttl ${SHOWN[op]}${value}`,
	statements: ({ op, value }) => [
		{
			kind: 'match',
			left: { kind: 'payload', protocol: 'ip', field: 'ttl' },
			op,
			right: { kind: 'value', value }
		}
	]
});
