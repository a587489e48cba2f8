import type { QuotaState } from '../ruleset';
import type { BytesNode, QuotaBytes } from './ast';
import { KernelFault, notModelled } from './fault';
import type { Place } from './place';
import { unitSize } from './translate-limit';
import type { Values } from './values';

/** `quota [over|until] N bytes [used N bytes]` (`nft_quota_do_init`). What is not said is 0. */
export function translateQuota(node: Partial<QuotaBytes> & Place, values: Values): QuotaState {
	const bytes = node.bytes ? bytesOf(node.bytes, values) : 0;
	const used = node.used ? bytesOf(node.used, values) : 0;
	if (used > bytes) throw new KernelFault(node.used!, 'more is used than there is of the quota');
	return { bytes, used, over: node.over ?? false };
}

function bytesOf(node: BytesNode, values: Values): number {
	const bytes = values.count(node.count) * unitSize(node.unit);
	if (bytes >= 2 ** 63) throw new KernelFault(node, 'the kernel cannot count so many bytes');
	if (bytes > Number.MAX_SAFE_INTEGER)
		throw notModelled(node, `a quota above ${Number.MAX_SAFE_INTEGER} bytes`);
	return bytes;
}
