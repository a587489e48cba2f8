/** What nft makes of the elements of a set written in place before it hands them to the kernel. */
import type { Operand, Scalar, SetElement } from '../ruleset';
import { stretch } from '../stretch';
import { cutsJoined, keyText, sameData, touches } from './elements';
import { Fault } from './fault';
import type { Place } from './place';

function single(element: SetElement): Operand | null {
	return element.key === null || Array.isArray(element.key) ? null : (element.key as Operand);
}

/**
 * Doubles are left out; in a set with ranges, stretches that touch or overlap are joined; in a
 * map, what is said twice must be said the same way.
 */
export function normalizeLiteral(elements: readonly SetElement[], place: Place): SetElement[] {
	const seen = new Map<string, SetElement>();
	for (const element of elements) {
		const key = keyText(element.key);
		const before = seen.get(key);
		if (!before) seen.set(key, element);
		else if (!sameData(before, element))
			throw new Fault(place, 'one key of the map has two different data');
	}
	const list = [...seen.values()];
	const ranges = list.some((element) => {
		const key = single(element);
		return key !== null && (key.kind === 'range' || key.kind === 'prefix');
	});
	if (!ranges) return refuseCuts(list, place);
	const map = list.some(({ data, verdict, object }) => (data ?? verdict ?? object) !== undefined);
	return map ? refuseOverlaps(list, place) : join(list);
}

interface Stretch {
	from: Scalar;
	to: Scalar;
	element: SetElement;
}

function stretches(list: readonly SetElement[]): { sorted: Stretch[]; others: SetElement[] } {
	const sorted: Stretch[] = [];
	const others: SetElement[] = [];
	for (const element of list) {
		const key = single(element);
		const covered = key && stretch(key);
		if (covered) sorted.push({ from: covered[0], to: covered[1], element });
		else others.push(element);
	}
	sorted.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	return { sorted, others };
}

function join(list: readonly SetElement[]): SetElement[] {
	const { sorted, others } = stretches(list);
	const out: Stretch[] = [];
	for (const next of sorted) {
		const last = out.at(-1);
		if (last && touches(last.to, next.from)) {
			if (next.to > last.to || next.from < last.from) {
				const to = next.to > last.to ? next.to : last.to;
				last.element = { ...last.element, key: { kind: 'range', from: last.from, to } };
				last.to = to;
			}
		} else out.push({ ...next });
	}
	return [...out.map(({ element }) => element), ...others];
}

/** Concatenations are looked at by the kernel, in the order in which they come. */
function refuseCuts(list: SetElement[], place: Place): SetElement[] {
	const ranged = list.some(
		({ key }) =>
			Array.isArray(key) &&
			(key as readonly Operand[]).some(({ kind }) => kind === 'range' || kind === 'prefix')
	);
	if (ranged)
		list.forEach((element, i) => {
			if (list.slice(0, i).some((other) => cutsJoined(other, element)))
				throw new Fault(place, 'intervals of the set overlap');
		});
	return list;
}

function refuseOverlaps(list: SetElement[], place: Place): SetElement[] {
	const { sorted } = stretches(list);
	for (let i = 1; i < sorted.length; i++)
		if (sorted[i]!.from <= sorted[i - 1]!.to)
			throw new Fault(place, 'intervals of the map overlap');
	return list;
}
