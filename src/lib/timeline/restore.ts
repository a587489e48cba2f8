/** A timeline out of its text, to be looked at: what cannot be done is to go on from there. */
import { parse } from 'devalue';
import type { Change, ConntrackTable, EngineEvent, Entry, World } from '../engine';
import { FieldChange, ListChange, TableChange } from '../engine';
import type { Kept, KeptChange } from './keep';
import { Past } from './past';
import type { TimelineEvent } from './timeline';
import { Timeline } from './timeline';

function restoredChange(change: KeptChange): Change {
	switch (change[0]) {
		case 'field': {
			const [, target, key, before, after] = change;
			return new FieldChange(target, key as never, before as never, after as never);
		}
		case 'table': {
			const [, table, entry, inserted] = change;
			return new TableChange(table as ConntrackTable, entry as Entry, true, inserted);
		}
		case 'list': {
			const [, list, index, item, inserted] = change;
			return new ListChange(list, index, item, inserted);
		}
	}
}

/** A timeline, and what was noted of objects that can be seen in it. */
export interface Restored {
	readonly timeline: Timeline;
	readonly notes: ReadonlyMap<object, unknown>;
}

/**
 * @param text from `keep`, made of the same source: it is read as it is
 */
export function restore(text: string): Restored {
	const { scenario, world, events, changes, notes } = parse(text) as Kept;
	const past = new Past();
	const done: Change[] = [];
	const ends = changes.map((list, index) => {
		for (const kept of list) {
			const change = restoredChange(kept);
			done.push(change);
			past.add(change, index + 1);
		}
		return done.length;
	});
	const timeline = new Timeline(
		scenario,
		world as World,
		events.map(([event, step], index): TimelineEvent => {
			return { index, event: event as EngineEvent, step };
		}),
		past,
		{ changes: done, ends },
		true
	);
	return { timeline, notes };
}
