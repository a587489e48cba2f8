/** The kernel's clock (`jiffies`), by which matches reckon. */

/** Ticks in a second. */
export const HZ = 250;
/** Milliseconds of one. */
export const JIFFY = 1000 / HZ;

export const ticksOf = (milliseconds: number): number => Math.floor(milliseconds / JIFFY);
