/**
 * The engine behind a page's Labs. A Lab that only shows what happened has it from a timeline that was worked out when
 * the site was built; the engine, by far the largest part of the Lab, is fetched when something else is to be run.
 */
import type { Scenario } from '$lib/scenario/scenario';
import type { Timeline } from '$lib/timeline/timeline';
import { printWith } from './model/rule-text';

let here: typeof import('./with-engine') | null = null;

/** Whether a scenario can be run at once. */
export function engineIsHere(): boolean {
	return here !== null;
}

/** Fetches the engine, once; rejects when it cannot be had, and can be called again then. */
export async function fetchEngine(): Promise<void> {
	if (here) return;
	here = await import('./with-engine');
	printWith(here.printedRule);
}

/** What comes with the engine, which is here. */
export function withEngine(): NonNullable<typeof here> {
	if (!here) throw new Error('the engine has not been fetched');
	return here;
}

/**
 * Runs a scenario, if the engine is here.
 *
 * @throws ScenarioFault when its rules or routes cannot be read
 */
export function runScenario(scenario: Scenario): Timeline {
	return withEngine().runTimeline(scenario);
}

// Pages are worked out with it when the site is built, and so are tests. A browser waits for nothing here.
if (import.meta.env.SSR || import.meta.env.MODE === 'test') await fetchEngine();
