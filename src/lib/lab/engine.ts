/**
 * The engine behind a page's Labs. A Lab that only shows what happened has it from a timeline that was worked out when
 * the site was built; the engine, by far the largest part of the Lab, is fetched when something else is to be run.
 */
import type { Scenario } from '$lib/scenario/scenario';
import type { Timeline } from '$lib/timeline/timeline';
import { printWith } from './model/rule-text';
import type { RuleErrors } from './with-engine';

type Run = (scenario: Scenario) => Timeline;

let run: Run | null = null;
let errorsView: typeof RuleErrors | null = null;

/** Whether a scenario can be run at once. */
export function engineIsHere(): boolean {
	return run !== null;
}

/** Fetches the engine, once; rejects when it cannot be had, and can be called again then. */
export async function fetchEngine(): Promise<void> {
	if (run) return;
	const { runTimeline, printedRule, RuleErrors } = await import('./with-engine');
	printWith(printedRule);
	errorsView = RuleErrors;
	run = runTimeline;
}

/**
 * Runs a scenario, if the engine is here.
 *
 * @throws ScenarioFault when its rules or routes cannot be read
 */
export function runScenario(scenario: Scenario): Timeline {
	if (!run) throw new Error('the engine has not been fetched');
	return run(scenario);
}

/** What shows errors in rules: the engine finds them, so it is here by then. */
export const ruleErrorsView = () => errorsView!;

// Pages are worked out with it when the site is built, and so are tests. A browser waits for nothing here.
if (import.meta.env.SSR || import.meta.env.MODE === 'test') await fetchEngine();
