/** Rates as iptables gives them back: `limit`'s and `hashlimit`'s. */

/** From the largest; the short name is the one that is printed. */
export const UNITS = [
	{ name: 'day', short: 'day', seconds: 86400 },
	{ name: 'hour', short: 'hour', seconds: 3600 },
	{ name: 'minute', short: 'min', seconds: 60 },
	{ name: 'second', short: 'sec', seconds: 1 }
] as const;
export type Unit = (typeof UNITS)[number];

export const unitOf = (name: string): Unit => UNITS.find((unit) => unit.name === name)!;

/**
 * How many of a period there are in the smallest unit that they fit without too much lost (`print_rate`).
 *
 * @param scale parts of a second in which the period is counted
 */
export function rateOf(period: number, scale: number): { count: number; unit: Unit } {
	let chosen: Unit = UNITS[0];
	for (const unit of UNITS.slice(1)) {
		const size = unit.seconds * scale;
		if (period > size || Math.floor(size / period) < size % period) break;
		chosen = unit;
	}
	return { count: Math.floor((chosen.seconds * scale) / period), unit: chosen };
}
