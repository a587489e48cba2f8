/** Whether an exercise is sound: its solution solves it, nothing solves it before the first action, nothing is ambiguous. */
import { check, emptyAnswer, solutionOf } from './check';
import type { Exercise, ExerciseError } from './format/exercise';
import type { Template } from './format/make';
import { makeChecked } from './format/read';
import { answerKey } from './kinds/questions';
import type { Result } from './kinds/result';
import { tableKey } from './kinds/fill-in';
import { traceKey } from './kinds/trace';
import { reasonWords, aboutWords } from './words/findings';

/** What is wrong with one variant of an exercise; empty for a sound one. */
export function examine(exercise: Exercise): ExerciseError[] {
	const errors: ExerciseError[] = [];
	const solved = check(exercise, solutionOf(exercise));
	if (!solved.solved) errors.push(...unsolved(solved));
	if (check(exercise, emptyAnswer(exercise)).solved)
		errors.push({ path: 'goals', message: 'it is solved before the first action' });
	errors.push(...ambiguities(exercise));
	return errors;
}

/** What is wrong with a variant of a template; the file's own errors come with their place. */
export function examineVariant(template: Template, seed: string | null): ExerciseError[] {
	const made = makeChecked(template, seed);
	return made.ok ? examine(made.exercise) : [...made.errors];
}

function unsolved(result: Result): ExerciseError[] {
	const path = 'solution';
	if (result.errors.length > 0)
		return result.errors.map((one) => ({
			path,
			message: `cannot be run: ${one.path}: ${one.message}`
		}));
	return result.goals
		.filter((goal) => !goal.met)
		.map((goal) => ({
			path,
			message: `does not solve it: ${aboutWords(goal).en} ${reasonWords(goal.reason).en}`
		}));
}

function ambiguities(exercise: Exercise): ExerciseError[] {
	switch (exercise.kind) {
		case 'predict':
		case 'diagnose':
			return (answerKey(exercise) ?? []).flatMap((right, i) =>
				right.length === 1
					? []
					: [
							{
								path: `questions[${i}]`,
								message: `has ${right.length} right answers (${right.join(', ')}), and needs one`
							}
						]
			);
		case 'trace': {
			const { order = [] } = traceKey(exercise) ?? {};
			if (new Set(order).size !== order.length)
				return [{ path: 'trace.stations', message: 'the packet passes one of them twice' }];
			return order.length < 2
				? [{ path: 'trace', message: 'fewer than two stations do anything with the packet' }]
				: [];
		}
		case 'fill-in':
			return (tableKey(exercise)?.blanks.length ?? 0) > 0
				? []
				: [{ path: 'table', message: 'nothing is left to be filled in' }];
		default:
			return [];
	}
}
