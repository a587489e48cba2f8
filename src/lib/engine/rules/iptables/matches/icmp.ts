/** `-m icmp --icmp-type`. */
import { ICMP } from '../../../packet';
import { bang, extension, isFor } from '../extension';
import { ICMP_TYPES, type IcmpName } from '../names';

export interface IcmpMatch {
	/** 255: any. */
	readonly type: number;
	/** Inclusive. */
	readonly codes: readonly [number, number];
	readonly negated: boolean;
}

const ALL_CODES: readonly [number, number] = [0, 255];

function nameOf(match: IcmpMatch): IcmpName | undefined {
	const all = match.codes[0] === 0 && match.codes[1] === 255;
	return ICMP_TYPES.find(
		(entry) =>
			entry.type === match.type && (all ? entry.code === null : entry.code === match.codes[0])
	);
}

export const icmp = extension<IcmpMatch>({
	name: 'icmp',
	protocol: 1,
	options: [{ name: '--icmp-type', value: 'IcmpType', negatable: true }],
	read(given) {
		given.need('--icmp-type');
		const negated = given.negated('--icmp-type');
		const asked = given.get('--icmp-type')!.value as
			{ name: string } | { type: number; code: number | null };
		if (!('name' in asked))
			return {
				type: asked.type,
				codes: asked.code === null ? ALL_CODES : [asked.code, asked.code],
				negated
			};
		const lower = asked.name.toLowerCase();
		const found = ICMP_TYPES.filter((entry) => entry.name.toLowerCase().startsWith(lower));
		const exact = found.find((entry) => entry.name.toLowerCase() === lower);
		if (!exact && found.length > 1)
			throw given.refusal(
				`\`${asked.name}\` may be \`${found[0]!.name}\` or \`${found[1]!.name}\``,
				'--icmp-type'
			);
		const { type, code } = (exact ?? found[0])!;
		return { type, codes: code === null ? ALL_CODES : [code, code], negated };
	},
	save(match) {
		const all = match.codes[0] === 0 && match.codes[1] === 255;
		const type = match.type === 255 ? 'any' : `${match.type}${all ? '' : `/${match.codes[0]}`}`;
		return `${bang(match.negated)}--icmp-type ${type}`;
	},
	list(match, numeric) {
		const not = match.negated ? '!' : '';
		const name = numeric ? undefined : nameOf(match);
		if (name) return `icmp ${not}${name.name}`;
		const code = match.codes[0] === 0 && match.codes[1] === 255 ? '' : ` code ${match.codes[0]}`;
		return match.negated ? `icmp !type ${match.type}${code}` : `icmptype ${match.type}${code}`;
	},
	statements: (match) => [{ kind: 'xt', name: 'icmp', options: match }],
	check: (_match, place) => (isFor(place, ICMP) ? null : 'match `icmp` needs `-p icmp`')
});
