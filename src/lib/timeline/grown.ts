/** A tree of branches as something that can be kept, and grown again from its trunk. */
import type { Scenario } from '../scenario/scenario';
import type { Branch, Branches } from './branches';
import type { Insertion } from './insert-steps';
import { withSteps } from './insert-steps';

/** How one branch came to be: from which (its place in the list, the trunk's being 0), and what is otherwise there. */
export interface Grown {
	readonly from: number;
	readonly insertion?: Insertion;
	/** The hosts that began with other rules, as they did. */
	readonly hosts?: Scenario['hosts'];
}

/** Each branch but the trunk, after the one that it comes from. */
export function grown(branches: readonly Branch[]): Grown[] {
	return branches.flatMap(({ parent, difference, scenario }): Grown[] => {
		if (!parent || !difference) return [];
		const from = branches.indexOf(parent);
		if (difference.kind === 'steps') return [{ from, insertion: difference.insertion }];
		const hosts = difference.hosts.map((name) => [name, scenario.hosts[name]!] as const);
		return [{ from, hosts: Object.fromEntries(hosts) }];
	});
}

/**
 * Grow branches on a tree that has its trunk alone. What was kept may be spoilt: a branch that cannot be grown, or comes
 * from such a one, is left out.
 *
 * @param isWhole whether what comes of it is a scenario that may be run
 * @returns each branch at its place in the list that `grown` saw; `null` for those left out
 */
export function regrow(
	tree: Branches,
	kept: readonly Grown[],
	isWhole: (scenario: Scenario) => boolean
): (Branch | null)[] {
	const made: (Branch | null)[] = [tree.trunk];
	for (const one of kept) {
		try {
			const parent = made[one.from] ?? null;
			made.push(parent && branchFrom(tree, parent, one, isWhole));
		} catch {
			made.push(null);
		}
	}
	return made;
}

function branchFrom(
	tree: Branches,
	parent: Branch,
	{ insertion, hosts }: Grown,
	isWhole: (scenario: Scenario) => boolean
): Branch | null {
	const { scenario } = parent;
	const all = { ...scenario.hosts, ...hosts };
	const then = insertion ? withSteps(scenario, insertion) : { ...scenario, hosts: all };
	if (!isWhole(then)) return null;
	return insertion ? tree.branchAt(parent, insertion) : tree.branchWithRules(parent, all);
}
