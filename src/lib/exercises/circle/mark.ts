/** Marking: a submission is replayed, act by act, by the rules of the teacher's own assignment. */
import type { Template } from '../format/make';
import { makeExercise } from '../format/make';
import type { Act, Standing } from './acts';
import { BEGINNING, MOST_ACTS, standingOf } from './acts';
import type { Assignment, Student } from './assignment';
import { rulesOf, sameAssignment, seedOf, studentKey } from './assignment';
import { hashText } from '../variants/random';
import type { Submission } from './submission';
import { readAct, readSubmission, variantName } from './submission';
import { ENGINE_VERSION, OLDEST } from './version';

/** What is remarkable about a file, besides its mark. */
export type Remark =
	/** It was made for this student's number, and carries work on another variant. */
	| 'wrong variant'
	/** Its assignment has this id and other rules; the teacher's were applied. */
	| 'other rules'
	/** Acts that are none were left out. */
	| 'broken acts'
	/** More acts than are replayed: those after the first `MOST_ACTS` were left out. */
	| 'too many acts'
	/** An older engine made it; today's marked it. */
	| 'older engine'
	/** Neither name nor number. */
	| 'nameless';

/** Why a file has no mark. */
export type Refusal =
	/** No JSON, or cut off. */
	| 'unreadable'
	/** JSON, and no submission. */
	| 'not a submission'
	| 'too long'
	/** It is not called `….json`: it was opened and saved as something else, say. */
	| 'other name'
	/** Of another assignment. */
	| 'other assignment'
	/** Of an engine that is too old, or newer than this one. */
	| 'other engine'
	/** Marking it took too long, or failed. */
	| 'not marked';

/** What one exercise came to. */
export interface ExerciseMark extends Standing {
	readonly slug: string;
}

export type Mark =
	| {
			readonly file: string;
			readonly ok: true;
			readonly student: Student;
			readonly solved: number;
			readonly of: number;
			readonly exercises: readonly ExerciseMark[];
			readonly remarks: readonly Remark[];
			/** Of what was handed in, for finding copies. */
			readonly print: string;
	  }
	| { readonly file: string; readonly ok: false; readonly why: Refusal };

/** Templates of an assignment's exercises by slug; the site's own files. */
export type Templates = ReadonlyMap<string, Template>;

/** Whether a file in a folder is meant to be one: `….json`, or nearly. Others are passed over. */
export const isHandedIn = (file: string): boolean => /\.json/i.test(file);

/** Mark one file. Never throws; the same file always gives the same mark. */
export function markFile(
	file: string,
	text: string,
	assignment: Assignment,
	templates: Templates
): Mark {
	if (!file.endsWith('.json')) return { file, ok: false, why: 'other name' };
	const read = readSubmission(text);
	if (!read.ok) {
		const why = { long: 'too long', json: 'unreadable', form: 'not a submission' } as const;
		return { file, ok: false, why: why[read.why] };
	}
	const { submission } = read;
	if (submission.assignment.id !== assignment.id)
		return { file, ok: false, why: 'other assignment' };
	const { engine } = submission;
	if (engine > ENGINE_VERSION || engine < OLDEST) return { file, ok: false, why: 'other engine' };
	try {
		return markSubmission(file, submission, assignment, templates);
	} catch {
		return { file, ok: false, why: 'not marked' };
	}
}

function markSubmission(
	file: string,
	submission: Submission,
	assignment: Assignment,
	templates: Templates
): Mark {
	const { student, work } = submission;
	const remarks = new Set<Remark>();
	if (studentKey(student) === '') remarks.add('nameless');
	if (!sameAssignment(submission.assignment, assignment)) remarks.add('other rules');
	if (submission.engine < ENGINE_VERSION) remarks.add('older engine');
	const exercises = assignment.exercises.map((slug): ExerciseMark => {
		const template = templates.get(slug);
		const worked = Object.hasOwn(work, slug) ? work[slug]! : null;
		if (!template || !worked) return { slug, ...BEGINNING };
		if (worked.variant !== variantName(assignment, student, slug)) remarks.add('wrong variant');
		const acts: Act[] = [];
		if (worked.acts.length > MOST_ACTS) remarks.add('too many acts');
		for (const one of worked.acts.slice(0, MOST_ACTS)) {
			const act = readAct(template.kind, one);
			if (act) acts.push(act);
			else remarks.add('broken acts');
		}
		if (acts.length === 0) return { slug, ...BEGINNING };
		const exercise = makeExercise(template, seedOf(assignment, student, slug));
		return { slug, ...standingOf(exercise, rulesOf(assignment), acts) };
	});
	return {
		file,
		ok: true,
		student,
		solved: exercises.filter(({ solved }) => solved).length,
		of: exercises.length,
		exercises,
		remarks: [...remarks].sort(),
		print: hashText(JSON.stringify(work)).toString(36)
	};
}

/** Files by one student, and files whose work is the same to the letter. */
export interface Duplicates {
	readonly sameStudent: readonly (readonly string[])[];
	readonly sameWork: readonly (readonly string[])[];
}

export function duplicatesOf(marks: readonly Mark[]): Duplicates {
	const groups = (key: (mark: Mark & { ok: true }) => string): string[][] => {
		const by = new Map<string, string[]>();
		for (const mark of marks) {
			if (!mark.ok) continue;
			const list = by.get(key(mark)) ?? [];
			list.push(mark.file);
			by.set(key(mark), list);
		}
		return [...by.values()].filter((list) => list.length > 1);
	};
	const worked = (mark: Mark & { ok: true }): boolean =>
		mark.exercises.some((one) => one.tries > 0);
	return {
		sameStudent: groups((mark) => studentKey(mark.student) || mark.file),
		sameWork: groups((mark) => (worked(mark) ? mark.print : `none ${mark.file}`))
	};
}

/** Of several files by one student the best counts; of two as good, the one first in the order of names. */
export function bestOf(marks: readonly Mark[]): (Mark & { ok: true })[] {
	const best = new Map<string, Mark & { ok: true }>();
	for (const mark of inOrder(marks)) {
		if (!mark.ok) continue;
		const key = studentKey(mark.student) || `file ${mark.file}`;
		const before = best.get(key);
		if (!before || mark.solved > before.solved) best.set(key, mark);
	}
	return [...best.values()];
}

/** Marks by the names of their files, as plain text: the same order on every machine. */
export function inOrder(marks: readonly Mark[]): Mark[] {
	return [...marks].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** All marks as one text: the same bytes in a browser and on Node. */
export function marksText(assignment: Assignment, marks: readonly Mark[]): string {
	const report = {
		format: 'conntrack-lab-marks',
		version: 1,
		engine: ENGINE_VERSION,
		assignment: assignment.id,
		title: assignment.title,
		marks: inOrder(marks),
		duplicates: duplicatesOf(inOrder(marks))
	};
	return `${JSON.stringify(report, null, '\t')}\n`;
}
