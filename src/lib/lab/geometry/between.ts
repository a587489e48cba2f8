/**
 * The number that lies `part` of the way from `a` to `b`. d3's has its colours with it, a twentieth of what a page with a
 * Lab may weigh.
 */
export function between(a: number, b: number, part: number): number {
	return a * (1 - part) + b * part;
}
