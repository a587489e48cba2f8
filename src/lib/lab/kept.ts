/** What happens in a scenario, from where it costs least. */
import { resolve } from '$app/paths';
import type { Rule } from '$lib/engine';
import type { Scenario } from '$lib/scenario/scenario';
import { restore } from '$lib/timeline/restore';
import type { Timeline } from '$lib/timeline/timeline';
import { engineIsHere, fetchEngine, runScenario } from './engine';
import { keptKey } from './kept-key';
import { knowRules, type PrintedRule } from './model/rule-text';

/**
 * The timeline of a scenario that the site knew when it was built.
 *
 * @param key from `keptKey`
 * @returns null when it cannot be fetched
 */
export async function keptTimeline(key: string): Promise<Timeline | null> {
	try {
		const answer = await fetch(resolve(`/kept/${key}.json`));
		if (!answer.ok) return null;
		const { timeline, notes } = restore(await answer.text());
		knowRules(notes as ReadonlyMap<Rule, PrintedRule>);
		return timeline;
	} catch {
		// The network is away, or what came is something else: some servers have one page for everything.
		return null;
	}
}

/**
 * The timeline of a scenario: the one that was kept when the site was built, or, of a scenario that nobody knew then,
 * what the engine says.
 *
 * @throws when neither can be fetched; ScenarioFault when the scenario cannot be run
 */
export async function timelineOf(scenario: Scenario): Promise<Timeline> {
	if (!engineIsHere()) {
		const kept = await keptTimeline(keptKey(scenario));
		if (kept) return kept;
		await fetchEngine();
	}
	return runScenario(scenario);
}
