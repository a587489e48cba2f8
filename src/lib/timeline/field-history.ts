/**
 * What one field of one object was in the course of time. Looking a value up costs the logarithm of how often it
 * changed, wherever in time one looks.
 */

/** How many numbers of an ascending list are at most `limit`. */
export function countUpTo(list: ArrayLike<number>, limit: number, length = list.length): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (list[middle]! <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The values of one field, each with the cursor (how many events have happened) from which on it holds. */
class FieldHistory {
	private readonly from: number[] = [];
	/** One more than `from`: the first is what it was before it ever changed. */
	private readonly values: unknown[];

	constructor(before: unknown) {
		this.values = [before];
	}

	/** Takes the next value in; changes come in the order of time. */
	add(cursor: number, value: unknown): void {
		const last = this.from.length - 1;
		if (this.from[last] === cursor) this.values[last + 1] = value;
		else {
			this.from.push(cursor);
			this.values.push(value);
		}
	}

	at(cursor: number): unknown {
		return this.values[countUpTo(this.from, cursor)];
	}
}

/** All fields of one object that ever changed. */
export class ObjectHistory {
	private readonly fields = new Map<PropertyKey, FieldHistory>();
	/** The cursors at which any of them changed, ascending. */
	private readonly changed: number[] = [];

	add(cursor: number, key: PropertyKey, before: unknown, after: unknown): void {
		let field = this.fields.get(key);
		if (!field) this.fields.set(key, (field = new FieldHistory(before)));
		field.add(cursor, after);
		if (this.changed[this.changed.length - 1] !== cursor) this.changed.push(cursor);
	}

	/** How often the object had changed by then: two moments with one number see the same object. */
	version(cursor: number): number {
		return countUpTo(this.changed, cursor);
	}

	/** A field that never changed has the value that it has now. */
	value<T extends object, K extends keyof T>(object: T, key: K, cursor: number): T[K] {
		const field = this.fields.get(key);
		return field ? (field.at(cursor) as T[K]) : object[key];
	}

	/** The object as it was, as a value of its own. */
	copy<T extends object>(object: T, cursor: number): T {
		const copy = { ...object };
		for (const [key, field] of this.fields) copy[key as keyof T] = field.at(cursor) as T[keyof T];
		return copy;
	}
}
