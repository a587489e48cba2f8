/** From a pasted text to a scenario on a ready network, or to places in the text that are wrong. */
import { acceptScenario } from '$lib/scenario/link';
import type { Scenario, ScenarioError } from '$lib/scenario/scenario';
import type { Choices, Pasted, ReadyNetwork } from '../networks';

/** Something wrong with the text; line and column from 1, 0 where there is no place. */
export interface TextFault {
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

export type FromPaste =
	| { readonly ok: true; readonly scenario: Scenario }
	| { readonly ok: false; readonly faults: readonly TextFault[] };

function faultOf({ path, message }: ScenarioError): TextFault {
	const place = /^line (\d+), column (\d+): ([\s\S]*)$/.exec(message);
	return place
		? { line: Number(place[1]), column: Number(place[2]), message: place[3]! }
		: { line: 0, column: 0, message: `${path}: ${message}` };
}

export function scenarioOf(
	network: ReadyNetwork,
	choices: Choices,
	pasted: Pasted,
	title: string
): FromPaste {
	const scenario = { title, ...network.scenario(choices, pasted.texts) };
	const accepted = acceptScenario(scenario);
	if (accepted.ok) return { ok: true, scenario };
	const faults = accepted.errors.map(faultOf);
	return { ok: false, faults: faults.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Where a place is in a text, in characters from its beginning. */
export function offsetOf(text: string, line: number, column: number): number {
	const before = text.split('\n').slice(0, line - 1);
	const start = before.reduce((sum, one) => sum + one.length + 1, 0);
	return Math.min(text.length, start + column - 1);
}
