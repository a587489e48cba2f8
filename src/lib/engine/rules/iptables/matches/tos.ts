/** `-m tos`, `-m dscp` and `-m ecn`: the header's TOS byte, its upper six bits and its lower two. */
import { TCP } from '../../../packet';
import type { Statement } from '../../ruleset';
import { bang, extension, isFor } from '../extension';
import { dscpClass } from '../dscp-class';
import { TOS_MASK, TOS_NAMES } from '../names';
import { hexByte, not } from '../text';

export interface TosMatch {
	readonly value: number;
	readonly mask: number;
	readonly negated: boolean;
}

export const tos = extension<TosMatch>({
	name: 'tos',
	options: [{ name: '--tos', value: 'Tos', negatable: true }],
	read(given) {
		given.need('--tos');
		const { value, negated } = given.get('--tos')!;
		return { ...(value as { value: number; mask: number }), negated };
	},
	save: ({ value, mask, negated }) => `${bang(negated)}--tos ${hexByte(value)}/${hexByte(mask)}`,
	list({ value, mask, negated }, numeric) {
		const not = negated ? '!' : '';
		const name = Object.entries(TOS_NAMES).find((entry) => entry[1] === value)?.[0];
		return !numeric && mask === TOS_MASK && name
			? `tos match${not} ${name}`
			: `tos match${not}${hexByte(value)}/${hexByte(mask)}`;
	},
	statements: (match) => [{ kind: 'xt', name: 'tos', options: match }]
});

export interface DscpMatch {
	readonly value: number;
	readonly negated: boolean;
}

export const dscp = extension<DscpMatch>({
	name: 'dscp',
	options: [
		{ name: '--dscp', value: 'Dscp', negatable: true },
		{ name: '--dscp-class', value: 'Text', negatable: true }
	],
	read(given) {
		given.atMostOne('--dscp', '--dscp-class');
		const name = given.has('--dscp-class') ? '--dscp-class' : '--dscp';
		if (!given.has(name)) throw given.refusal('`dscp` needs --dscp or --dscp-class');
		const negated = given.negated(name);
		if (name === '--dscp') return { value: given.number(name, 0), negated };
		return { value: dscpClass(given, name), negated };
	},
	save: ({ value, negated }) => `${bang(negated)}--dscp ${hexByte(value)}`,
	list: ({ value, negated }) => `DSCP match ${negated ? '!' : ''}${hexByte(value)}`,
	nft: ({ value, negated }) => `ip dscp ${not(negated)}${hexByte(value)}`,
	statements: ({ value, negated }) => [header('dscp', value, negated)]
});

function header(field: 'dscp' | 'ecn', value: number, negated: boolean): Statement {
	return {
		kind: 'match',
		left: { kind: 'payload', protocol: 'ip', field },
		op: negated ? '!=' : '==',
		right: { kind: 'value', value }
	};
}

export interface EcnMatch {
	/** Whether each must be set (`true`) or must not be. */
	readonly ece?: boolean;
	readonly cwr?: boolean;
	readonly ect?: { readonly value: number; readonly negated: boolean };
}

const ECT_NAMES = ['not-ect', 'ect1', 'ect0', 'ce'];

export const ecn = extension<EcnMatch>({
	name: 'ecn',
	options: [
		{ name: '--ecn-tcp-ece', negatable: true },
		{ name: '--ecn-tcp-cwr', negatable: true },
		{ name: '--ecn-ip-ect', value: 'Ect', negatable: true }
	],
	read(given) {
		if (given.list.length === 0)
			throw given.refusal('`ecn` needs --ecn-tcp-ece, --ecn-tcp-cwr or --ecn-ip-ect');
		const flag = (name: string): boolean => !given.negated(name);
		return {
			...(given.has('--ecn-tcp-ece') && { ece: flag('--ecn-tcp-ece') }),
			...(given.has('--ecn-tcp-cwr') && { cwr: flag('--ecn-tcp-cwr') }),
			...(given.has('--ecn-ip-ect') && {
				ect: {
					value: given.number('--ecn-ip-ect', 0),
					negated: given.negated('--ecn-ip-ect')
				}
			})
		};
	},
	save: ({ ece, cwr, ect }) =>
		[
			...(ece === undefined ? [] : [`${bang(!ece)}--ecn-tcp-ece`]),
			...(cwr === undefined ? [] : [`${bang(!cwr)}--ecn-tcp-cwr`]),
			...(ect ? [`${bang(ect.negated)}--ecn-ip-ect ${ect.value}`] : [])
		].join(' '),
	list: ({ ece, cwr, ect }) =>
		[
			'ECN match',
			...(ece === undefined ? [] : [`${ece ? '' : '!'}ECE`]),
			...(cwr === undefined ? [] : [`${cwr ? '' : '!'}CWR`]),
			...(ect ? [`${ect.negated ? '!' : ''}ECT=${ect.value}`] : [])
		].join(' '),
	nft({ ece, cwr, ect }) {
		// One `!` is put before each of them.
		const not = ece === false || cwr === false || ect?.negated ? '!= ' : '';
		return [
			...(ece === undefined ? [] : [`tcp flags ${not}ecn`]),
			...(cwr === undefined ? [] : [`tcp flags ${not}cwr`]),
			...(ect ? [`ip ecn ${not}${ECT_NAMES[ect.value]}`] : [])
		].join(' ');
	},
	statements: (match) => [{ kind: 'xt', name: 'ecn', options: match }],
	check: ({ ece, cwr }, place) =>
		(ece === undefined && cwr === undefined) || isFor(place, TCP)
			? null
			: '--ecn-tcp-ece and --ecn-tcp-cwr need `-p tcp`'
});
