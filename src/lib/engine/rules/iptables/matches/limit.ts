/**
 * `-m limit`. iptables-nft writes it as nft's own limit, so the bucket is nft's; only the text
 * is kept as iptables rounds it.
 */
import { extension } from '../extension';
import { rateOf, unitOf, type Unit } from '../rate';

export interface LimitMatch {
	readonly rate: number;
	readonly per: Unit['name'];
	readonly burst: number;
}

/** Parts of a second in which a period is counted (`XT_LIMIT_SCALE`). */
const SCALE = 10000;

/** As it is kept: a rate is read back from a period in whole parts of a second. */
export function limitOf(count: number, seconds: number, burst: number): LimitMatch {
	const rate = rateOf(Math.floor((SCALE * seconds) / count), SCALE);
	return { rate: rate.count, per: rate.unit.name, burst: burst === 0 ? 5 : burst };
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
		const { seconds } = unitOf(unit);
		if (count / seconds > SCALE)
			throw given.refusal('expected a rate of at most 10000/second', '--limit');
		const burst = given.numberFrom('--limit-burst', 0, 10000) ?? 5;
		return limitOf(count, seconds, burst);
	},
	save(match) {
		const rate = `--limit ${match.rate}/${unitOf(match.per).short}`;
		return match.burst === 5 ? rate : `${rate} --limit-burst ${match.burst}`;
	},
	list: (match) => `limit: avg ${match.rate}/${unitOf(match.per).short} burst ${match.burst}`,
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
