/** Repair: rules, settings and routes are changed until every goal holds, with the packets shown and with others. */
import type { Scenario } from '../../scenario/scenario';
import type { Changes, HostChange, Part } from '../format/changes';
import { PARTS, applyChanges } from '../format/changes';
import type { Repair } from '../format/exercise';
import type { Goal } from '../format/goal';
import { evaluate } from '../goals/evaluate';
import { lastStep } from '../goals/last-step';
import { runScenario } from '../run/run';
import type { RepairAnswer } from './answer';
import type { Checked, Result } from './result';
import { failed, resultOf } from './result';

/** The scenario as an answer leaves it; parts that may not be changed stay as they are. */
export function repaired(
	{ change, scenario }: Repair,
	changes: Changes
): ReturnType<typeof applyChanges> {
	const allowed = Object.entries(change).map(([host, parts]): [string, HostChange] => {
		const given: HostChange = Object.hasOwn(changes, host) ? changes[host]! : {};
		const keep = (part: Part): boolean => parts.includes(part) && given[part] !== undefined;
		return [host, Object.fromEntries(PARTS.filter(keep).map((part) => [part, given[part]]))];
	});
	return applyChanges(scenario, Object.fromEntries(allowed));
}

export function checkGoals(scenario: Scenario, goals: readonly Goal[]): Checked[] | Result {
	const ran = runScenario(scenario, lastStep(goals));
	if (!ran.ok) return failed(ran.errors);
	return goals.map((goal) => ({ ...evaluate(goal, ran.run), about: { goal } }));
}

export function checkRepair(exercise: Repair, { changes }: RepairAnswer): Result {
	const { scenario, errors } = repaired(exercise, changes);
	if (errors.length > 0) return failed(errors);
	const shown = checkGoals(scenario, exercise.goals);
	if (!Array.isArray(shown)) return shown;
	const hidden: Checked[] = [];
	for (const [i, { steps, goals, title }] of (exercise.hidden ?? []).entries()) {
		const found = checkGoals({ ...scenario, steps: [...steps] }, goals);
		if (!Array.isArray(found)) return found;
		for (const one of found)
			if ('goal' in one.about)
				hidden.push({
					...one,
					about: { goal: one.about.goal, hidden: { title: title ?? null, case: i } }
				});
	}
	return resultOf([...shown, ...hidden]);
}
