import { newList } from '../../conntrack/count';
import type { CountStatement } from '../ruleset';
import type { CountNode } from './ast';
import { Fault } from './fault';
import type { Values } from './values';

/** `ct count [over] N`. nft reads 64 bits, the attribute has 32. */
export function translateCount(node: CountNode, values: Values): CountStatement {
	const limit = values.count(node.limit);
	if (limit >= 2 ** 64) throw new Fault(node.limit, `\`${node.limit.text}\` is not a number`);
	return {
		kind: 'count',
		over: node.over,
		limit: limit % 2 ** 32,
		list: newList()
	};
}
