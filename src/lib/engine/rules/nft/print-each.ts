/** What each element of a set has of its own, as `nft list` writes it in rules and in sets. */
import type { OwnStatement } from '../ruleset';
import { printCount } from './print-count';
import { printLimit } from './print-limit';
import { printQuota } from './print-quota';

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
