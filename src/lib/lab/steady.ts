/**
 * A list that is made anew with each step and holds the same most of the time: then it is given on as the very same list,
 * and nothing that depends on it is looked at. For a `$derived`, which compares by identity.
 */
export function steadyList<T>(
	same: (a: T, b: T) => boolean = Object.is
): (next: readonly T[]) => readonly T[] {
	let last: readonly T[] = [];
	return (next) => {
		const kept = next.map((item, i) => {
			const before = last[i];
			return before !== undefined && same(before, item) ? before : item;
		});
		if (kept.length !== last.length || kept.some((item, i) => item !== last[i])) last = kept;
		return last;
	};
}
