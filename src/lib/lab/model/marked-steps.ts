/** Which stops of a walk stand for all of it, where there is room for a few pictures only: on paper. */
import type { MarkKind, Stop } from './stops';

/** Kinds of marks that something came of, for an entry or for a packet. */
const TELLING: ReadonlySet<MarkKind> = new Set(['made', 'changed', 'gone', 'rewrite', 'drop']);

/**
 * The first stop of each telling kind in each direction, the one at hand, and the last; from 1, ascending.
 *
 * @param limit the last stop that may be shown
 * @param at the stop at hand; 0 for none
 */
export function markedSteps(stops: readonly Stop[], limit: number, at = 0): number[] {
	const seen = new Set<string>();
	const found = new Set<number>(limit > 0 ? [limit] : []);
	if (at > 0 && at <= limit) found.add(at);
	stops.slice(0, limit).forEach(({ mark, direction }, i) => {
		const kind = `${mark} ${direction}`;
		if (!TELLING.has(mark) || seen.has(kind)) return;
		seen.add(kind);
		found.add(i + 1);
	});
	return [...found].sort((a, b) => a - b);
}
