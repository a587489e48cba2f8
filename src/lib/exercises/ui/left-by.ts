/** The network as an answer leaves it: what the Lab shows of a try. */
import { buildWorld } from '$lib/scenario/build';
import type { Scenario } from '$lib/scenario/scenario';
import type { Exercise } from '../format/exercise';
import type { Answer, ConstructAnswer, RepairAnswer } from '../kinds/answer';
import { staged } from '../kinds/construct';
import { repaired } from '../kinds/repair';
import type { Result } from '../kinds/result';

export type Left =
	| { readonly ok: true; readonly scenario: Scenario }
	/** It cannot be run: rules that cannot be read, say. */
	| { readonly ok: false; readonly errors: Result['errors'] };

export function leftBy(exercise: Exercise, answer: Answer): Left {
	if (exercise.kind === 'repair') {
		const { scenario, errors } = repaired(exercise, (answer as RepairAnswer).changes);
		if (errors.length > 0) return { ok: false, errors };
		const built = buildWorld(scenario);
		return built.ok ? { ok: true, scenario } : { ok: false, errors: built.errors };
	}
	if (exercise.kind === 'construct') {
		const made = staged(exercise, (answer as ConstructAnswer).actions);
		if (made.ok) return made;
		const { index, message } = made;
		return { ok: false, errors: [{ path: `actions[${index}]`, message }] };
	}
	return { ok: true, scenario: exercise.scenario };
}
