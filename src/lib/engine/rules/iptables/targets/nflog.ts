/** `-j NFLOG`: the packet told to who listens, which changes nothing of it. */
import { extension } from '../extension';
import { quoted } from '../text';

export interface NflogOptions {
	readonly group: number;
	readonly prefix?: string;
	/** How much of the packet is told. */
	readonly size?: number;
	/** How many packets are told at once. */
	readonly threshold: number;
}

/** Longest prefix that is kept (`NF_LOG_PREFIXLEN`). */
const LONGEST = 127;

function words({ group, prefix, size, threshold }: NflogOptions, dashes: string): string {
	const parts: string[] = [];
	if (prefix !== undefined) parts.push(`${dashes}nflog-prefix ${quoted(prefix)}`);
	if (group > 0) parts.push(`${dashes}nflog-group ${group}`);
	if (size !== undefined) parts.push(`${dashes}nflog-size ${size}`);
	if (threshold > 0) parts.push(`${dashes}nflog-threshold ${threshold}`);
	return parts.join(' ');
}

export const nflog = extension<NflogOptions>({
	name: 'NFLOG',
	options: [
		{ name: '--nflog-group', value: 'Number' },
		{ name: '--nflog-prefix', value: 'Text' },
		{ name: '--nflog-range', value: 'Number' },
		{ name: '--nflog-size', value: 'Number' },
		{ name: '--nflog-threshold', value: 'Number' }
	],
	read(given) {
		given.atMostOne('--nflog-range', '--nflog-size');
		const prefix = given.text('--nflog-prefix');
		if (prefix === '') throw given.refusal('expected at least one letter', '--nflog-prefix');
		const size = given.get('--nflog-size')?.value as number | undefined;
		return {
			group: given.numberFrom('--nflog-group', 0, 65535) ?? 0,
			...(prefix !== undefined && { prefix: prefix.slice(0, LONGEST) }),
			...(size !== undefined && { size }),
			threshold: given.numberFrom('--nflog-threshold', 0, 65535) ?? 0
		};
	},
	save: (options) => words(options, '--'),
	list: (options) => words(options, ''),
	statements: ({ group, prefix, size, threshold }) => [
		{
			kind: 'log',
			group,
			...(prefix !== undefined && { prefix }),
			...(size !== undefined && { snaplen: size }),
			...(threshold > 0 && { queueThreshold: threshold })
		}
	]
});
