/**
 * `-m limit`. iptables-nft writes it as nft's own limit, so the bucket is nft's; only the text
 * is kept as iptables rounds it.
 */
import { extension } from '../extension';

export interface LimitMatch {
	readonly rate: number;
	readonly per: 'day' | 'hour' | 'minute' | 'second';
	readonly burst: number;
}

/** Ten-thousandths of a second in each unit (`XT_LIMIT_SCALE`). */
const SCALE = 10000;
const UNITS = [
	['day', 86400 * SCALE],
	['hour', 3600 * SCALE],
	['minute', 60 * SCALE],
	['second', SCALE]
] as const;

const SHORT = { day: 'day', hour: 'hour', minute: 'min', second: 'sec' } as const;

/** The rate as iptables gives it back: the smallest unit it fits without too much lost. */
function normalise(count: number, unit: LimitMatch['per']): Pick<LimitMatch, 'rate' | 'per'> {
	const scale = UNITS.find(([name]) => name === unit)![1];
	const period = Math.floor(scale / count);
	let chosen = 0;
	for (let i = 1; i < UNITS.length; i++) {
		const size = UNITS[i]![1];
		if (period > size || Math.floor(size / period) < size % period) break;
		chosen = i;
	}
	const [per, size] = UNITS[chosen]!;
	return { rate: Math.floor(size / period), per };
}

export const limit = extension<LimitMatch>({
	name: 'limit',
	options: [
		{ name: '--limit', value: 'Rate' },
		{ name: '--limit-burst', value: 'Number' }
	],
	read(given) {
		const asked = given.get('--limit')?.value;
		const { count, unit } = (asked as { count: number; unit: LimitMatch['per'] }) ?? {
			count: 3,
			unit: 'hour' as const
		};
		const perSecond = count / (UNITS.find(([name]) => name === unit)![1] / SCALE);
		if (perSecond > SCALE)
			throw given.refusal('expected a rate of at most 10000/second', '--limit');
		const burst = given.number('--limit-burst', 5);
		if (burst > 10000) throw given.refusal('expected a number from 0 to 10000', '--limit-burst');
		return { ...normalise(count, unit), burst: burst === 0 ? 5 : burst };
	},
	save(match) {
		const rate = `--limit ${match.rate}/${SHORT[match.per]}`;
		return match.burst === 5 ? rate : `${rate} --limit-burst ${match.burst}`;
	},
	list: (match) => `limit: avg ${match.rate}/${SHORT[match.per]} burst ${match.burst}`,
	statements: (match) => [
		{
			kind: 'limit',
			arithmetic: 'nft',
			over: false,
			rate: match.rate,
			unit: 'packets',
			per: match.per,
			burst: match.burst,
			state: { tokens: null, last: 0 }
		}
	]
});
