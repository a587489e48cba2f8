/** An assignment: which exercises, by which rules. It is all in its link; nothing is kept anywhere else. */
import * as v from 'valibot';
import { MOST_PACKED, pack, unpack } from '../../scenario/packed';
import type { Rules } from './acts';
import { plainLine, safeJson } from './hostile';

/** Most exercises in one. */
export const MOST_EXERCISES = 40;
/** Most characters of an assignment's JSON. */
const MOST_TEXT = 65_536;

export interface Assignment {
	readonly format: 'conntrack-lab-assignment';
	readonly version: 1;
	/** Drawn when it is made; variants come from it. */
	readonly id: string;
	readonly title: string;
	/** Slugs. */
	readonly exercises: readonly string[];
	/** Most tries for each; 0 for as many as wanted. */
	readonly attempts: number;
	readonly hints: boolean;
	/** Whether a solution can be shown after a mistake. */
	readonly solutions: boolean;
	/** `each`: a variant for each student; `one`: the same for all; `none`: the exercises as they stand. */
	readonly variants: 'each' | 'one' | 'none';
	/** Advice only: `2027-01-31`. */
	readonly due?: string | undefined;
}

export interface Student {
	readonly name: string;
	/** As the class list has it; may be empty. */
	readonly number: string;
}

const slug = v.pipe(v.string(), v.maxLength(80), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/));

export const assignmentSchema: v.GenericSchema<unknown, Assignment> = v.strictObject({
	format: v.literal('conntrack-lab-assignment'),
	version: v.literal(1),
	id: v.pipe(v.string(), v.regex(/^[a-z0-9]{6,20}$/)),
	title: v.pipe(v.string(), v.maxLength(120)),
	exercises: v.pipe(
		v.array(slug),
		v.minLength(1),
		v.maxLength(MOST_EXERCISES),
		v.check((list) => new Set(list).size === list.length)
	),
	attempts: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
	hints: v.boolean(),
	solutions: v.boolean(),
	variants: v.picklist(['each', 'one', 'none']),
	due: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)))
});

export const rulesOf = ({ attempts, hints, solutions }: Assignment): Rules => ({
	attempts,
	hints,
	solutions
});

/** An id for a new assignment, out of random bytes. */
export function newId(bytes: Uint8Array): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	return [...bytes.slice(0, 10)].map((byte) => letters[byte % letters.length]).join('');
}

/** Who a student is to the draw: the number, or the name where there is none. */
export function studentKey({ name, number }: Student): string {
	return plainLine(number || name).toLowerCase();
}

/** What a student's variant of an exercise is drawn from; `null` for the exercise as it stands. */
export function seedOf(
	{ id, variants }: Assignment,
	student: Student,
	slug: string
): string | null {
	if (variants === 'none') return null;
	return `${id}\n${variants === 'one' ? '' : studentKey(student)}\n${slug}`;
}

/** The one text of an assignment: the same for the same assignment, wherever it comes from. */
export function assignmentText(assignment: Assignment): string {
	const { format, version, id, title, exercises, attempts, hints, solutions, variants, due } =
		assignment;
	return JSON.stringify({
		format,
		version,
		id,
		title,
		exercises,
		attempts,
		hints,
		solutions,
		variants,
		...(due === undefined ? {} : { due })
	});
}

export const sameAssignment = (a: Assignment, b: Assignment): boolean =>
	assignmentText(a) === assignmentText(b);

export type ReadAssignment =
	| { readonly ok: true; readonly assignment: Assignment }
	/** `link`: it cannot be unpacked; `long`: more than is read; `form`: it is no assignment. */
	| { readonly ok: false; readonly why: 'link' | 'long' | 'form' };

/** An assignment's JSON. Never throws. */
export function readAssignment(text: string): ReadAssignment {
	const json = safeJson(text, MOST_TEXT);
	if (!json.ok) return { ok: false, why: json.why === 'long' ? 'long' : 'form' };
	return checkAssignment(json.value);
}

export function checkAssignment(json: unknown): ReadAssignment {
	const result = v.safeParse(assignmentSchema, json);
	if (!result.success) return { ok: false, why: 'form' };
	return { ok: true, assignment: { ...result.output, title: plainLine(result.output.title) } };
}

/** What stands after the `#` of an assignment's link. */
const KEY = 'a=';

/** The fragment of an assignment's link; `null` where it would be longer than a link is read (8 kB). */
export function assignmentFragment(assignment: Assignment): string | null {
	const fragment = KEY + pack(assignmentText(assignment));
	return fragment.length <= MOST_PACKED ? fragment : null;
}

/** Whether an address's fragment (without `#`) is meant to hold an assignment. */
export const hasAssignment = (fragment: string): boolean => fragment.startsWith(KEY);

/** The assignment of a link's fragment. Never throws, and does no more work than the bounds of `packed` allow. */
export function assignmentFromFragment(fragment: string): ReadAssignment {
	if (fragment.length > MOST_PACKED) return { ok: false, why: 'long' };
	if (!hasAssignment(fragment)) return { ok: false, why: 'link' };
	const unpacked = unpack(fragment.slice(KEY.length));
	if (!unpacked.ok) return { ok: false, why: unpacked.why === 'long' ? 'long' : 'link' };
	return readAssignment(unpacked.text);
}

/** The assignment in whatever a teacher pasted: a link, or a file's text. */
export function assignmentFromAnything(text: string): ReadAssignment {
	const trimmed = text.trim();
	if (trimmed.startsWith('{')) return readAssignment(trimmed);
	const at = trimmed.indexOf('#');
	return assignmentFromFragment(trimmed.slice(at + 1));
}
