/** Which engine a submission was made with. */

/**
 * Counts up whenever a change of the engine or of the marking can change a mark. A submission names it; one of an older
 * number down to `OLDEST` is marked with today's engine, with a word about it, and any other is refused.
 */
export const ENGINE_VERSION = 2;
export const OLDEST = 1;
