/** What an element of a set has of its own, as a set or a rule says it. */
import type { OwnStatement } from '../ruleset';
import type { OwnNode } from './ast';
import { translateCount } from './translate-count';
import { translateLimit } from './translate-limit';
import { translateQuota } from './translate-quota';
import type { Values } from './values';

/** Counters and quotas begin at 0, whatever is written. */
export function translateOwn(node: OwnNode, values: Values): OwnStatement {
	switch (node.kind) {
		case 'counter':
			return { kind: 'counter', state: { packets: 0, bytes: 0 } };
		case 'limit':
			return translateLimit(node, values);
		case 'quota':
			return { kind: 'quota', state: translateQuota(node, values) };
		case 'count':
			return translateCount(node, values);
	}
}
