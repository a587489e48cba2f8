/**
 * The whole of a recorded run, to be looked at anywhere in time. Every change is kept under the object and the field
 * that it is about, so that looking at a moment costs what is looked at, not what lies between two moments; nothing
 * has to be undone for it.
 */
import type { Change, Entry, Walk } from '../engine';
import { FieldChange, IPS_CONFIRMED, ListChange, TableChange } from '../engine';
import { ObjectHistory } from './field-history';
import { TableHistory, WalkHistory } from './table-history';
import type { SeenHost, SeenTable } from './timeline';

/** What of a walk is looked at: the rest changes with every station, and events tell of it. */
const OF_WALKS = new Set<PropertyKey>(['phase', 'entry']);

/**
 * Whether something of the world is a walk. Told by what it has, not by its class: a past that was kept is looked at
 * without the engine that walked.
 */
function isWalk(thing: unknown): thing is Walk {
	return typeof thing === 'object' && thing !== null && 'phase' in thing && 'entry' in thing;
}

/** Whether a change is one that a past is made of. */
export function isOfPast(change: Change): boolean {
	if (change instanceof FieldChange) return !isWalk(change.target) || OF_WALKS.has(change.key);
	if (change instanceof ListChange) return isWalk(change.item);
	return change instanceof TableChange;
}

export class Past {
	private readonly objects = new Map<object, ObjectHistory>();
	private readonly tables = new Map<SeenTable, TableHistory>();
	private readonly walks = new WalkHistory();

	/** Takes a change in, after which `cursor` events have happened. Changes come in the order of time. */
	add(change: Change, cursor: number): void {
		if (!isOfPast(change)) return;
		if (change instanceof FieldChange) this.addField(change as FieldChange, cursor);
		else if (change instanceof TableChange) {
			const table = this.table(change.table);
			if (change.inserted) table.insert(change.entry, cursor);
			else table.remove(change.entry, cursor);
		} else if (change instanceof ListChange) {
			const walk = change.item as Walk;
			if (change.inserted) this.walks.enter(walk, cursor);
			else this.walks.leave(walk, cursor);
		}
	}

	private addField(change: FieldChange, cursor: number): void {
		const { target, key, before, after } = change;
		if (isWalk(target) && (after as unknown) === 'over') this.walks.over(target, cursor);
		let history = this.objects.get(target);
		if (!history) this.objects.set(target, (history = new ObjectHistory()));
		history.add(cursor, key, before, after);
	}

	/** The entries of a table in the course of time. */
	table(table: SeenTable): TableHistory {
		let history = this.tables.get(table);
		if (!history) this.tables.set(table, (history = new TableHistory()));
		return history;
	}

	/** A field of any object of the world as it was. */
	value<T extends object, K extends keyof T>(object: T, key: K, cursor: number): T[K] {
		const history = this.objects.get(object);
		return history ? history.value(object, key, cursor) : object[key];
	}

	/** How often an object had changed by then. */
	version(object: object, cursor: number): number {
		return this.objects.get(object)?.version(cursor) ?? 0;
	}

	/** An object of the world as it was, as a value of its own. */
	copy<T extends object>(object: T, cursor: number): T {
		return this.objects.get(object)?.copy(object, cursor) ?? object;
	}

	/** Walks that are under way in a host, held ones included, in the order of their coming. */
	walksAt(host: SeenHost, cursor: number): readonly Walk[] {
		return this.walks.at(cursor).filter((walk) => walk.host === host);
	}

	/** Entries that are on their packet in a host, and not in its table yet. */
	looseAt(host: SeenHost, cursor: number): readonly Entry[] {
		const loose = new Set<Entry>();
		for (const walk of this.walksAt(host, cursor)) {
			const entry = this.value(walk, 'entry', cursor);
			if (entry && !(this.value(entry, 'status', cursor) & IPS_CONFIRMED)) loose.add(entry);
		}
		return [...loose];
	}
}
