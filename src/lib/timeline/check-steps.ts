/** Checks steps that are to be put into a scenario, before they are. */
import { tooLarge } from '../scenario/limits';
import { checkScenario } from '../scenario/scenario';
import type { Scenario, ScenarioError, Step } from '../scenario/scenario';
import { withSteps } from './insert-steps';
import type { Insertion } from './insert-steps';

export interface StepError {
	/** Which of the given steps, from 0; `null` for an error elsewhere. */
	readonly step: number | null;
	/** Where in it: `send.packet.ip.src`. */
	readonly path: string;
	readonly message: string;
}

/** What is wrong with steps that somebody wants to put in at `insertion.at`: nothing, if the list is empty. */
export function checkSteps(
	scenario: Scenario,
	insertion: Omit<Insertion, 'steps'> & { readonly steps: readonly unknown[] }
): StepError[] {
	const { at, steps } = insertion;
	const told = (errors: readonly ScenarioError[]): StepError[] =>
		errors.map((error) => placed(error, at, steps.length));
	// What comes of it is shared and opened again, whatever follows the new steps.
	const large = tooLarge(withSteps(scenario, insertion as Insertion));
	if (large.length > 0) return told(large);
	// The steps that were there are good; those after cannot be meant by the new ones.
	const before = { ...scenario, steps: scenario.steps.slice(0, at) };
	const checked = checkScenario(
		withSteps(before, { at, steps: steps as Step[], meanwhile: insertion.meanwhile })
	);
	return checked.ok ? [] : told(checked.errors);
}

function placed({ path, message }: ScenarioError, at: number, count: number): StepError {
	const found = /^steps\[(\d+)\]\.?/.exec(path);
	const step = found ? Number(found[1]) - at : -1;
	return step >= 0 && step < count
		? { step, path: path.slice(found![0].length), message }
		: { step: null, path, message };
}
