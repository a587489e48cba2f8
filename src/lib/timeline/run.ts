/** Running a scenario as a timeline. It is apart from the timeline itself, which can be looked at without an engine. */
import type { Change } from '../engine';
import { buildWorld } from '../scenario/build';
import { ScenarioRunner } from '../scenario/run';
import type { Scenario } from '../scenario/scenario';
import { ScenarioFault } from './fault';
import { Past } from './past';
import type { TimelineEvent } from './timeline';
import { Timeline } from './timeline';

/**
 * Run a whole scenario, recording; the cursor stands at the beginning.
 *
 * @param seed of the random choices the engine makes
 * @throws ScenarioFault when its rules or routes cannot be read
 */
export function runTimeline(scenario: Scenario, seed = 1): Timeline {
	const built = buildWorld(scenario, seed);
	if (!built.ok) throw new ScenarioFault(built.errors);
	const { world } = built;
	const runner = new ScenarioRunner(world, scenario);
	const events: TimelineEvent[] = [];
	const changes: Change[] = [];
	const ends: number[] = [];
	const past = new Past();
	const take = (cursor: number): void => {
		for (const change of world.journal.take()) {
			changes.push(change);
			past.add(change, cursor);
		}
	};
	world.journal.record(true);
	world.listener = (event) => {
		// Changes made since the event before belong to this one: it tells of them.
		events.push({ index: events.length, event, step: world.step });
		take(events.length);
		ends.push(changes.length);
	};
	for (let step = 0; step < scenario.steps.length; step++) runner.run(step);
	take(events.length);
	if (ends.length > 0) ends[ends.length - 1] = changes.length;
	world.listener = null;
	world.journal.record(false);
	return new Timeline(scenario, world, events, past, { changes, ends });
}
