/** Assignments and submissions for tests. */
import type { Act } from '../../src/lib/exercises/circle/acts';
import type { Assignment, Student } from '../../src/lib/exercises/circle/assignment';
import { seedOf } from '../../src/lib/exercises/circle/assignment';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import { markFile } from '../../src/lib/exercises/circle/mark';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { solutionOf } from '../../src/lib/exercises/check';
import { makeExercise } from '../../src/lib/exercises/format/make';
import type { Template } from '../../src/lib/exercises/format/make';
import { templateOf } from './load';

/** One of each kind. */
export const SIX = [
	'dnat-to-nobody',
	'what-the-client-sees',
	'the-way-of-the-answer',
	'two-tuples-one-line',
	'two-syns-race',
	'silent-since-the-reload'
] as const;

export const assignment: Assignment = {
	format: 'conntrack-lab-assignment',
	version: 1,
	id: 'abcdefghjk',
	title: 'Week 3',
	exercises: SIX,
	attempts: 0,
	hints: true,
	solutions: true,
	variants: 'each'
};

export const templates = new Map<string, Template>(SIX.map((slug) => [slug, templateOf(slug)]));

export const exerciseFor = (student: Student, slug: string, of = assignment) =>
	makeExercise(templates.get(slug)!, seedOf(of, student, slug));

/** Acts that solve an exercise at once. */
export const solving = (student: Student, slug: string, of = assignment): Act[] => [
	{ do: 'try', answer: solutionOf(exerciseFor(student, slug, of)) }
];

/** The file of a student who solved these and nothing else. */
export const submissionOf = (
	student: Student,
	solved: readonly string[],
	of = assignment
): string =>
	submissionText(
		of,
		student,
		Object.fromEntries(solved.map((slug) => [slug, solving(student, slug, of)]))
	);

export const mark = (text: string, of = assignment): Mark =>
	markFile('x.json', text, of, templates);

export const ada: Student = { name: 'Ada Lovelace', number: 's-101' };
export const bao: Student = { name: 'Bao Chen', number: 's-102' };
