/**
 * Equal bands side by side, as d3's band scale has them: paddings are shares of a step. That one brings d3's arrays along,
 * for names of bands that nobody needs here.
 */
export interface Bands {
	/** From one band's start to the next one's. */
	readonly step: number;
	readonly width: number;
	/** Where a band starts. */
	start(index: number): number;
}

export function bandsIn(
	count: number,
	[from, to]: readonly [number, number],
	{ inner, outer = 0 }: { inner: number; outer?: number }
): Bands {
	const step = (to - from) / Math.max(1, count - inner + 2 * outer);
	const first = from + (to - from - step * (count - inner)) / 2;
	return { step, width: step * (1 - inner), start: (index) => first + step * index };
}
