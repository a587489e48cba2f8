import { PERIOD_SECONDS } from '../periods';
import type { LimitStatement } from '../ruleset';
import type { LimitNode } from './ast';
import { Fault, KernelFault } from './fault';
import type { Values } from './values';

const SIZE = { packets: 1, bytes: 1, kbytes: 1024, mbytes: 1024 * 1024 } as const;
/** `NFT_LIMIT_PKT_BURST_DEFAULT`. */
const DEFAULT_BURST = 5;

/** `limit rate …`. Bytes have no burst of their own unless it is given. */
export function translateLimit(node: LimitNode, values: Values): LimitStatement {
	const rate = values.count(node.rate);
	if (rate === 0) throw new KernelFault(node.rate, 'a limit needs a rate above 0');
	const bytes = node.unit !== 'packets';
	if (node.burst && (node.burst.unit !== 'packets') !== bytes)
		throw new Fault(
			node.burst,
			bytes
				? 'the burst of a rate of bytes is in bytes'
				: 'the burst of a rate of packets is in packets'
		);
	const given = node.burst ? values.count(node.burst.burst) : bytes ? 0 : DEFAULT_BURST;
	if (node.burst && !bytes && given === 0)
		throw new Fault(node.burst, 'the burst of a rate of packets must be above 0');
	// The attribute has 32 bits.
	const burst = bytes ? given : given % 2 ** 32 || DEFAULT_BURST;
	refuseTooLarge(node, rate, burst);
	return {
		kind: 'limit',
		arithmetic: 'nft',
		over: node.over,
		rate,
		unit: node.unit,
		per: node.per,
		burst,
		burstUnit: node.burst?.unit ?? node.unit,
		state: { tokens: null, last: 0 }
	};
}

/** The kernel counts tokens in nanoseconds, with 64 bits (`nft_limit_init`). */
function refuseTooLarge(node: LimitNode, rate: number, burst: number): void {
	const most = 2n ** 64n - 1n;
	const times = BigInt(SIZE[node.unit]) * BigInt(rate);
	const atOnce = BigInt(SIZE[node.burst?.unit ?? node.unit]) * BigInt(burst);
	const span = BigInt(PERIOD_SECONDS[node.per]) * 1_000_000_000n;
	const tokens = node.unit === 'packets' ? (span / times) * atOnce : span * (times + atOnce);
	if (times + atOnce > most || tokens > most)
		throw new KernelFault(
			node,
			'the kernel cannot count so far: the rate or the burst is too large'
		);
}

/** How many packets or bytes a unit stands for. */
export function unitSize(unit: LimitStatement['unit']): number {
	return SIZE[unit];
}
