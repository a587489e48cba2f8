/** Every state of the gallery, in its order, and where in its scenario to stand. */
import type { Recording } from '../model/recording';
import { fates } from './states/fates';
import { large } from './states/large';
import { relations } from './states/relations';
import { tables } from './states/tables';
import { tcp } from './states/tcp';
import { translations } from './states/translations';
import type { State } from './types';

export type { State } from './types';

export const states: readonly State[] = [
	...relations,
	...fates,
	...translations,
	...tables,
	...tcp,
	...large
];

/** The stop to stand at; `null` when the scenario has none like it. */
export function stopOf({ at }: State, { stops, events }: Recording): number | null {
	if (at === 'start') return 0;
	if (at === 'end') return stops.length;
	const found = stops.findLastIndex(({ from, cursor }) => events.slice(from, cursor).some(at));
	return found < 0 ? null : found + 1;
}
