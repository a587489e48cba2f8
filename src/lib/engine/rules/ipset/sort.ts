/** The order of `ipset -s`. */

/** A word of letters or digits, and what stands before it. */
const PARTS = /([^A-Za-z0-9]*)([A-Za-z0-9]*)/g;

/**
 * Word by word: the shorter first, so that numbers stand by their size; of equal length by their
 * letters. What follows a slash the other way round: the longest prefix first.
 */
export function compareElements(a: string, b: string): number {
	const left = [...a.matchAll(PARTS)];
	const right = [...b.matchAll(PARTS)];
	for (let i = 0; i < Math.min(left.length, right.length); i++) {
		const [, mark, x] = left[i]!;
		const [, other, y] = right[i]!;
		if (mark !== other) return mark === '/' ? 1 : other === '/' ? -1 : mark! < other! ? -1 : 1;
		const order = x!.length - y!.length || (x! < y! ? -1 : x! > y! ? 1 : 0);
		if (order !== 0) return mark === '/' ? -order : order;
	}
	return left.length - right.length;
}
