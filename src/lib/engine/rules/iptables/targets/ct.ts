/** `-j CT` and `-j NOTRACK`, in the raw table: how the packet is to be tracked, if at all. */
import { TCP, UDP } from '../../../packet';
import { extension } from '../extension';

export interface CtOptions {
	readonly notrack: boolean;
	readonly helper?: string;
	/** 0: the default zone. */
	readonly zone: number;
	readonly zoneDirection?: 'original' | 'reply';
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
	const suffix =
		options.zoneDirection === 'original'
			? '-orig'
			: options.zoneDirection === 'reply'
				? '-reply'
				: '';
	if (options.zone !== 0) parts.push(`${dashes}zone${suffix} ${options.zone}`);
	return parts.join(' ');
}

export const ct = extension<CtOptions>({
	name: 'CT',
	options: [
		{ name: '--notrack' },
		{ name: '--helper', value: 'Text' },
		{ name: '--zone', value: 'Text' },
		{ name: '--zone-orig', value: 'Text' },
		{ name: '--zone-reply', value: 'Text' },
		{ name: '--ctevents', notModelled: true },
		{ name: '--expevents', notModelled: true },
		{ name: '--timeout', notModelled: true }
	],
	read(given) {
		const helper = given.text('--helper');
		if (helper !== undefined && HELPERS[helper] && !MODELLED.includes(helper))
			throw given.refusal(`\`${helper}\` is not modelled`, '--helper');
		// Each writes the one zone; said of both directions it is the zone of the flow.
		const zones = given.list.filter(({ spec }) => spec.name.startsWith('--zone'));
		const option = zones.at(-1)?.spec.name ?? '--zone';
		const one = zones.length === 1;
		const zone = given.text(option) ?? '0';
		if (zone === 'mark') throw given.refusal('`mark` is not modelled', option);
		const number = /^(0x[0-9a-f]+|\d+)$/i.test(zone) ? Number(zone) : NaN;
		if (!(number <= 65535)) throw given.refusal('expected a zone (0 to 65535)', option);
		return {
			notrack: given.has('--notrack'),
			...(helper !== undefined && { helper }),
			zone: number,
			...(one && option === '--zone-orig' && { zoneDirection: 'original' as const }),
			...(one && option === '--zone-reply' && { zoneDirection: 'reply' as const })
		};
	},
	save: (options) => words(options, '--'),
	list: (options) => `CT ${words(options, '')}`.trimEnd(),
	statements(options) {
		if (options.notrack) return [{ kind: 'notrack' }];
		return [{ kind: 'xt', name: 'CT', options }];
	},
	check(options, place) {
		if (place.table !== 'raw') return '`CT` can stand in the raw table only';
		if (options.notrack || options.helper === undefined) return null;
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
	check: (_options, place) =>
		place.table === 'raw' ? null : '`NOTRACK` can stand in the raw table only'
});
