/** `-m conntrack` and its elder, `-m state`. */
import { formatAddress, lengthOfMask } from '../../../packet';
import type { AddressMatch } from '../rule';
import { bang, extension, type GivenOptions, type OptionSpec } from '../extension';
import type { Statement } from '../../ruleset';

/** In the order iptables prints them. */
const STATE_ORDER = [
	'INVALID',
	'NEW',
	'RELATED',
	'ESTABLISHED',
	'UNTRACKED',
	'SNAT',
	'DNAT'
] as const;
export type StateName = (typeof STATE_ORDER)[number];
const STATUS_ORDER = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const;
export type StatusName = (typeof STATUS_ORDER)[number];

type RelationName = Exclude<StateName, 'SNAT' | 'DNAT'>;

/** `NF_CT_STATE_BIT` of each, as nft counts them. */
const RELATION_BITS: Readonly<Record<RelationName, number>> = {
	INVALID: 1,
	ESTABLISHED: 2,
	RELATED: 4,
	NEW: 8,
	UNTRACKED: 64
};

export interface Numbers {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

export interface ConntrackMatch {
	readonly state?: { readonly names: readonly StateName[]; readonly negated: boolean };
	readonly protocol?: { readonly number: number; readonly negated: boolean };
	readonly originalSource?: AddressMatch;
	readonly originalDestination?: AddressMatch;
	readonly replySource?: AddressMatch;
	readonly replyDestination?: AddressMatch;
	readonly originalSourcePort?: Numbers;
	readonly originalDestinationPort?: Numbers;
	readonly replySourcePort?: Numbers;
	readonly replyDestinationPort?: Numbers;
	readonly status?: { readonly names: readonly StatusName[]; readonly negated: boolean };
	/** Seconds left. */
	readonly expires?: Numbers;
	readonly direction?: 'ORIGINAL' | 'REPLY';
}

const ADDRESSES = [
	['originalSource', '--ctorigsrc'],
	['originalDestination', '--ctorigdst'],
	['replySource', '--ctreplsrc'],
	['replyDestination', '--ctrepldst']
] as const;
const PORTS = [
	['originalSourcePort', '--ctorigsrcport'],
	['originalDestinationPort', '--ctorigdstport'],
	['replySourcePort', '--ctreplsrcport'],
	['replyDestinationPort', '--ctrepldstport']
] as const;

const OPTIONS: readonly OptionSpec[] = [
	{ name: '--ctstate', value: 'ConntrackStates', negatable: true },
	{ name: '--ctproto', value: 'Protocol', negatable: true },
	...ADDRESSES.map(([, name]) => ({ name, value: 'Addresses', negatable: true }) as const),
	...PORTS.map(([, name]) => ({ name, value: 'LoosePortRange', negatable: true }) as const),
	{ name: '--ctstatus', value: 'ConntrackStatuses', negatable: true },
	{ name: '--ctexpire', value: 'NumberRange', negatable: true },
	{ name: '--ctdir', value: 'Direction' }
];

function ordered<T extends string>(order: readonly T[], names: readonly string[]): readonly T[] {
	return order.filter((name) => names.includes(name));
}

/** NONE is no bit, so it is lost beside another. */
function statusNames(names: readonly string[]): readonly StatusName[] {
	const found = ordered(STATUS_ORDER, names);
	return found.length > 1 ? found.filter((name) => name !== 'NONE') : found;
}

function readAddress(given: GivenOptions, name: string): AddressMatch | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	const list = option.value as readonly { address: number; mask: number; given: number }[];
	if (list.length > 1) throw given.refusal(`${name} takes one address`, name);
	const [one] = list;
	// The address is kept as it was written, host bits and all (`xt_conntrack_mtinfo3`).
	return { address: one!.given, mask: one!.mask, negated: option.negated };
}

function readNumbers(given: GivenOptions, name: string): Numbers | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	return { ...(option.value as { from: number; to: number }), negated: option.negated };
}

function addressText(match: AddressMatch): string {
	const address = formatAddress(match.address);
	const length = lengthOfMask(match.mask);
	if (match.mask === 0) return '0.0.0.0/0';
	return length !== null && length < 32 ? `${address}/${length}` : address;
}

