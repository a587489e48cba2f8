/** How `nft list` shows a match hashlimit: as a meter, by iptables' translation (`hashlimit_mt_xlate`). */
import { formatAddress, maskOf } from '../../packet';
import { bytesOf, packetRate, type HashlimitMatch } from './matches/hashlimit';

/** What the translation asks of a packet, in its order. */
function meterKeys({ modes, srcmask, dstmask, rateMatch }: HashlimitMatch): string {
	const address = (field: string, length: number): string =>
		length === 32 ? `ip ${field}` : `ip ${field} and ${formatAddress(maskOf(length))}`;
	const texts = {
		dstip: address('daddr', dstmask),
		dstport: 'tcp dport',
		srcip: address('saddr', srcmask),
		srcport: 'tcp sport'
	};
	const keys = (['dstip', 'dstport', 'srcip', 'srcport'] as const).filter((mode) =>
		modes.includes(mode)
	);
	// Of rates that are compared the translation has no name.
	return [...keys.map((mode) => texts[mode]), ...(rateMatch ? ['(null)'] : [])].join(' . ');
}

export function meterText(match: HashlimitMatch): string {
	if (match.modes.length === 0 && !match.rateMatch) return 'xt match hashlimit';
	const parts = [`meter ${match.name} {`, meterKeys(match)];
	if (match.expire !== 1000) parts.push(`timeout ${Math.floor(match.expire / 1000)}s`);
	parts.push(`limit rate${match.above ? ' over' : ''}`);
	if (match.bytes) {
		const { rate, burst } = bytesOf(match);
		const amount = ([count, unit]: [number, string]): string => `${count} ${unit}bytes`;
		parts.push(`${amount(rate)}/second`);
		if (burst) parts.push(`burst ${amount(burst)}`);
	} else {
		const { count, unit } = packetRate(match);
		parts.push(`${count}/${unit.name}`);
		if (match.burst !== 5) parts.push(`burst ${match.burst} packets`);
	}
	return [...parts, '}'].join(' ');
}
