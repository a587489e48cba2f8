/** What the kernel finds wrong with a transaction of nft when it is committed. */
import { commitFaults } from '../commit-check';
import type { Rule, Verdict } from '../ruleset';
import type { Draft } from './draft';
import type { Place } from './place';

type Fail = (place: Place, message: string) => void;

/**
 * Check every table; `fail` is told of what is wrong, with the place of a rule of this text.
 *
 * @returns how often the kernel tries: what it finds only at the end (`nf_tables_validate`) makes it go through
 *   all of it again, to see which rule it was
 */
export function checkCommit(
	draft: Draft,
	rulePlaces: ReadonlyMap<Rule, Place>,
	verdictPlaces: ReadonlyMap<Verdict, Place>,
	fail: Fail
): number {
	const somewhere: Place = { from: 0, to: 0 };
	const faults = draft.all.flatMap((table) => commitFaults(table, (set) => draft.elementsOf(set)));
	for (const { rule, verdict, message } of faults) {
		const place = (verdict && verdictPlaces.get(verdict)) ?? rulePlaces.get(rule);
		fail(place ?? [...rulePlaces.values()].at(-1) ?? somewhere, message);
	}
	return faults.length > 0 && faults.every(({ when }) => when === 'late') ? 2 : 1;
}
