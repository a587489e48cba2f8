/** A Lab as it stands at one stop, whatever the reader does: for a picture that does not move. */
import type { LabState } from './lab-state.svelte';
import { labAt } from './lab-at';
import { insideOf } from './model/inside';
import { momentAt } from './model/moment';
import { tellingAt } from './model/telling';

/** @param at the stop to stand at, from 1 */
export function stillLab(lab: LabState, at: number): LabState {
	const moment = momentAt(lab.recording, at, lab.host);
	const still = {
		at,
		from: at,
		moment,
		inside: insideOf(moment.stations, lab.columns),
		sentence: lab.words.sentence(tellingAt(lab.recording, at))
	};
	// What a picture measures is no concern of the Lab on the screen.
	return labAt(
		lab,
		() => still,
		() => true
	);
}
