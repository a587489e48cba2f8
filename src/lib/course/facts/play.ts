/** A scenario on the engine up to one of its steps, for what a lesson's text says of it. */
import type { EngineEvent, Host, World } from '../../engine';
import { buildWorld } from '../../scenario/build';
import { ScenarioRunner, type StepResult } from '../../scenario/run';
import type { Scenario } from '../../scenario/scenario';

/** One step that has been done. */
export interface PlayedStep extends StepResult {
	readonly index: number;
	readonly events: readonly EngineEvent[];
}

/** The world after a step, and what happened up to there. */
export interface Played {
	readonly scenario: Scenario;
	readonly world: World;
	/** Steps 0 to the one asked for. */
	readonly steps: readonly PlayedStep[];
}

/**
 * Plays a scenario.
 * @param step the last step to do, from 0; -1 does none; absent does all
 * @throws Error where there is no such step, or where the scenario cannot be built
 */
export function play(scenario: Scenario, step = scenario.steps.length - 1): Played {
	if (!Number.isInteger(step) || step < -1 || step >= scenario.steps.length)
		throw new Error(`no step ${step}; the scenario has 0 to ${scenario.steps.length - 1}`);
	const built = buildWorld(scenario, 1);
	if (!built.ok)
		throw new Error(built.errors.map(({ path, message }) => `${path}: ${message}`).join('; '));
	const { world } = built;
	const runner = new ScenarioRunner(world, scenario);
	let events: EngineEvent[] = [];
	world.listener = (event) => events.push(event);
	const steps: PlayedStep[] = [];
	for (let index = 0; index <= step; index++) {
		events = [];
		steps.push({ ...runner.run(index), index, events });
	}
	return { scenario, world, steps };
}

/**
 * A Linux host by name, or the scenario's first.
 * @throws Error where there is none
 */
export function hostOf({ world }: Played, name?: string): Host {
	const host = name === undefined ? [...world.hosts.values()][0] : world.hosts.get(name);
	if (host) return host;
	const names = [...world.hosts.keys()].join(', ') || 'none';
	throw new Error(`no Linux host ${name ?? ''}; there are: ${names}`);
}
