/** `limit`: a token bucket in nanoseconds (`nft_limit_eval`). */
import type { RuleContext } from './context';
import { unitSize } from './nft/translate-limit';
import { PERIOD_SECONDS } from './periods';
import type { LimitStatement } from './ruleset';

const NS_PER_S = 1e9;
const NS_PER_MS = 1e6;

interface Bucket {
	/** Nanoseconds the bucket holds when it is full. */
	readonly full: number;
	/** Nanoseconds a packet of so many bytes costs. */
	cost(length: number): number;
}

const buckets = new WeakMap<LimitStatement, Bucket>();

/** a * b / c in whole numbers, exact also where a * b needs more than 53 bits. */
function scale(a: number, b: number, c: number): number {
	const product = a * b;
	return product <= Number.MAX_SAFE_INTEGER
		? Math.floor(product / c)
		: Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** `nft_limit_init`: tokens are counted in the time they take to come back. */
function bucketOf(limit: LimitStatement): Bucket {
	const known = buckets.get(limit);
	if (known) return known;
	const span = PERIOD_SECONDS[limit.per] * NS_PER_S;
	const rate = limit.rate * unitSize(limit.unit);
	const burst = limit.burst * unitSize(limit.burstUnit ?? limit.unit);
	const each = Math.floor(span / rate);
	const made: Bucket =
		limit.unit === 'packets'
			? { full: each * burst, cost: () => each }
			: {
					full: scale(span, rate + burst, rate),
					cost: (length) => scale(span, length, rate)
				};
	buckets.set(limit, made);
	return made;
}

/** Whether a packet of `length` bytes passes the limit; takes its tokens if there are enough. */
export function limitPasses(ctx: RuleContext, limit: LimitStatement, length: number): boolean {
	const { state } = limit;
	const { full, cost } = bucketOf(limit);
	const before = state.tokens ?? full;
	const tokens = Math.min(full, before + (ctx.now - state.last) * NS_PER_MS);
	const left = tokens - cost(length);
	ctx.journal.set(state, 'last', ctx.now);
	ctx.journal.set(state, 'tokens', left >= 0 ? left : tokens);
	return left >= 0 !== limit.over;
}
