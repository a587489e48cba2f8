/** A Lab as it stands at one stop, whatever the reader does: for a picture that does not move. */
import type { LabState } from './lab-state.svelte';
import { insideOf } from './model/inside';
import { momentAt } from './model/moment';
import { tellingAt } from './model/telling';

/** @param at the stop to stand at, from 1 */
export function stillLab(lab: LabState, at: number): LabState {
	const moment = momentAt(lab.recording, at, lab.host);
	const still: ReadonlyMap<PropertyKey, unknown> = new Map<keyof LabState, unknown>([
		['at', at],
		['from', at],
		['moment', moment],
		['inside', insideOf(moment.stations, lab.columns)],
		['sentence', lab.words.sentence(tellingAt(lab.recording, at))]
	]);
	return new Proxy(lab, {
		get: (target, key) => {
			if (still.has(key)) return still.get(key);
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
		// What a picture measures is no concern of the Lab on the screen.
		set: () => true
	});
}