function numbersText(numbers: Numbers): string {
	return numbers.from === numbers.to ? String(numbers.from) : `${numbers.from}:${numbers.to}`;
}

/** Both printers say the same, but for the dashes. */
function words(match: ConntrackMatch, dashes: string): string {
	const parts: string[] = [];
	const add = (negated: boolean, name: string, text: string): void => {
		parts.push(`${bang(negated)}${dashes}${name} ${text}`);
	};
	if (match.state) add(match.state.negated, 'ctstate', match.state.names.join(','));
	if (match.protocol) add(match.protocol.negated, 'ctproto', String(match.protocol.number));
	for (const [key, name] of ADDRESSES) {
		const address = match[key];
		if (address) add(address.negated, name.slice(2), addressText(address));
	}
	for (const [key, name] of PORTS) {
		const ports = match[key];
		if (ports) add(ports.negated, name.slice(2), numbersText(ports));
	}
	if (match.status) add(match.status.negated, 'ctstatus', match.status.names.join(','));
	if (match.expires) add(match.expires.negated, 'ctexpire', numbersText(match.expires));
	if (match.direction) add(false, 'ctdir', match.direction);
	return parts.join(' ');
}

function toStatements(match: ConntrackMatch): readonly Statement[] {
	const { state, ...rest } = match;
	const plain = state?.names.every((name) => name !== 'SNAT' && name !== 'DNAT');
	if (!state || !plain || Object.keys(rest).length > 0)
		return [{ kind: 'xt', name: 'conntrack', options: match }];
	// Only the packet's relation is asked for: nft asks the same.
	return [
		{
			kind: 'match',
			left: { kind: 'ct', key: 'state' },
			op: state.negated ? 'not in' : 'in',
			right: {
				kind: 'value',
				value: state.names.reduce((bits, name) => bits | RELATION_BITS[name as RelationName], 0)
			}
		}
	];
}

export const conntrack = extension<ConntrackMatch>({
	name: 'conntrack',
	options: OPTIONS,
	read(given) {
		if (given.list.length === 0)
			throw given.refusal('`conntrack` needs at least one of its options');
		const match: { -readonly [K in keyof ConntrackMatch]: ConntrackMatch[K] } = {};
		const state = given.get('--ctstate');
		if (state)
			match.state = {
				names: ordered(STATE_ORDER, state.value as string[]),
				negated: state.negated
			};
		const protocol = given.get('--ctproto');
		if (protocol) match.protocol = { number: protocol.value as number, negated: protocol.negated };
		for (const [key, name] of ADDRESSES) {
			const address = readAddress(given, name);
			if (address) match[key] = address;
		}
		for (const [key, name] of PORTS) {
			const ports = readNumbers(given, name);
			if (ports) match[key] = ports;
		}
		const status = given.get('--ctstatus');
		if (status)
			match.status = {
				names: statusNames(status.value as string[]),
				negated: status.negated
			};
		const expires = readNumbers(given, '--ctexpire');
		if (expires) match.expires = expires;
		const direction = given.get('--ctdir');
		if (direction) match.direction = direction.value as 'ORIGINAL' | 'REPLY';
		return match;
	},
	save: (match) => words(match, '--'),
	list: (match, numeric) =>
		numeric ? words(match, '') : words(match, '').replaceAll(/\b0\.0\.0\.0\/0/g, 'anywhere'),
	statements: toStatements
});

export interface StateMatch {
	readonly names: readonly StateName[];
	readonly negated: boolean;
}

export const state = extension<StateMatch>({
	name: 'state',
	options: [{ name: '--state', value: 'States', negatable: true }],
	read(given) {
		given.need('--state');
		return {
			names: ordered(STATE_ORDER, given.get('--state')!.value as string[]),
			negated: given.negated('--state')
		};
	},
	save: (match) => `${bang(match.negated)}--state ${match.names.join(',')}`,
	list: (match) => `${bang(match.negated)}state ${match.names.join(',')}`,
	statements: (match) => toStatements({ state: match })
});
