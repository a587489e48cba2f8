/** Checking an answer, and the answer that an exercise gives itself. */
import type { Exercise } from './format/exercise';
import type {
	Answer,
	Answers,
	ConstructAnswer,
	FillInAnswer,
	RepairAnswer,
	TraceAnswer
} from './kinds/answer';
import { checkConstruct } from './kinds/construct';
import { checkFillIn, tableKey } from './kinds/fill-in';
import { answerKey, checkQuestions } from './kinds/questions';
import { checkRepair, repaired } from './kinds/repair';
import type { Result } from './kinds/result';
import { checkTrace, traceKey } from './kinds/trace';
import type { TextPart } from './format/changes';

/**
 * Check an answer. The same exercise and answer always give the same result, in a browser and on Node.
 *
 * @param answer of the exercise's kind, as `readAnswer` gives it
 */
export function check(exercise: Exercise, answer: Answer): Result {
	switch (exercise.kind) {
		case 'predict':
		case 'diagnose':
			return checkQuestions(exercise, answer as Answers);
		case 'trace':
			return checkTrace(exercise, answer as TraceAnswer);
		case 'fill-in':
			return checkFillIn(exercise, answer as FillInAnswer);
		case 'repair':
			return checkRepair(exercise, answer as RepairAnswer);
		case 'construct':
			return checkConstruct(exercise, answer as ConstructAnswer);
	}
}

/** What a student has before the first action. */
export function emptyAnswer(exercise: Exercise): Answer {
	switch (exercise.kind) {
		case 'predict':
		case 'diagnose':
			return { answers: exercise.questions.map(() => null) };
		case 'trace':
			return { order: [], rewrites: {} };
		case 'fill-in':
			return { cells: {} };
		case 'repair':
			return { changes: {} };
		case 'construct':
			return { actions: [] };
	}
}

/** The exercise's own solution as an answer. For questions, orders and tables the engine works it out. */
export function solutionOf(exercise: Exercise): Answer {
	switch (exercise.kind) {
		case 'predict':
		case 'diagnose':
			return { answers: (answerKey(exercise) ?? []).map(([right]) => right ?? null) };
		case 'trace': {
			const { order, rewrites } = traceKey(exercise) ?? { order: [], rewrites: {} };
			return { order, rewrites };
		}
		case 'fill-in': {
			const blanks = tableKey(exercise)?.blanks ?? [];
			return { cells: Object.fromEntries(blanks.map(({ cell, value }) => [cell, value])) };
		}
		case 'repair':
			return { changes: asWritten(exercise) };
		case 'construct':
			return { actions: exercise.solution };
	}
}

/** A repair's solution as whole texts: what a student would have written. */
function asWritten(exercise: Exercise & { kind: 'repair' }): RepairAnswer['changes'] {
	const { scenario } = repaired(exercise, exercise.solution ?? {});
	const hosts = Object.entries(exercise.change).map(([name, parts]) => {
		const spec = scenario.hosts[name];
		const own = parts.map((part) => {
			const value = spec?.[part];
			if (part === 'sysctl') return [part, value ?? {}];
			if (part === 'routes') return [part, value ?? []];
			const text = (value ?? '') as string | string[];
			return [part satisfies TextPart, typeof text === 'string' ? text : text.join('\n')];
		});
		return [name, Object.fromEntries(own)];
	});
	return Object.fromEntries(hosts);
}
