import type { Direction } from '$lib/engine';

/**
 * The class of what is drawn in a direction's colour; `''` for a packet that belongs to no flow.
 *
 * It is set on that alone, and on nothing that much else stands in: an `--accent` that changes is handed down, and the
 * browser styles anew whatever is below.
 */
export const wayClass = (direction: Direction | null | undefined): 'orig' | 'reply' | '' =>
	direction === 0 ? 'orig' : direction === 1 ? 'reply' : '';
