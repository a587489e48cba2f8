/**
 * What happened, as events with reversible changes: any point can be looked at, and the world can be brought there.
 */
import type { Change, EngineEvent, Host, World } from '../engine';
import { buildWorld } from '../scenario/build';
import { ScenarioRunner } from '../scenario/run';
import type { Scenario, ScenarioError } from '../scenario/scenario';
import { Instant } from './instant';
import { Past } from './past';

export interface TimelineEvent {
	readonly index: number;
	readonly event: EngineEvent;
	/** The scenario step it belongs to. */
	readonly step: number;
}

/** A scenario that cannot be run; its message names the first error, `errors` has all. */
export class ScenarioFault extends Error {
	constructor(readonly errors: readonly ScenarioError[]) {
		super(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
	}
}

export class Timeline {
	private position = 0;
	/** Where the world stands: it follows the cursor from when it was first asked for. */
	private stands: number;
	private asked = false;

	private constructor(
		readonly scenario: Scenario,
		private readonly ownWorld: World,
		readonly events: readonly TimelineEvent[],
		/** Everything that the events did to the world, in order. */
		private readonly changes: readonly Change[],
		/** How many of them there had been after each event. */
		private readonly ends: readonly number[],
		/** Every change by the object that it is about. */
		readonly past: Past
	) {
		this.stands = events.length;
	}

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
		return new Timeline(scenario, world, events, changes, ends, past);
	}

	/** How many events have happened. */
	get cursor(): number {
		return this.position;
	}

	/** The event that happened last, or `null` at the beginning. */
	get current(): TimelineEvent | null {
		return this.events[this.position - 1] ?? null;
	}

	/** The hosts that track connections, by name; what they were like at a moment says `at`. */
	get hosts(): ReadonlyMap<string, Host> {
		return this.ownWorld.hosts;
	}

	/** The world when `cursor` events had happened. Costs the same wherever that is. */
	at(cursor: number): Instant {
		return new Instant(this.ownWorld, this.past, this.clamped(cursor));
	}

	/** Go to where `cursor` events have happened; out of range, to the nearest end. */
	goTo(cursor: number): void {
		this.position = this.clamped(cursor);
		if (this.asked) this.bringWorld();
	}

	/**
	 * The engine's state at the cursor, to go on from or to hand to a command. It is moved by undoing and redoing all
	 * that lies between: whoever only looks asks `at`, which is quick wherever it looks.
	 */
	get world(): World {
		this.asked = true;
		this.bringWorld();
		return this.ownWorld;
	}

	/** What an event did to the world, in order. */
	changesOf(index: number): readonly Change[] {
		return this.changes.slice(this.ends[index - 1] ?? 0, this.ends[index]);
	}

	private clamped(cursor: number): number {
		return Math.max(0, Math.min(this.events.length, Math.trunc(cursor)));
	}

	private bringWorld(): void {
		const { changes, ends, position } = this;
		const to = ends[position - 1] ?? 0;
		let at = ends[this.stands - 1] ?? 0;
		while (at < to) changes[at++]!.redo();
		while (at > to) changes[--at]!.undo();
		this.stands = position;
	}
}
