/** What elements of sets have of their own, as `nft list` writes it. */
import type { OwnStatement } from '../ruleset';
import { printCount } from './print-count';
import { printLimit } from './print-limit';
import { printQuota } from './print-quota';

/** Of one element, with what it has counted. */
export function printOwn(own: OwnStatement, stateless = false): string {
	if (stateless) return printEach(own);
	if (own.kind === 'counter')
		return `counter packets ${own.state.packets} bytes ${own.state.bytes}`;
	return own.kind === 'quota' ? `quota ${printQuota(own.state)}` : printEach(own);
}

/** Of every element, as sets and rules say it. */
export function printEach(each: OwnStatement): string {
	switch (each.kind) {
		case 'counter':
			return 'counter';
		case 'limit':
			return printLimit(each);
		case 'quota':
			return `quota ${printQuota(each.state, true)}`;
		case 'count':
			return printCount(each);
	}
}
