/**
 * A timeline as text, to be looked at again where no engine is: see `restore`. A page that only shows what happened
 * gets this, some kilobytes, in place of the engine that made it happen.
 */
import { stringify } from 'devalue';
import type { Change } from '../engine';
import {
	Conntrack,
	ConntrackTable,
	FieldChange,
	Host,
	ListChange,
	TableChange,
	Walk,
	World
} from '../engine';
import type { Scenario } from '../scenario/scenario';
import { isOfPast } from './past';
import type { Timeline } from './timeline';

/** What is kept of the engine's objects. All else (journals, caches, what goes on within a walk) is for running only. */
const KEPT: readonly (readonly [new (...args: never[]) => object, readonly string[]])[] = [
	[World, ['now', 'step', 'hosts']],
	[Host, ['name', 'interfaces', 'routes', 'ip', 'ruleset', 'conntrack']],
	[Conntrack, ['table', 'settings', 'statistics', 'expectations']],
	// A table's entries are known by how they came and went.
	[ConntrackTable, ['count']],
	[Walk, ['id', 'step', 'host', 'entry', 'phase']]
];

/** Copies a graph of objects as plain ones; what is one object stays one. */
class Plain {
	private readonly copies = new Map<object, unknown>();

	of(value: unknown): unknown {
		if (typeof value === 'function') return undefined;
		if (typeof value !== 'object' || value === null) return value;
		return this.copies.get(value) ?? this.copy(value);
	}

	private copy(value: object): unknown {
		const known = <T>(copy: T): T => {
			this.copies.set(value, copy);
			return copy;
		};
		if (ArrayBuffer.isView(value)) return known(value);
		if (Array.isArray(value)) {
			const list: unknown[] = known([]);
			for (const item of value) list.push(this.of(item));
			return list;
		}
		if (value instanceof Map) {
			const map = known(new Map<unknown, unknown>());
			for (const [key, item] of value) map.set(this.of(key), this.of(item));
			return map;
		}
		if (value instanceof Set) {
			const set = known(new Set<unknown>());
			for (const item of value) set.add(this.of(item));
			return set;
		}
		const copy: Record<string, unknown> = known({});
		for (const key of keptOf(value) ?? Object.keys(value)) {
			const field = this.of(value[key as keyof typeof value]);
			if (field !== undefined) copy[key] = field;
		}
		return copy;
	}
}

/** The fields that are kept of one of the engine's objects; `null` for plain ones, of which all are. */
function keptOf(value: object): readonly string[] | null {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype === Object.prototype || prototype === null) return null;
	for (const [type, fields] of KEPT) if (value instanceof type) return fields;
	throw new TypeError(`no word on how a ${value.constructor.name} is kept`);
}

/** A change as `restore` reads it. */
export type KeptChange =
	| readonly [kind: 'field', target: object, key: string, before: unknown, after: unknown]
	| readonly [kind: 'table', table: object, entry: object, inserted: boolean]
	| readonly [kind: 'list', list: unknown[], index: number, item: unknown, inserted: boolean];

/** What the text holds. */
export interface Kept {
	readonly scenario: Scenario;
	readonly world: object;
	/** Each event with its scenario step. */
	readonly events: readonly (readonly [event: unknown, step: number])[];
	/** The changes of each event, by its index. */
	readonly changes: readonly (readonly KeptChange[])[];
	readonly notes: ReadonlyMap<object, unknown>;
}

/** @param lists that can be looked at: changes of others are left out */
function keptChange(change: Change, lists: ReadonlySet<unknown>): KeptChange | null {
	if (change instanceof FieldChange) {
		const { target, key, before, after } = change;
		const fields = keptOf(target);
		const kept = isOfPast(change) && (!fields || fields.includes(key));
		return kept ? ['field', target, key, before, after] : null;
	}
	if (change instanceof TableChange) return ['table', change.table, change.entry, change.inserted];
	if (!(change instanceof ListChange)) return null;
	const { list, index, item, inserted } = change;
	if (lists.has(list)) return ['list', list, index, item, inserted];
	// Where a walk waited is not known any more, only that it did.
	return isOfPast(change) ? ['list', [], index, item, inserted] : null;
}

/**
 * @param timeline one that was run in this very place
 * @param notes what else is to be known of objects that can be seen in it, for whoever restores it
 */
export function keep(
	timeline: Timeline,
	notes: ReadonlyMap<object, unknown> = new Map<object, unknown>()
): string {
	const { events, world } = timeline;
	const lists = new Set<unknown>([...world.hosts.values()].map((h) => h.conntrack.expectations));
	const changes = events.map(({ index }) =>
		timeline.changesOf(index).flatMap((change) => {
			const one = keptChange(change, lists);
			return one ? [one] : [];
		})
	);
	const kept: Kept = {
		scenario: timeline.scenario,
		world,
		events: events.map(({ event, step }) => [event, step]),
		changes,
		notes
	};
	return stringify(new Plain().of(kept));
}
