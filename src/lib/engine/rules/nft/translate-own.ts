/** What an element of a set has of its own, as a set or a rule says it. */
import type { CounterState, OwnStatement } from '../ruleset';
import type { OwnNode, Word } from './ast';
import { translateCount } from './translate-count';
import { translateLimit } from './translate-limit';
import { translateQuota } from './translate-quota';
import type { Values } from './values';

/** `NFT_SET_EXPR_MAX` */
export const MOST_OWN = 2;

/** What a counter begins with. */
export function counterState(
	values: Values,
	{ packets, bytes }: { readonly packets?: Word | null; readonly bytes?: Word | null }
): CounterState {
	return {
		packets: packets ? values.count(packets) : 0,
		bytes: bytes ? values.count(bytes) : 0
	};
}

export function translateOwn(node: OwnNode, values: Values): OwnStatement {
	switch (node.kind) {
		case 'counter':
			return { kind: 'counter', state: counterState(values, node.values ?? {}) };
		case 'limit':
			return translateLimit(node, values);
		case 'quota':
			return { kind: 'quota', state: translateQuota(node, values) };
		case 'count':
			return translateCount(node, values);
	}
}
