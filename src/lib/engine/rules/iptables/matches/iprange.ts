/** `-m iprange`: addresses from … to …. */
import { formatAddress } from '../../../packet';
import type { Statement } from '../../ruleset';
import { bang, extension, type GivenOptions } from '../extension';

export interface AddressRangeMatch {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

export interface IprangeMatch {
	readonly source?: AddressRangeMatch;
	readonly destination?: AddressRangeMatch;
}

function readRange(given: GivenOptions, name: string): AddressRangeMatch | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	return { ...(option.value as { from: number; to: number }), negated: option.negated };
}

const text = (range: AddressRangeMatch): string =>
	`${formatAddress(range.from)}-${formatAddress(range.to)}`;

function statement(field: string, range: AddressRangeMatch): Statement {
	return {
		kind: 'match',
		left: { kind: 'payload', protocol: 'ip', field },
		op: range.negated ? '!=' : '==',
		right: { kind: 'range', from: range.from, to: range.to }
	};
}

export const iprange = extension<IprangeMatch>({
	name: 'iprange',
	options: [
		{ name: '--src-range', value: 'AddressRange', negatable: true },
		{ name: '--dst-range', value: 'AddressRange', negatable: true }
	],
	read(given) {
		if (given.list.length === 0) throw given.refusal('`iprange` needs --src-range or --dst-range');
		const source = readRange(given, '--src-range');
		const destination = readRange(given, '--dst-range');
		return { ...(source && { source }), ...(destination && { destination }) };
	},
	save(match) {
		const parts: string[] = [];
		if (match.source) parts.push(`${bang(match.source.negated)}--src-range ${text(match.source)}`);
		if (match.destination)
			parts.push(`${bang(match.destination.negated)}--dst-range ${text(match.destination)}`);
		return parts.join(' ');
	},
	list(match) {
		const parts: string[] = [];
		if (match.source)
			parts.push(`source IP range ${bang(match.source.negated)}${text(match.source)}`);
		if (match.destination)
			parts.push(
				`destination IP range ${bang(match.destination.negated)}${text(match.destination)}`
			);
		return parts.join(' ');
	},
	statements: (match) => [
		...(match.source ? [statement('saddr', match.source)] : []),
		...(match.destination ? [statement('daddr', match.destination)] : [])
	]
});
