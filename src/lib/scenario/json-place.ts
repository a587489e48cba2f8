/** Where a text stops being JSON. */

/** Line and column, from 1, of a place in a text. */
export function lineColumn(source: string, offset: number): string {
	const before = source.slice(0, offset).split('\n');
	return `line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
}

/** The place that the error of `JSON.parse` tells; `null` where it tells none, as Node's does for some mistakes. */
export function toldOffset(error: unknown): number | null {
	const told = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
	return told === undefined ? null : Number(told);
}
