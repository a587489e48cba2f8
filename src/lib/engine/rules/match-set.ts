/**
 * Looking things up in sets and maps. Elements are put into hashes and sorted stretches once, and
 * anew when a set's list of elements is another one than before.
 */
import type { RuleContext } from './context';
import { ABSENT, ask } from './match-field';
import type { Ask } from './match-field';
import { ownPasses } from './own';
import type {
	Expression,
	NamedSet,
	Operand,
	Scalar,
	SetElement,
	SetOperand,
	Table
} from './ruleset';
import { stretch } from './stretch';

/** What is asked for, one function a part. */
export type Key = readonly Ask[];
/** The element that a packet's key is in, `null` for none, `ABSENT` when the key cannot be had. */
export type Lookup = (ctx: RuleContext) => SetElement | null | typeof ABSENT;

export function askKey(expression: Expression): Key {
	return expression.kind === 'concat' ? expression.parts.map(ask) : [ask(expression)];
}

// --- One part -------------------------------------------------------------------------------

/** Things filed under operands: exact values hashed, stretches sorted, beginnings of names last. */
class Index<T> {
	private readonly exact = new Map<Scalar, T>();
	private readonly from: number[] = [];
	private readonly to: number[] = [];
	private readonly stretches: T[] = [];
	private readonly beginnings: { readonly start: string; readonly item: T }[] = [];
	private others: T | null = null;

	/** File under every operand what `make` gives for it; equal operands share one. */
	constructor(entries: readonly { readonly key: Operand | null; readonly item: T }[]) {
		const stretches: { from: number; to: number; item: T }[] = [];
		for (const { key, item } of entries) {
			if (key === null) this.others = item;
			else if (key.kind === 'value') {
				if (!this.exact.has(key.value as Scalar)) this.exact.set(key.value as Scalar, item);
			} else if (key.kind === 'wildcard') this.beginnings.push({ start: key.start, item });
			else {
				const [from, to] = stretch(key) ?? [];
				// IPv6 addresses are looked up by no packet.
				if (typeof from === 'number') stretches.push({ from, to: to as number, item });
			}
		}
		stretches.sort((a, b) => a.from - b.from);
		for (const { from, to, item } of stretches) {
			this.from.push(from);
			this.to.push(to);
			this.stretches.push(item);
		}
		this.beginnings.sort((a, b) => b.start.length - a.start.length);
	}

	find(value: Scalar): T | null {
		const exact = this.exact.get(value);
		if (exact !== undefined) return exact;
		if (typeof value === 'number') {
			let low = 0;
			let high = this.from.length - 1;
			while (low <= high) {
				const middle = (low + high) >> 1;
				if (this.from[middle]! > value) high = middle - 1;
				else if (this.to[middle]! < value) low = middle + 1;
				else return this.stretches[middle]!;
			}
		} else for (const { start, item } of this.beginnings) if (value.startsWith(start)) return item;
		return this.others;
	}
}

// --- Several parts --------------------------------------------------------------------------

/** Files concatenations part by part; with stretches in them, first come is first found. */
class Tree {
	private readonly exact = new Map<Scalar, Tree | SetElement>();
	private readonly wide: { readonly key: Operand; readonly next: Tree | SetElement }[] = [];

	constructor(
		elements: readonly { readonly key: readonly Operand[]; readonly element: SetElement }[],
		depth: number,
		private readonly parts: number
	) {
		const groups = new Map<string, { key: Operand; members: (typeof elements)[number][] }>();
		for (const item of elements) {
			const key = item.key[depth]!;
			const name = JSON.stringify(key);
			const group = groups.get(name);
			if (group) group.members.push(item);
			else groups.set(name, { key, members: [item] });
		}
		for (const { key, members } of groups.values()) {
			const next = depth === parts - 1 ? members[0]!.element : new Tree(members, depth + 1, parts);
			if (key.kind === 'value') this.exact.set(key.value as Scalar, next);
			else this.wide.push({ key, next });
		}
	}

	find(values: readonly Scalar[], depth: number): SetElement | null {
		const value = values[depth]!;
		const last = depth === this.parts - 1;
		const exact = this.exact.get(value);
		if (exact !== undefined) {
			const found = last ? (exact as SetElement) : (exact as Tree).find(values, depth + 1);
			if (found) return found;
		}
		for (const { key, next } of this.wide)
			if (covers(key, value)) {
				const found = last ? (next as SetElement) : (next as Tree).find(values, depth + 1);
				if (found) return found;
			}
		return null;
	}
}

/** Whether a value is what an operand says. */
export function covers(operand: Operand, value: Scalar): boolean {
	switch (operand.kind) {
		case 'value':
			return operand.value === value;
		case 'wildcard':
			return typeof value === 'string' && value.startsWith(operand.start);
		case 'set':
			return false;
		case 'range':
			return value >= operand.from && value <= operand.to;
		case 'prefix': {
			const [from, to] = stretch(operand)!;
			return value >= from && value <= to;
		}
	}
}

// --- Whole sets -----------------------------------------------------------------------------

type Finder = (values: readonly Scalar[]) => SetElement | null;

const finders = new WeakMap<readonly SetElement[], Finder>();

/** A function that finds elements of a list by their key's parts. */
export function finderOf(list: readonly SetElement[]): Finder {
	const known = finders.get(list);
	if (known) return known;
	const made = makeFinder(list);
	finders.set(list, made);
	return made;
}

function makeFinder(list: readonly SetElement[]): Finder {
	const joined = list.find((element) => Array.isArray(element.key));
	if (!joined) {
		const index = new Index(
			list.map((element) => ({ key: element.key as Operand | null, item: element }))
		);
		return (values) => index.find(values[0]!);
	}
	const parts = (joined.key as readonly Operand[]).length;
	const others = list.find((element) => element.key === null) ?? null;
	const tree = new Tree(
		list
			.filter((element) => element.key !== null)
			.map((element) => ({ key: element.key as readonly Operand[], element })),
		0,
		parts
	);
	return (values) => tree.find(values, 0) ?? others;
}

/** The elements that an operand stands for: a literal's own, or those its set has at the time. */
function holderOf(set: SetOperand, table: Table): { readonly list: readonly SetElement[] } {
	if (set.kind === 'literal') return { list: set.elements };
	const named = table.sets.find((one) => one.name === set.name);
	return named ? named.elements : { list: [] };
}

export function namedSet(table: Table, name: string): NamedSet | null {
	return table.sets.find((set) => set.name === name) ?? null;
}

/** The lookup of a key in a set. An element that has timed out is not there. */
export function lookup(key: Key, set: SetOperand, table: Table): Lookup {
	const holder = holderOf(set, table);
	const values: Scalar[] = key.map(() => 0);
	let list: readonly SetElement[] | null = null;
	let find: Finder = () => null;
	return (ctx) => {
		for (let i = 0; i < key.length; i++) {
			const value = key[i]!(ctx);
			if (value === ABSENT) return ABSENT;
			values[i] = value;
		}
		if (holder.list !== list) {
			list = holder.list;
			find = finderOf(list);
		}
		const element = find(values);
		if (element !== null && element.expires !== undefined && element.expires <= ctx.now)
			return null;
		return element;
	};
}

/** The same, of an element that says nothing against the packet by what it has of its own (`nft_lookup_eval`). */
export function lookupPassing(key: Key, set: SetOperand, table: Table): Lookup {
	const find = lookup(key, set, table);
	return (ctx) => {
		const element = find(ctx);
		if (element === null || element === ABSENT || !element.own) return element;
		return ownPasses(ctx, element.own) === true ? element : null;
	};
}
