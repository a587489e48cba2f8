import type { ScenarioError } from '../scenario/scenario';

/** A scenario that cannot be run; its message names the first error, `errors` has all. */
export class ScenarioFault extends Error {
	constructor(readonly errors: readonly ScenarioError[]) {
		super(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
	}
}
