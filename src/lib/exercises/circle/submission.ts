/** What a student hands in: the log of what was done. Nothing in it has to be believed; the mark is worked out anew. */
import * as v from 'valibot';
import type { Kind } from '../format/exercise';
import type { Answer } from '../kinds/answer';
import { readAnswer } from '../kinds/answer';
import { hashText } from '../variants/random';
import type { Act } from './acts';
import type { Assignment, Student } from './assignment';
import { assignmentSchema, seedOf } from './assignment';
import { LONGEST_LINE, plainLine, safeJson } from './hostile';
import { ENGINE_VERSION } from './version';

/** Most characters of a submission. */
export const MOST_SUBMITTED = 2_000_000;

export interface Submission {
	readonly format: 'conntrack-lab-submission';
	readonly version: 1;
	/** `ENGINE_VERSION` of the page that made it. */
	readonly engine: number;
	readonly assignment: Assignment;
	readonly student: Student;
	/** By slug, what was done in order. */
	readonly work: Readonly<Record<string, Worked>>;
}

export interface Worked {
	/** Which variant was shown: a check that the file belongs to this student, no more. */
	readonly variant: string;
	readonly acts: readonly Act[];
}

const line = v.pipe(v.string(), v.maxLength(LONGEST_LINE));

const schema = v.strictObject({
	format: v.literal('conntrack-lab-submission'),
	version: v.literal(1),
	engine: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)),
	assignment: assignmentSchema,
	student: v.strictObject({ name: line, number: line }),
	work: v.record(
		v.pipe(v.string(), v.maxLength(80)),
		v.strictObject({
			variant: v.pipe(v.string(), v.maxLength(20)),
			acts: v.array(v.looseObject({}))
		})
	)
});

/** The name of a variant: what a file says was shown, and what a marker works out. */
export function variantName(assignment: Assignment, student: Student, slug: string): string {
	const seed = seedOf(assignment, student, slug);
	return seed === null ? '0' : hashText(`variant ${seed}`).toString(36);
}

/** A submission's file. The same work gives the same bytes. */
export function submissionText(
	assignment: Assignment,
	student: Student,
	work: Readonly<Record<string, readonly Act[]>>
): string {
	const submission: Submission = {
		format: 'conntrack-lab-submission',
		version: 1,
		engine: ENGINE_VERSION,
		assignment,
		student: { name: plainLine(student.name), number: plainLine(student.number) },
		work: Object.fromEntries(
			assignment.exercises.map((slug) => [
				slug,
				{
					variant: variantName(assignment, student, slug),
					acts: Object.hasOwn(work, slug) ? work[slug]! : []
				}
			])
		)
	};
	return `${JSON.stringify(submission, null, '\t')}\n`;
}

/** Characters that an act takes of a submission's text: where it stands there, it stands four levels deep. */
export const actLength = (act: Act): number => JSON.stringify([[[[act]]]], null, '\t').length;

export type ReadSubmission =
	| { readonly ok: true; readonly submission: Submission }
	| { readonly ok: false; readonly why: 'long' | 'json' | 'form' };

/** Read a submission's text; acts are read once their exercise is known. Never throws. */
export function readSubmission(text: string): ReadSubmission {
	const json = safeJson(text, MOST_SUBMITTED);
	if (!json.ok)
		return { ok: false, why: json.why === 'names' || json.why === 'deep' ? 'form' : json.why };
	const result = v.safeParse(schema, json.value);
	if (!result.success) return { ok: false, why: 'form' };
	const { student } = result.output;
	return {
		ok: true,
		submission: {
			...(result.output as unknown as Submission),
			student: { name: plainLine(student.name), number: plainLine(student.number) }
		}
	};
}

/** An act of an exercise of a kind; `null` for what is none. */
export function readAct(kind: Kind, json: unknown): Act | null {
	if (typeof json !== 'object' || json === null) return null;
	const { do: what, answer, ...rest } = json as Record<string, unknown>;
	if (Object.keys(rest).length > 0) return null;
	if ((what === 'hint' || what === 'solution') && answer === undefined) return { do: what };
	if (what !== 'try') return null;
	const read: Answer | null = readAnswer(kind, answer);
	return read && { do: 'try', answer: read };
}
