/**
 * Every change to the world goes through a journal, as a difference that can be undone and
 * redone. With recording off a change is a plain assignment.
 */

/** One reversible difference. */
export interface Change {
	undo(): void;
	redo(): void;
}

class FieldChange<T extends object, K extends keyof T> implements Change {
	constructor(
		private readonly target: T,
		private readonly key: K,
		private readonly before: T[K],
		private readonly after: T[K]
	) {}
	undo(): void {
		this.target[this.key] = this.before;
	}
	redo(): void {
		this.target[this.key] = this.after;
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

	/** Make a change that is more than a field: it is done at once, by its `redo`. */
	apply(change: Change): void {
		change.redo();
		if (this.changes !== null) this.changes.push(change);
	}

	/** Append to a list of the world. */
	push<T>(list: T[], item: T): void {
		if (this.changes === null) list.push(item);
		else this.apply({ undo: () => void list.pop(), redo: () => void list.push(item) });
	}

	/** Take out the item at `index` of a list of the world. */
	removeAt<T>(list: T[], index: number): void {
		const item = list[index]!;
		if (this.changes === null) {
			if (index === list.length - 1) list.pop();
			else list.splice(index, 1);
		} else
			this.apply({
				undo: () => void list.splice(index, 0, item),
				redo: () => void list.splice(index, 1)
			});
	}

	/** Set a key of a map of the world; `undefined` deletes it. */
	put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
		const before = map.get(key);
		const write = (to: V | undefined): void => {
			if (to === undefined) map.delete(key);
			else map.set(key, to);
		};
		if (this.changes === null) write(value);
		else this.apply({ undo: () => write(before), redo: () => write(value) });
	}

	/** Hand over the changes since the last call, oldest first. */
	take(): Change[] {
		const taken = this.changes ?? [];
		if (this.changes !== null) this.changes = [];
		return taken;
	}
}
