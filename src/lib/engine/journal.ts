/**
 * Every change to the world goes through a journal, as a difference that can be undone and
 * redone. With recording off a change is a plain assignment.
 */

/** One reversible difference. */
export interface Change {
	undo(): void;
	redo(): void;
}

/** A field of an object of the world has another value. */
export class FieldChange<T extends object = object, K extends keyof T = keyof T> implements Change {
	constructor(
		readonly target: T,
		readonly key: K,
		readonly before: T[K],
		readonly after: T[K]
	) {}
	undo(): void {
		this.target[this.key] = this.before;
	}
	redo(): void {
		this.target[this.key] = this.after;
	}
}

/** An item came into a list of the world, or went out of it. */
export class ListChange<T = unknown> implements Change {
	constructor(
		readonly list: T[],
		readonly index: number,
		readonly item: T,
		readonly inserted: boolean
	) {}
	undo(): void {
		this.write(!this.inserted);
	}
	redo(): void {
		this.write(this.inserted);
	}
	private write(insert: boolean): void {
		const { list, index, item } = this;
		// Most of it happens at the end.
		if (insert && index === list.length) list.push(item);
		else if (insert) list.splice(index, 0, item);
		else if (index === list.length - 1) list.pop();
		else list.splice(index, 1);
	}
}

/** A key of a map of the world has another value; `undefined`: it is not there. */
export class MapChange<K = unknown, V = unknown> implements Change {
	constructor(
		readonly map: Map<K, V>,
		readonly key: K,
		readonly before: V | undefined,
		readonly after: V | undefined
	) {}
	undo(): void {
		this.write(this.before);
	}
	redo(): void {
		this.write(this.after);
	}
	private write(to: V | undefined): void {
		if (to === undefined) this.map.delete(this.key);
		else this.map.set(this.key, to);
	}
}

export class Journal {
	private changes: Change[] | null = null;
	private used = false;

	/** Whether changes are being kept. */
	get recording(): boolean {
		return this.changes !== null;
	}

	/**
	 * Whether a change was ever kept. Until then no old value is remembered anywhere, so a value
	 * may be changed in place.
	 */
	get everRecorded(): boolean {
		return this.used;
	}

	/** Begin (or stop) keeping changes. */
	record(on: boolean): void {
		if (on) this.used = true;
		this.changes = on ? (this.changes ?? []) : null;
	}

	/** Assign one field of one object of the world. */
	set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
		if (this.changes !== null) {
			const before = target[key];
			if (before === value) return;
			this.changes.push(new FieldChange(target, key, before, value));
		}
		target[key] = value;
	}

	/**
	 * Keep that one field of one object is about to have another value; the caller assigns it, recorded or not. For the
	 * fields that every packet changes: a field named in the code is read and written several times as fast as one that
	 * is named by a value.
	 */
	keep<T extends object, K extends keyof T>(target: T, key: K, before: T[K], after: T[K]): void {
		if (this.changes !== null && before !== after)
			this.changes.push(new FieldChange(target, key, before, after));
	}

	/** Make a change that is more than a field: it is done at once, by its `redo`. */
	apply(change: Change): void {
		change.redo();
		if (this.changes !== null) this.changes.push(change);
	}

	/** Append to a list of the world. */
	push<T>(list: T[], item: T): void {
		if (this.changes !== null) this.changes.push(new ListChange(list, list.length, item, true));
		list.push(item);
	}

	/** Put an item before all others of a list of the world. */
	unshift<T>(list: T[], item: T): void {
		if (this.changes !== null) this.changes.push(new ListChange(list, 0, item, true));
		list.unshift(item);
	}

	/** Take out the item at `index` of a list of the world. */
	removeAt<T>(list: T[], index: number): void {
		if (this.changes !== null) this.changes.push(new ListChange(list, index, list[index]!, false));
		if (index === list.length - 1) list.pop();
		else list.splice(index, 1);
	}

	/** Set a key of a map of the world; `undefined` deletes it. */
	put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
		if (this.changes !== null) this.apply(new MapChange(map, key, map.get(key), value));
		else if (value === undefined) map.delete(key);
		else map.set(key, value);
	}

	/** Hand over the changes since the last call, oldest first. */
	take(): Change[] {
		const taken = this.changes ?? [];
		if (this.changes !== null) this.changes = [];
		return taken;
	}
}
