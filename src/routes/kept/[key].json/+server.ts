/** The timelines of the lessons' scenarios, so that a lesson's page can show them without the engine. */
import { error } from '@sveltejs/kit';
import { keptKey } from '$lib/lab/kept-key';
import { printedRules } from '$lib/lab/model/print-rule';
import { parseScenario, type Scenario } from '$lib/scenario/scenario';
import { ScenarioFault } from '$lib/timeline/fault';
import { keep } from '$lib/timeline/keep';
import { runTimeline } from '$lib/timeline/run';

export const prerender = true;

// As the pages import them: the name is made of the very same value.
const values = import.meta.glob<Scenario>('/content/scenarios/*.json', {
	eager: true,
	import: 'default'
});

/** A scenario's timeline as text; `null` for one that cannot be run: a Lab that is given it says why. */
function kept(scenario: Scenario): string | null {
	const checked = parseScenario(JSON.stringify(scenario));
	if (!checked.ok) return null;
	try {
		const timeline = runTimeline(checked.scenario);
		return keep(timeline, printedRules(timeline));
	} catch (fault) {
		if (fault instanceof ScenarioFault) return null;
		throw fault;
	}
}

const texts = new Map(
	Object.values(values).flatMap((value) => {
		const text = kept(value);
		return text === null ? [] : [[keptKey(value), text] as const];
	})
);

export const entries = () => [...texts.keys()].map((key) => ({ key }));

export function GET({ params }) {
	const text = texts.get(params.key);
	if (text === undefined) error(404, 'no such scenario');
	return new Response(text, { headers: { 'content-type': 'application/json' } });
}
