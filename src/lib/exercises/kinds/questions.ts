/** Predict and diagnose: questions whose right answers the engine knows. */
import type { Choice, Diagnose, Predict, Probe, Question } from '../format/exercise';
import { applyChanges } from '../format/changes';
import { evaluate } from '../goals/evaluate';
import { lastStep } from '../goals/last-step';
import { entryMisfit } from '../goals/match';
import { once } from '../run/once';
import type { Run } from '../run/run';
import { runScenario } from '../run/run';
import type { Answers } from './answer';
import { checkGoals } from './repair';
import type { Checked, Result } from './result';
import { failed, resultOf } from './result';

type Asking = Predict | Diagnose;

function isRight(exercise: Asking, choice: Choice, run: Run): boolean {
	if (choice.correct !== undefined) return choice.correct;
	if (choice.fix) {
		const { scenario, errors } = applyChanges(exercise.scenario, choice.fix);
		if (errors.length > 0) return false;
		const goals = checkGoals(scenario, exercise.goals ?? []);
		return Array.isArray(goals) && goals.every((goal) => goal.met);
	}
	return (
		choice.holds !== undefined && choice.holds.every((condition) => evaluate(condition, run).met)
	);
}

function fieldOf(value: unknown, path: string): string | null {
	let at: unknown = value;
	for (const key of path.split('.')) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
		at = (at as Record<string, unknown>)[key];
	}
	return typeof at === 'object' ? null : String(at);
}

/** The value that a probe finds; `null` where there is none. */
export function probe(of: Probe, run: Run): string | null {
	if ('packet' in of) {
		const { at, step, field } = of.packet;
		const found = run.steps[step]?.arrived.find((one) => one.at === at);
		return found ? fieldOf(found.packet, field) : null;
	}
	if ('entry' in of) {
		const { on, step, match = {}, field } = of.entry;
		const found = run.table(on, step).filter((line) => !entryMisfit(match, line));
		return found.length === 1 ? (found[0]![field] ?? null) : null;
	}
	if ('entries' in of) return String(run.table(of.entries.on, of.entries.step).length);
	const { on, name, step = run.steps.length - 1 } = of.stat;
	return String(run.steps[step]?.stats.get(on)?.[name] ?? null);
}

/** Right answers to a question: choices by their place in the file, or the one text. */
export function rightAnswers(
	exercise: Asking,
	question: Question,
	run: Run
): readonly (number | string)[] {
	if ('choices' in question)
		return question.choices.flatMap((choice, i) => (isRight(exercise, choice, run) ? [i] : []));
	const value = probe(question.value, run);
	return value === null ? [] : [value];
}

/** Numbers and addresses as people write them: blanks, capitals and the full-width signs of Chinese typing do not matter. */
export const plain = (text: string): string =>
	text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The last step that a question asks about; `undefined` for the end. */
function furthest({ questions }: Asking): number | undefined {
	const steps = questions.map((question) => {
		if ('choices' in question) return lastStep(question.choices.flatMap(({ holds = [] }) => holds));
		return Object.values(question.value as Record<string, { step?: number }>)[0]?.step;
	});
	return steps.some((step) => step === undefined)
		? undefined
		: Math.max(...steps.map((step) => step ?? 0));
}

type Key = readonly (readonly (number | string)[])[] | null;

/** All right answers, by question; `null` when the scenario cannot be run. */
export const answerKey = once((exercise: Asking): Key => {
	const ran = runScenario(exercise.scenario, furthest(exercise));
	if (!ran.ok) return null;
	return exercise.questions.map((question) => rightAnswers(exercise, question, ran.run));
});

export function checkQuestions(exercise: Asking, { answers }: Answers): Result {
	const key = answerKey(exercise);
	if (!key) return failed([{ path: 'scenario', message: 'cannot be run' }]);
	const checked = exercise.questions.map((question, i): Checked => {
		const given = answers[i] ?? null;
		const met = key[i]!.some((right) =>
			typeof right === 'number'
				? right === given
				: given !== null && plain(right) === plain(String(given))
		);
		const choice =
			'choices' in question && typeof given === 'number' ? question.choices[given] : undefined;
		return {
			met,
			reason: met ? { kind: 'as asked' } : { kind: 'happened' },
			about: { question: i, why: choice?.why ?? null }
		};
	});
	return resultOf(checked);
}
