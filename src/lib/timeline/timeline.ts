/**
 * What happened, as events with reversible changes: any point can be gone to, forwards and back.
 */
import type { Change, EngineEvent, World } from '../engine';
import { buildWorld } from '../scenario/build';
import { ScenarioRunner } from '../scenario/run';
import type { Scenario, ScenarioError } from '../scenario/scenario';

export interface TimelineEvent {
	readonly index: number;
	readonly event: EngineEvent;
	/** The scenario step it belongs to. */
	readonly step: number;
	/** What it did to the world. */
	readonly changes: readonly Change[];
}

/** A scenario that cannot be run; its message names the first error, `errors` has all. */
export class ScenarioFault extends Error {
	constructor(readonly errors: readonly ScenarioError[]) {
		super(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
	}
}

export class Timeline {
	private position = 0;

	private constructor(
		readonly scenario: Scenario,
		/** The engine's state at the cursor. */
		readonly world: World,
		readonly events: readonly TimelineEvent[]
	) {}

	/**
	 * Run a whole scenario, recording; the cursor stands at the beginning.
	 *
	 * @throws ScenarioFault when its rules or routes cannot be read
	 */
	static of(scenario: Scenario, seed = 1): Timeline {
		const built = buildWorld(scenario, seed);
		if (!built.ok) throw new ScenarioFault(built.errors);
		const { world } = built;
		const runner = new ScenarioRunner(world, scenario);
		const events: TimelineEvent[] = [];
		world.journal.record(true);
		world.listener = (event) => {
			// Changes made since the event before belong to this one: it tells of them.
			events.push({
				index: events.length,
				event,
				step: world.step,
				changes: world.journal.take()
			});
		};
		for (let step = 0; step < scenario.steps.length; step++) runner.run(step);
		const rest = world.journal.take();
		const last = events[events.length - 1];
		if (last && rest.length > 0)
			events[events.length - 1] = { ...last, changes: [...last.changes, ...rest] };
		world.listener = null;
		world.journal.record(false);
		const timeline = new Timeline(scenario, world, events);
		timeline.position = events.length;
		timeline.goTo(0);
		return timeline;
	}

	/** How many events have happened. */
	get cursor(): number {
		return this.position;
	}

	/** The event that happened last, or `null` at the beginning. */
	get current(): TimelineEvent | null {
		return this.events[this.position - 1] ?? null;
	}

	/** Go to where `cursor` events have happened; out of range, to the nearest end. */
	goTo(cursor: number): void {
		const target = Math.max(0, Math.min(this.events.length, Math.trunc(cursor)));
		while (this.position < target) {
			for (const change of this.events[this.position]!.changes) change.redo();
			this.position++;
		}
		while (this.position > target) {
			this.position--;
			const { changes } = this.events[this.position]!;
			for (let i = changes.length - 1; i >= 0; i--) changes[i]!.undo();
		}
	}
}
