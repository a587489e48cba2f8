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
	const burst = node.burst ? values.count(node.burst.burst) : bytes ? 0 : DEFAULT_BURST;
	if (node.burst && !bytes && burst === 0)
		throw new Fault(node.burst, 'the burst of a rate of packets must be above 0');
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

/** How many packets or bytes a unit stands for. */
export function unitSize(unit: LimitStatement['unit']): number {
	return SIZE[unit];
}
