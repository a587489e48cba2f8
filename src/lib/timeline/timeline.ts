/**
 * What happened, as events with reversible changes: any point can be looked at, and the world can be brought there.
 */
import type { Change, Conntrack, ConntrackTable, EngineEvent, Host, World } from '../engine';
import type { Scenario } from '../scenario/scenario';
import { Instant } from './instant';
import type { Past } from './past';

export interface TimelineEvent {
	readonly index: number;
	readonly event: EngineEvent;
	/** The scenario step it belongs to. */
	readonly step: number;
}

/** What the events did to the world. */
export interface Done {
	/** Everything, in order. */
	readonly changes: readonly Change[];
	/** How many changes there had been after each event. */
	readonly ends: readonly number[];
}

/** What may be looked at of a table, besides its entries. */
export type SeenTable = Pick<ConntrackTable, 'count'>;

/** What may be looked at of a host. It is the same for a timeline that was kept and restored. */
export type SeenHost = Pick<Host, 'name' | 'interfaces' | 'routes' | 'ip' | 'ruleset'> & {
	readonly conntrack: Pick<Conntrack, 'settings' | 'statistics' | 'expectations'> & {
		readonly table: SeenTable;
	};
};

export class Timeline {
	private position = 0;
	/** Where the world stands: it follows the cursor from when it was first asked for. */
	private stands: number;
	private asked = false;

	/** For those who have run or restored it: see `runTimeline` and `restore`. */
	constructor(
		readonly scenario: Scenario,
		private readonly ownWorld: World,
		readonly events: readonly TimelineEvent[],
		/** Every change by the object that it is about. */
		readonly past: Past,
		private readonly done: Done,
		/** Kept and restored: `changesOf` has only what can be looked at, and there is no `world` to go on from. */
		readonly restored = false
	) {
		this.stands = events.length;
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
	get hosts(): ReadonlyMap<string, SeenHost> {
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
		if (this.restored) throw new Error('a restored timeline can be looked at only');
		this.asked = true;
		this.bringWorld();
		return this.ownWorld;
	}

	/** What an event did to the world, in order. */
	changesOf(index: number): readonly Change[] {
		const { changes, ends } = this.done;
		return changes.slice(ends[index - 1] ?? 0, ends[index]);
	}

	private clamped(cursor: number): number {
		return Math.max(0, Math.min(this.events.length, Math.trunc(cursor)));
	}

	private bringWorld(): void {
		const { position } = this;
		const { changes, ends } = this.done;
		const to = ends[position - 1] ?? 0;
		let at = ends[this.stands - 1] ?? 0;
		while (at < to) changes[at++]!.redo();
		while (at > to) changes[--at]!.undo();
		this.stands = position;
	}
}
