/** `-m addrtype`: what kind of address routing takes it for (`xt_addrtype`). */
import { bang, extension, type GivenOptions } from '../extension';

/** Kinds in the order of their bits, which is the order they are printed in. */
export const ADDRESS_TYPES = [
	'UNSPEC',
	'UNICAST',
	'LOCAL',
	'BROADCAST',
	'ANYCAST',
	'MULTICAST',
	'BLACKHOLE',
	'UNREACHABLE',
	'PROHIBIT',
	'THROW'
] as const;
export type AddressTypeName = (typeof ADDRESS_TYPES)[number];

export interface TypeList {
	readonly types: readonly AddressTypeName[];
	readonly negated: boolean;
}

export interface AddrtypeMatch {
	readonly source?: TypeList;
	readonly destination?: TypeList;
	/** Ask routing about that interface's addresses only. */
	readonly limit?: 'in' | 'out';
}

function readTypes(given: GivenOptions, name: string): TypeList | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	const names = option.value as string[];
	return { types: ADDRESS_TYPES.filter((type) => names.includes(type)), negated: option.negated };
}

export const addrtype = extension<AddrtypeMatch>({
	name: 'addrtype',
	options: [
		{ name: '--src-type', value: 'AddressTypes', negatable: true },
		{ name: '--dst-type', value: 'AddressTypes', negatable: true },
		{ name: '--limit-iface-in' },
		{ name: '--limit-iface-out' }
	],
	read(given) {
		given.atMostOne('--limit-iface-in', '--limit-iface-out');
		const source = readTypes(given, '--src-type');
		const destination = readTypes(given, '--dst-type');
		if (!source && !destination) throw given.refusal('`addrtype` needs --src-type or --dst-type');
		const limit = given.has('--limit-iface-in')
			? 'in'
			: given.has('--limit-iface-out')
				? 'out'
				: undefined;
		return {
			...(source && { source }),
			...(destination && { destination }),
			...(limit && { limit })
		};
	},
	save(match) {
		const parts: string[] = [];
		if (match.source)
			parts.push(`${bang(match.source.negated)}--src-type ${match.source.types.join(',')}`);
		if (match.destination)
			parts.push(
				`${bang(match.destination.negated)}--dst-type ${match.destination.types.join(',')}`
			);
		if (match.limit) parts.push(`--limit-iface-${match.limit}`);
		return parts.join(' ');
	},
	list(match) {
		const parts = ['ADDRTYPE match'];
		const text = (list: TypeList): string => `${list.negated ? '!' : ''}${list.types.join(',')}`;
		if (match.source) parts.push(`src-type ${text(match.source)}`);
		if (match.destination) parts.push(`dst-type ${text(match.destination)}`);
		if (match.limit) parts.push(`limit-${match.limit}`);
		return parts.join(' ');
	},
	statements: (match) => [{ kind: 'xt', name: 'addrtype', options: match }],
	check(match, place) {
		const hook = (place.direct && place.base?.hook) || '';
		const noOut = hook === 'prerouting' || hook === 'input';
		const noIn = hook === 'postrouting' || hook === 'output';
		const wrong = (match.limit === 'out' && noOut) || (match.limit === 'in' && noIn);
		return wrong ? `--limit-iface-${match.limit} cannot be asked in ${hook.toUpperCase()}` : null;
	}
});
