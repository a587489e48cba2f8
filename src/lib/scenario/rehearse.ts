/**
 * A scenario from outside is run once without being kept, and given up as soon as it becomes more work than a page can
 * do: a few lines can be written whose packets ask rules for a year.
 */
import type { EngineEvent } from '../engine';
import { buildWorld } from './build';
import { LIMITS, elementsOf } from './limits';
import { ScenarioRunner } from './run';
import type { Scenario, ScenarioError } from './scenario';
import { asText } from './scenario';

/** Thrown through the engine, to leave it in the middle of its work. */
class Enough extends Error {}

const count = (value: number): string => value.toLocaleString('en-US');

function askedIn(event: EngineEvent): number {
	if (event.kind !== 'station') return 0;
	const { outcome } = event;
	return 'steps' in outcome ? outcome.steps.length : 0;
}

/** What is wrong with a scenario, or too much of it, as far as only running it can tell. Checked ones only. */
export function rehearse(scenario: Scenario): ScenarioError[] {
	const elements = ipsetElements(scenario);
	if (elements) return [elements];
	let step = 0;
	try {
		const built = buildWorld(scenario);
		if (!built.ok) return [...built.errors];
		const { world } = built;
		const runner = new ScenarioRunner(world, scenario);
		const spent = { events: 0, asked: 0, printed: 0 };
		const words = { events: 'events', asked: 'rules asked', printed: 'characters printed' };
		world.listener = (event) => {
			spent.events++;
			spent.asked += askedIn(event);
			if (event.kind === 'command')
				spent.printed += event.output.reduce((sum, line) => sum + line.length, 0);
			for (const key of ['events', 'asked', 'printed'] as const)
				if (spent[key] > LIMITS[key])
					throw new Enough(
						`the run comes to more than ${count(LIMITS[key])} ${words[key]} here, and is not played`
					);
		};
		for (; step < scenario.steps.length; step++) runner.run(step);
		return [];
	} catch (fault) {
		// Whatever the engine stumbles over, the page stays.
		const why = fault instanceof Error ? fault.message : String(fault);
		return [
			{
				path: `steps[${step}]`,
				message: fault instanceof Enough ? why : `it cannot be played (${why})`
			}
		];
	}
}

function ipsetElements(scenario: Scenario): ScenarioError | null {
	let sum = 0;
	const add = (path: string, text: string): ScenarioError | null => {
		sum += elementsOf(text);
		if (sum <= LIMITS.elements) return null;
		return {
			path,
			message: `the sets come to ${count(sum)} elements; no more than ${count(LIMITS.elements)} are made here`
		};
	};
	for (const [name, { ipset }] of Object.entries(scenario.hosts)) {
		const wrong = ipset === undefined ? null : add(`hosts.${name}.ipset`, asText(ipset));
		if (wrong) return wrong;
	}
	for (const [i, step] of scenario.steps.entries()) {
		const wrong = 'run' in step ? add(`steps[${i}].run.command`, step.run.command) : null;
		if (wrong) return wrong;
	}
	return null;
}
