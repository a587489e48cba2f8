/** `-j DNAT`, `SNAT`, `MASQUERADE` and `REDIRECT`. */
import { formatAddress } from '../../../packet';
import type { NatFlags, NatStatement, RangeValue, Statement } from '../../ruleset';
import {
	extension,
	type GivenOptions,
	type OptionSpec,
	type RuleHead,
	type RulePlace
} from '../extension';

export interface NatOptions {
	readonly address?: RangeValue;
	readonly port?: RangeValue;
	/** Where the original ports begin, for a range that keeps the distance (DNAT only). */
	readonly base?: number;
	readonly flags: NatFlags;
}

interface Shape {
	readonly name: 'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT';
	readonly type: NatStatement['type'];
	/** The option that says where to. */
	readonly to: OptionSpec;
	readonly flags: readonly (keyof NatFlags)[];
	readonly hooks: readonly string[];
	/** Whether addresses are named too (else only ports). */
	readonly addresses: boolean;
	list(text: string): string;
}

const FLAG_OPTIONS: readonly (readonly [keyof NatFlags, string])[] = [
	['random', '--random'],
	['fullyRandom', '--random-fully'],
	['persistent', '--persistent']
];

/** TCP, UDP, ICMP (its id), DCCP, SCTP. */
const WITH_PORTS = [6, 17, 1, 33, 132];

function readFlags(given: GivenOptions): NatFlags {
	const flags: { -readonly [K in keyof NatFlags]: NatFlags[K] } = {};
	for (const [flag, name] of FLAG_OPTIONS) if (given.has(name)) flags[flag] = true;
	return flags;
}

function flagWords(flags: NatFlags, dashes: string): string[] {
	return FLAG_OPTIONS.filter(([flag]) => flags[flag]).map(([, name]) => dashes + name.slice(2));
}

function rangeText(range: RangeValue, text: (value: number) => string): string {
	return range.from === range.to ? text(range.from) : `${text(range.from)}-${text(range.to)}`;
}

function toText(options: NatOptions, addresses: boolean): string {
	const address = options.address ? rangeText(options.address, formatAddress) : '';
	if (!options.port) return address;
	const ports = rangeText(options.port, String);
	const base = options.base === undefined ? '' : `/${options.base}`;
	return addresses ? `${address}:${ports}${base}` : ports;
}

function readNat(shape: Shape, given: GivenOptions, head: RuleHead): NatOptions {
	const flags = readFlags(given);
	if (shape.addresses) given.need(shape.to.name);
	const asked = given.get(shape.to.name);
	if (!asked) return { flags };
	const value = asked.value as
		| { from: number; to: number }
		| { address: RangeValue | null; ports?: RangeValue; base?: number | null };
	const to = 'from' in value ? { address: null, ports: value } : value;
	if (to.ports && !(head.protocol && WITH_PORTS.includes(head.protocol.number)))
		throw given.refusal('ports need `-p` with tcp, udp, sctp, dccp or icmp', shape.to.name);
	const base = 'base' in to && to.base !== null ? to.base : undefined;
	if (base !== undefined && to.ports!.from === to.ports!.to)
		throw given.refusal('only a range of ports can be shifted', shape.to.name);
	return {
		...(to.address && { address: to.address }),
		...(to.ports && { port: to.ports }),
		// SNAT reads a base and forgets it.
		...(base !== undefined && { base: shape.name === 'DNAT' ? base : 0 }),
		flags
	};
}

function toStatements(shape: Shape, options: NatOptions): readonly Statement[] {
	if (options.base !== undefined && shape.name === 'DNAT')
		return [{ kind: 'xt', name: 'DNAT', options }];
	return [
		{
			kind: 'nat',
			type: shape.type,
			...(options.address && { address: options.address }),
			...(options.port && { port: options.port }),
			flags: options.flags
		}
	];
}

function natTarget(shape: Shape): ReturnType<typeof extension> {
	return extension<NatOptions>({
		name: shape.name,
		options: [
			shape.to,
			...FLAG_OPTIONS.filter(([flag]) => shape.flags.includes(flag)).map(([, name]) => ({ name }))
		],
		read: (given, head) => readNat(shape, given, head),
		save(options) {
			const to = toText(options, shape.addresses);
			return [
				...(to === '' ? [] : [`${shape.to.name} ${to}`]),
				...flagWords(options.flags, '--')
			].join(' ');
		},
		list(options) {
			const to = toText(options, shape.addresses);
			return [...(to === '' ? [] : [shape.list(to)]), ...flagWords(options.flags, '')].join(' ');
		},
		statements: (options) => toStatements(shape, options),
		check(_options, { table, base }: RulePlace) {
			const fits = base ? base.type === 'nat' && shape.hooks.includes(base.hook) : table === 'nat';
			const chains = shape.hooks.map((hook) => hook.toUpperCase()).join(' and ');
			return fits ? null : `\`${shape.name}\` can stand in the nat table's ${chains} only`;
		}
	});
}

export const dnat = natTarget({
	name: 'DNAT',
	type: 'dnat',
	to: { name: '--to-destination', value: 'NatRange' },
	flags: ['random', 'persistent'],
	hooks: ['prerouting', 'output'],
	addresses: true,
	list: (text) => `to:${text}`
});

export const snat = natTarget({
	name: 'SNAT',
	type: 'snat',
	to: { name: '--to-source', value: 'NatRange' },
	flags: ['random', 'fullyRandom', 'persistent'],
	hooks: ['postrouting', 'input'],
	addresses: true,
	list: (text) => `to:${text}`
});

export const masquerade = natTarget({
	name: 'MASQUERADE',
	type: 'masquerade',
	to: { name: '--to-ports', value: 'MasqueradePorts' },
	flags: ['random', 'fullyRandom'],
	hooks: ['postrouting'],
	addresses: false,
	list: (text) => `masq ports: ${text}`
});

export const redirect = natTarget({
	name: 'REDIRECT',
	type: 'redirect',
	to: { name: '--to-ports', value: 'MasqueradePorts' },
	flags: ['random'],
	hooks: ['prerouting', 'output'],
	addresses: false,
	list: (text) => `redir ports ${text}`
});
