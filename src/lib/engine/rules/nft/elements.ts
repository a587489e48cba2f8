/** Elements of a named set that come and go by command. */
import type { NamedSet, Operand, Scalar, SetElement } from '../ruleset';
import { stretch } from '../stretch';
import { Fault } from './fault';
import type { Place } from './place';

/** Text that two elements share when and only when their keys are the same. */
export function keyText(key: SetElement['key']): string {
	if (key === null) return '*';
	const part = (operand: Operand): string => {
		switch (operand.kind) {
			case 'value':
				return typeof operand.value === 'object' ? operand.value.join('.') : String(operand.value);
			case 'wildcard':
				return `${operand.start}*`;
			case 'set':
				return '';
			default:
				return stretch(operand)!.join('-');
		}
	};
	return Array.isArray(key)
		? (key as readonly Operand[]).map(part).join(' . ')
		: part(key as Operand);
}

/** Whether nothing lies between the end of one stretch and the beginning of another. */
export function touches(end: Scalar, start: Scalar): boolean {
	if (start <= end) return true;
	if (typeof end === 'number') return end + 1 === start;
	return BigInt(`0x${end}`) + 1n === BigInt(`0x${start}`);
}

function simple(element: SetElement): readonly [Scalar, Scalar] | null {
	if (element.key === null || Array.isArray(element.key)) return null;
	return stretch(element.key as Operand);
}

/** Elements that have not timed out. */
export function living(list: readonly SetElement[], now: number): readonly SetElement[] {
	return list.some((element) => element.expires !== undefined && element.expires <= now)
		? list.filter((element) => element.expires === undefined || element.expires > now)
		: list;
}

/** Whether two elements of a map lead to the same. */
export function sameData(a: SetElement, b: SetElement): boolean {
	return (
		a.object === b.object &&
		JSON.stringify([a.data ?? null, a.verdict ?? null]) ===
			JSON.stringify([b.data ?? null, b.verdict ?? null])
	);
}

/** Whether an element of one part is more than one value. */
export function isRanged({ key }: SetElement): boolean {
	return key !== null && !Array.isArray(key) && (key as Operand).kind !== 'value';
}

/** The set's elements with `added` among them. */
export function mergeElements(
	old: readonly SetElement[],
	added: readonly SetElement[],
	set: NamedSet,
	create: boolean,
	place: Place,
	now: number
): readonly SetElement[] {
	const list = [...living(old, now)];
	const known = new Map(list.map((element) => [keyText(element.key), element]));
	const interval = set.flags.includes('interval');
	for (const element of added) {
		if (!interval && isRanged(element))
			throw new Fault(
				place,
				`the set \`${set.name}\` needs \`flags interval\` for ranges and prefixes`
			);
		if (element.timeout !== undefined && !set.flags.includes('timeout'))
			throw new Fault(place, `the set \`${set.name}\` has no \`flags timeout\``);
		const same = known.get(keyText(element.key));
		if (same) {
			if (create) throw new Fault(place, `an element is in the set \`${set.name}\` already`);
			if (!sameData(same, element))
				throw new Fault(place, `an element is in the map \`${set.name}\` already, with other data`);
			continue;
		}
		const timeout = element.timeout ?? set.timeout;
		const made: SetElement =
			timeout === undefined || element.expires !== undefined
				? element
				: { ...element, expires: now + timeout * 1000 };
		if (interval && !Array.isArray(element.key)) {
			if (set.autoMerge && set.data === undefined) {
				absorb(list, made);
				continue;
			}
			const mine = simple(made);
			const clash = mine && list.find((other) => (overlap(simple(other), mine) ? true : false));
			if (clash) throw new Fault(place, `intervals of the set \`${set.name}\` overlap`);
		}
		if (interval && list.some((other) => cutsJoined(other, made)))
			throw new Fault(place, `intervals of the set \`${set.name}\` overlap`);
		list.push(made);
		known.set(keyText(element.key), made);
	}
	if (set.size !== undefined && list.length > set.size)
		throw new Fault(place, `the set \`${set.name}\` has room for ${set.size} elements only`);
	return list;
}

function overlap(
	a: readonly [Scalar, Scalar] | null,
	b: readonly [Scalar, Scalar] | null
): boolean {
	return a !== null && b !== null && a[0] <= b[1] && b[0] <= a[1];
}

/**
 * Whether the beginning or the end of a concatenation of ranges lies within another that is there.
 * One around others is taken (`nft_pipapo_insert`).
 */
export function cutsJoined(there: SetElement, added: SetElement): boolean {
	return holdsEnd(there, added, 0) || holdsEnd(there, added, 1);
}

/** Whether the beginning (0) or the end (1) of a concatenation lies within another. */
function holdsEnd(there: SetElement, other: SetElement, end: 0 | 1): boolean {
	if (!Array.isArray(there.key) || !Array.isArray(other.key)) return false;
	const outer = there.key as readonly Operand[];
	return (other.key as readonly Operand[]).every((part, i) => {
		const around = stretch(outer[i]!);
		const point = stretch(part)?.[end];
		return around && point !== undefined
			? around[0] <= point && point <= around[1]
			: keyText(part) === keyText(outer[i]!);
	});
}

function isJoinedRange({ key }: SetElement): boolean {
	return Array.isArray(key) && (key as readonly Operand[]).some(({ kind }) => kind !== 'value');
}

/** `auto-merge`: stretches that touch or overlap become one. */
function absorb(list: SetElement[], element: SetElement): void {
	const mine = simple(element);
	if (!mine) {
		list.push(element);
		return;
	}
	let [from, to] = mine;
	for (let i = list.length - 1; i >= 0; i--) {
		const other = simple(list[i]!);
		if (other && touches(to, other[0]) && touches(other[1], from)) {
			if (other[0] < from) from = other[0];
			if (other[1] > to) to = other[1];
			list.splice(i, 1);
		}
	}
	list.push({
		...element,
		key: from === to ? { kind: 'value', value: from } : { kind: 'range', from, to }
	});
}

/** The set's elements without `removed`, each of which must be there. */
export function removeElements(
	old: readonly SetElement[],
	removed: readonly SetElement[],
	place: Place,
	now: number
): readonly SetElement[] {
	const list = [...living(old, now)];
	const ranges = list.some(isJoinedRange) || removed.some(isJoinedRange);
	for (const element of removed) {
		const text = keyText(element.key);
		// Of joined ranges the first goes that has the beginning in it (`nft_pipapo_deactivate`).
		const at = list.findIndex((one) =>
			ranges ? holdsEnd(one, element, 0) : keyText(one.key) === text
		);
		if (at < 0) throw new Fault(place, 'an element to be deleted is not in the set');
		list.splice(at, 1);
	}
	return list;
}
