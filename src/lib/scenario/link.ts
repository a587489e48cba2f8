/**
 * A scenario in the fragment of an address, and back. What comes back was written by anybody: it is bounded, checked
 * like a file, and run once before it is believed.
 */
import { strToU8 } from 'fflate';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { lineColumn } from './json-place';
import { LIMITS, tooLarge } from './limits';
import { MOST_PACKED, MOST_UNPACKED, pack, unpack } from './packed';
import { rehearse } from './rehearse';
import type { ParsedScenario, Scenario, ScenarioError } from './scenario';
import { checkScenario } from './scenario';
import { tooLong } from './unopened';

/** Room that a link leaves for what it says besides the scenario: the step, the host. */
const ROOM = 192;

export type Link =
	| { readonly ok: true; readonly packed: string }
	/** It would be longer than a link may be: `size` characters of `most`. */
	| { readonly ok: false; readonly size: number; readonly most: number };

/** A scenario's text for a link. */
export function scenarioToLink(scenario: Scenario): Link {
	const text = JSON.stringify(scenario);
	const packed = pack(text);
	const most = MOST_PACKED - ROOM;
	if (packed.length > most) return { ok: false, size: packed.length, most };
	const bytes = strToU8(text).length;
	return bytes > MOST_UNPACKED
		? { ok: false, size: bytes, most: MOST_UNPACKED }
		: { ok: true, packed };
}

const WHY = {
	form: 'this is no packed scenario: letters, digits, - and _ were expected',
	broken: 'it is cut off or damaged',
	long: `it holds more than is read from a link (${MOST_PACKED} characters, ${MOST_UNPACKED} bytes unpacked)`
} as const;

/** Read a scenario out of a link. Never throws; errors say where they are (`(link)`: in the link as such). */
export function scenarioFromLink(packed: string): ParsedScenario {
	const unpacked = unpack(packed);
	if (!unpacked.ok) return { ok: false, errors: [{ path: '(link)', message: WHY[unpacked.why] }] };
	return readScenario(unpacked.text);
}

/** Read a scenario that somebody else wrote: bounded, checked, and run once. Never throws. */
export function readScenario(text: string): ParsedScenario {
	if (text.length > LIMITS.characters) return tooLong();
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, errors: [notJson(text)] };
	}
	return acceptScenario(json);
}

/** Where a text stops being JSON, and what is missing there. Browsers have a different word for it each, and not always a place. */
function notJson(text: string): ScenarioError {
	const faults: ParseError[] = [];
	parse(text, faults, { disallowComments: true });
	const [first] = faults;
	if (!first) return { path: '(file)', message: 'this is not JSON' };
	// `CommaExpected`, `CloseBraceExpected` …
	const what = printParseErrorCode(first.error)
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase();
	return { path: lineColumn(text, first.offset), message: `this is not JSON (${what})` };
}

/** Likewise, of a value that is to be a scenario. */
export function acceptScenario(json: unknown): ParsedScenario {
	const large = tooLarge(json);
	if (large.length > 0) return { ok: false, errors: large };
	const checked = checkScenario(json);
	if (!checked.ok) return checked;
	const errors = rehearse(checked.scenario);
	return errors.length > 0 ? { ok: false, errors } : checked;
}
