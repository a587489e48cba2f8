/** What an entry has an end turned into. */
import type { Tuple } from '$lib/engine';
import { invertTuple } from '$lib/engine';
import { tupleEnds } from '../model/table-rows';

/** One end of the flow as it looks on the far side: the inverted reply tuple's. */
export function outwardEnd(reply: Tuple, manip: 'src' | 'dst'): string {
	const outward = invertTuple(reply);
	return outward ? tupleEnds(outward)[manip] : '';
}
