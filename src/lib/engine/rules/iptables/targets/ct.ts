/** `-j CT` and `-j NOTRACK`, in the raw table: how the packet is to be tracked, if at all. */
import { TCP, UDP } from '../../../packet';
import { extension, onlyIn, type GivenOptions } from '../extension';

export interface CtOptions {
	readonly notrack: boolean;
	readonly helper?: string;
	/** 0: the default zone; `mark`: the one the packet's mark names. */
	readonly zone: number | 'mark';
	readonly zoneDirection?: 'original' | 'reply';
	/** The only events that are to be told of the entry. */
	readonly events?: readonly EventName[];
	/** The only ones of its expectations, which nobody here listens to. */
	readonly expectEvents?: readonly 'new'[];
}

/** In the order of their bits (`enum ip_conntrack_events`). */
const EVENTS = [
	'new',
	'related',
	'destroy',
	'reply',
	'assured',
	'protoinfo',
	'helper',
	'mark',
	'natseqinfo',
	'secmark'
] as const;
export type EventName = (typeof EVENTS)[number];

export function eventBits(names: readonly EventName[] = []): number {
	return names.reduce((bits, name) => bits | (1 << EVENTS.indexOf(name)), 0);
}

function readEvents<T extends EventName>(
	given: GivenOptions,
	option: string,
	known: readonly T[]
): readonly T[] | undefined {
	const names = given.text(option)?.split(',');
	const unknown = names?.find((name) => !(known as readonly string[]).includes(name));
	if (unknown !== undefined)
		throw given.refusal(`expected events (${known.join(', ')}), found \`${unknown}\``, option);
	return names && known.filter((name) => names.includes(name));
}

/** Helpers the kernel has, by the protocols they are for (`nf_conntrack_*.ko`). */
const HELPERS: Readonly<Record<string, readonly number[]>> = {
	ftp: [TCP],
	irc: [TCP],
	sane: [TCP],
	pptp: [TCP],
	sip: [TCP, UDP],
	tftp: [UDP],
	amanda: [UDP],
	snmp: [UDP],
	'netbios-ns': [UDP],
	RAS: [UDP],
	'Q.931': [TCP]
};

/** Those that are modelled. */
const MODELLED = ['ftp'];

function words(options: CtOptions, dashes: string): string {
	const parts: string[] = [];
	if (options.notrack) parts.push(`${dashes}notrack`);
	if (options.helper) parts.push(`${dashes}helper ${options.helper}`);
	if (options.events) parts.push(`${dashes}ctevents ${options.events.join(',')}`);
	if (options.expectEvents) parts.push(`${dashes}expevents ${options.expectEvents.join(',')}`);
	const suffix =
		options.zoneDirection === 'original'
			? '-orig'
			: options.zoneDirection === 'reply'
				? '-reply'
				: '';
	if (options.zone !== 0) parts.push(`${dashes}zone${suffix} ${options.zone}`);
	return parts.join(' ');
}

function readZone(given: GivenOptions, option: string): number | 'mark' {
	const text = given.text(option)!;
	if (text === 'mark') return text;
	const number = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : NaN;
	if (!(number <= 65535)) throw given.refusal('expected a zone (0 to 65535, or mark)', option);
	return number;
}

export const ct = extension<CtOptions>({
	name: 'CT',
	options: [
		{ name: '--notrack' },
		{ name: '--helper', value: 'Text' },
		{ name: '--zone', value: 'Text' },
		{ name: '--zone-orig', value: 'Text' },
		{ name: '--zone-reply', value: 'Text' },
		{ name: '--ctevents', value: 'Text' },
		{ name: '--expevents', value: 'Text' },
		{ name: '--timeout', notModelled: true }
	],
	read(given) {
		const helper = given.text('--helper');
		if (helper !== undefined && HELPERS[helper] && !MODELLED.includes(helper))
			throw given.refusal(`\`${helper}\` is not modelled`, '--helper');
		// Each writes the one zone, `mark` stays; said of both directions it is the zone of the flow.
		const zones = given.list.filter(({ spec }) => spec.name.startsWith('--zone'));
		const numbers = zones.map(({ spec }) => readZone(given, spec.name));
		const zone = numbers.includes('mark') ? 'mark' : (numbers.at(-1) ?? 0);
		const original = given.has('--zone-orig');
		const reply = given.has('--zone-reply');
		const events = readEvents(given, '--ctevents', EVENTS);
		const expectEvents = readEvents(given, '--expevents', ['new']);
		return {
			notrack: given.has('--notrack'),
			...(helper !== undefined && { helper }),
			zone,
			...(original && !reply && { zoneDirection: 'original' as const }),
			...(reply && !original && { zoneDirection: 'reply' as const }),
			...(events && { events }),
			...(expectEvents && { expectEvents })
		};
	},
	save: (options) => words(options, '--'),
	list: (options) => `CT ${words(options, '')}`.trimEnd(),
	statements(options) {
		if (options.notrack) return [{ kind: 'notrack' }];
		return [{ kind: 'xt', name: 'CT', options }];
	},
	check(options, place) {
		const elsewhere = onlyIn('CT', 'raw', place);
		if (elsewhere !== null || options.notrack || options.helper === undefined) return elsewhere;
		const protocols = HELPERS[options.helper] ?? [];
		const asked = place.protocol && !place.protocol.negated ? place.protocol.number : 0;
		return protocols.includes(asked)
			? null
			: `there is no helper \`${options.helper}\` for the protocol asked for`;
	}
});

export const notrack = extension<Record<string, never>>({
	name: 'NOTRACK',
	options: [],
	read: () => ({}),
	save: () => '',
	list: () => 'NOTRACK',
	statements: () => [{ kind: 'notrack' }],
	check: (_options, place) => onlyIn('NOTRACK', 'raw', place)
});
