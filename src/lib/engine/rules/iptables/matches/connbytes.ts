/** `-m connbytes`: how many packets or bytes a flow has carried, or how long its packets are on average. */
import { bang, extension, type GivenOptions } from '../extension';
import { not } from '../text';

type Way = 'original' | 'reply' | 'both';
type Mode = 'packets' | 'bytes' | 'avgpkt';

export interface ConnbytesMatch {
	/** Above `to`, all but what is between the two is meant. */
	readonly from: bigint;
	readonly to: bigint;
	readonly way: Way;
	readonly mode: Mode;
}

const MOST = 2n ** 64n - 1n;

function oneOf<T extends string>(given: GivenOptions, name: string, words: readonly T[]): T {
	const found = words.find((word) => word === given.text(name));
	if (!found) throw given.refusal(`expected one of ${words.join(', ')}`, name);
	return found;
}

function parts({ from, to }: ConnbytesMatch): { negated: boolean; low: bigint; high: bigint } {
	return from > to
		? { negated: true, low: to, high: from }
		: { negated: false, low: from, high: to };
}

/** Its numbers with a `!` before them, as iptables prints them: an end that is 0 is left out, too. */
function words(match: ConnbytesMatch, name: string): string {
	const { negated, low, high } = parts(match);
	const end = high === MOST || high === 0n ? '' : `:${high}`;
	return `${bang(negated)}${name} ${low}${end}`;
}

function nftRange(match: ConnbytesMatch): string {
	const { negated, low, high } = parts(match);
	if (low === high) return String(low);
	if (high === MOST) return `${negated ? 'lt' : 'ge'} ${low}`;
	return `${not(negated)}${low}-${high}`;
}

export const connbytes = extension<ConnbytesMatch>({
	name: 'connbytes',
	options: [
		{ name: '--connbytes', value: 'LongRange', negatable: true },
		{ name: '--connbytes-dir', value: 'Text' },
		{ name: '--connbytes-mode', value: 'Text' }
	],
	countsFlows: true,
	read(given) {
		given.need('--connbytes');
		given.need('--connbytes-dir');
		given.need('--connbytes-mode');
		const { value, negated } = given.get('--connbytes')!;
		const { from, to } = value as { from: bigint; to: bigint };
		return {
			from: negated ? to : from,
			to: negated ? from : to,
			way: oneOf(given, '--connbytes-dir', ['original', 'reply', 'both']),
			mode: oneOf(given, '--connbytes-mode', ['packets', 'bytes', 'avgpkt'])
		};
	},
	save: (match) =>
		`${words(match, '--connbytes')} --connbytes-mode ${match.mode} --connbytes-dir ${match.way}`,
	list: (match) =>
		`${words(match, 'connbytes')} connbytes mode ${match.mode} connbytes direction ${match.way}`,
	nft: (match) =>
		`ct ${match.way === 'both' ? '' : `${match.way} `}${match.mode} ${nftRange(match)}`,
	statements: (match) => [{ kind: 'xt', name: 'connbytes', options: match }]
});
