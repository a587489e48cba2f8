/** What an element of a set has of its own, as a set or a rule says it. */
import type { OwnStatement } from '../ruleset';
import type { OwnNode } from './ast';
import { translateCount } from './translate-count';
import { translateLimit } from './translate-limit';
import { translateQuota } from './translate-quota';
import type { Values } from './values';

/** `NFT_SET_EXPR_MAX` */
export const MOST_OWN = 2;

export function translateOwn(node: OwnNode, values: Values): OwnStatement {
	switch (node.kind) {
		case 'counter':
			return {
				kind: 'counter',
				state: {
					packets: node.values?.packets ? values.count(node.values.packets) : 0,
					bytes: node.values?.bytes ? values.count(node.values.bytes) : 0
				}
			};
		case 'limit':
			return translateLimit(node, values);
		case 'quota':
			return { kind: 'quota', state: translateQuota(node, values) };
		case 'count':
			return translateCount(node, values);
	}
}
