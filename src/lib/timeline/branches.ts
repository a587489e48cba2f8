/**
 * What would have happened otherwise: a tree of scenarios that have their first steps in common, each with its own
 * timeline. A branch leaves the one that it comes from between two steps (or while the packet of a step is made to
 * wait, see `Insertion`), or at the very beginning with other rules. Nothing is lost: the old future is kept beside the
 * new one, and each branch is a scenario of its own that can be saved and linked to.
 */
import type { HostSpec, Scenario } from '../scenario/scenario';
import { withSteps } from './insert-steps';
import type { Insertion } from './insert-steps';
import type { Timeline } from './timeline';

/** How a branch differs from the one it comes from. */
export type Difference =
	| { readonly kind: 'steps'; readonly insertion: Insertion }
	/** Hosts that began with other rules. */
	| { readonly kind: 'rules'; readonly hosts: readonly string[] };

export interface Branch {
	/** Counts up from 0, the scenario as it was given; never given again. */
	readonly id: number;
	readonly parent: Branch | null;
	/** `null`: as it was given. */
	readonly difference: Difference | null;
	/** The first step (from 0) that can be another one than in the branch it comes from. */
	readonly at: number;
	readonly scenario: Scenario;
}

/** Events of timelines that are kept ready: of a branch beyond that, the scenario is run again when it is gone to. */
const EVENTS_KEPT = 400_000;

type Hosts = Scenario['hosts'];

export class Branches {
	private list: Branch[];
	private ids = 0;
	/** Timelines, the last used last. */
	private readonly timelines = new Map<Branch, Timeline>();

	/**
	 * @param given what happens in the scenario as it was given
	 * @param run runs another one, with the same random choices; throws a `ScenarioFault` when it cannot be run
	 */
	constructor(
		given: Timeline,
		private readonly run: (scenario: Scenario) => Timeline
	) {
		const { scenario } = given;
		const trunk: Branch = { id: this.ids++, parent: null, difference: null, at: 0, scenario };
		this.list = [trunk];
		this.keep(trunk, given);
	}

	/** The scenario as it was given. */
	get trunk(): Branch {
		return this.list[0]!;
	}

	/** All branches, each after the one that it comes from. A list that is not changed any more. */
	get all(): readonly Branch[] {
		return this.list;
	}

	/** What happens in a branch. */
	timelineOf(branch: Branch): Timeline {
		const timeline = this.timelines.get(branch) ?? this.run(branch.scenario);
		this.keep(branch, timeline);
		return timeline;
	}

	private keep(branch: Branch, timeline: Timeline): void {
		this.timelines.delete(branch);
		this.timelines.set(branch, timeline);
		let events = 0;
		for (const [other, { events: own }] of [...this.timelines].reverse()) {
			events += own.length;
			if (events > EVENTS_KEPT && other !== branch) this.timelines.delete(other);
		}
	}

	/**
	 * Do other steps at one place of a branch.
	 *
	 * @param insertion steps that `checkSteps` found good
	 * @throws ScenarioFault when the scenario that comes of it cannot be run; nothing has changed then
	 */
	branchAt(parent: Branch, insertion: Insertion): Branch {
		// With a packet made to wait, the step that sends it is the first to differ.
		const at = insertion.meanwhile ? insertion.at - 1 : insertion.at;
		const scenario = withSteps(parent.scenario, insertion);
		return this.add(parent, { kind: 'steps', insertion }, at, scenario);
	}

	/** Begin with other rules: `hosts` has the texts. Throws as `branchAt` does. */
	branchWithRules(parent: Branch, hosts: Hosts): Branch {
		const scenario = { ...parent.scenario, hosts };
		return this.add(parent, rulesDiffer(parent.scenario.hosts, hosts), 0, scenario);
	}

	/**
	 * Change the rules of a branch that has other rules and no branches of its own, in its place: whoever types does
	 * not want a branch a letter. Throws as `branchAt` does.
	 */
	changeRules(branch: Branch, hosts: Hosts): Branch {
		const { parent, difference } = branch;
		if (difference?.kind !== 'rules' || !parent || this.hasChildren(branch))
			throw new RangeError('only a branch at an end that differs in its rules can be changed');
		const changed: Branch = {
			...branch,
			difference: rulesDiffer(parent.scenario.hosts, hosts),
			scenario: { ...branch.scenario, hosts }
		};
		this.timelineOf(changed);
		this.timelines.delete(branch);
		this.list = this.list.map((one) => (one === branch ? changed : one));
		return changed;
	}

	/** Whether other branches come from this one. */
	hasChildren(branch: Branch): boolean {
		return this.list.some(({ parent }) => parent === branch);
	}

	/** Forget a branch and all that come from it; the trunk stays. */
	remove(branch: Branch): void {
		if (branch === this.trunk) return;
		const gone = new Set<Branch | null>([branch]);
		// Each comes after the one that it comes from.
		for (const one of this.list) if (gone.has(one.parent)) gone.add(one);
		this.list = this.list.filter((one) => !gone.has(one));
		for (const one of gone) if (one) this.timelines.delete(one);
	}

	private add(parent: Branch, difference: Difference, at: number, scenario: Scenario): Branch {
		const branch: Branch = { id: this.ids, parent, difference, at, scenario };
		this.timelineOf(branch);
		this.ids++;
		this.list = [...this.list, branch];
		return branch;
	}
}

/**
 * The first step (from 0) that two branches need not have in common, as far as steps go: with other rules the same
 * steps are done, and can come out another way from the first on. `Infinity` where all steps are the same.
 */
export function stepsPart(a: Branch, b: Branch): number {
	const ancestors = new Set<Branch>();
	for (let one: Branch | null = a; one; one = one.parent) ancestors.add(one);
	let meeting: Branch = b;
	while (!ancestors.has(meeting) && meeting.parent) meeting = meeting.parent;
	let first = Infinity;
	for (const end of [a, b])
		for (let one = end; one !== meeting && one.parent; one = one.parent)
			if (one.difference?.kind === 'steps') first = Math.min(first, one.at);
	return first;
}

const same = (a: HostSpec | undefined, b: HostSpec | undefined): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/** Whether two sets of hosts are the same to the letter. */
export function sameHosts(a: Hosts, b: Hosts): boolean {
	return Object.keys({ ...a, ...b }).every((name) => same(a[name], b[name]));
}

function rulesDiffer(before: Hosts, after: Hosts): Difference {
	const hosts = Object.keys(after).filter((name) => !same(before[name], after[name]));
	return { kind: 'rules', hosts };
}
