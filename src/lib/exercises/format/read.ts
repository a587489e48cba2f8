/** Reading exercise files: from text to a template, every error with its place. */
import * as v from 'valibot';
import { buildWorld } from '../../scenario/build';
import type { Scenario } from '../../scenario/scenario';
import { checkScenario } from '../../scenario/scenario';
import { checkVariants, draw } from '../variants/draw';
import { leftOver } from '../variants/substitute';
import type { Exercise, ExerciseError, Variants } from './exercise';
import { tellIssue } from './issues';
import { notJson } from './json-place';
import type { Template } from './make';
import { finish, put } from './make';
import { meaningErrors } from './meaning';
import { exerciseSchema } from './schema';

export type ReadExercise =
	| { readonly ok: true; readonly template: Template }
	| { readonly ok: false; readonly errors: readonly ExerciseError[] };

export type Made =
	| { readonly ok: true; readonly exercise: Exercise }
	| { readonly ok: false; readonly errors: readonly ExerciseError[] };

/** Gives a scenario of content/scenarios by its name; `undefined` where there is none. */
export type ScenarioSource = (name: string) => unknown;

const one = (path: string, message: string): ReadExercise => ({
	ok: false,
	errors: [{ path, message }]
});

/** Whether there is a lesson of this slug. */
export type LessonSource = (slug: string) => boolean;

/**
 * Read an exercise file's text.
 *
 * @param lessons what lessons there are; without it, any may be named
 */
export function readExercise(
	source: string,
	scenarios: ScenarioSource,
	lessons: LessonSource = () => true
): ReadExercise {
	let json: unknown;
	try {
		json = JSON.parse(source);
	} catch (error) {
		return { ok: false, errors: [notJson(source, error)] };
	}
	const read = checkExercise(json, scenarios);
	const lesson = read.ok ? read.template.lesson : undefined;
	return lesson === undefined || lessons(lesson) ? read : one('lesson', `no lesson \`${lesson}\``);
}

/** Check a value that is to be an exercise file. */
export function checkExercise(json: unknown, scenarios: ScenarioSource): ReadExercise {
	if (typeof json !== 'object' || json === null || Array.isArray(json))
		return one('(file)', 'expected an object');
	const file = json as Record<string, unknown>;
	const named = file.scenario;
	const scenario = typeof named === 'string' ? scenarios(named) : named;
	if (scenario === undefined)
		return one('scenario', named === undefined ? 'is missing' : `no scenario \`${String(named)}\``);
	const variants = (Object.hasOwn(file, 'variants') ? file.variants : undefined) ?? {};
	// The shape of the variants comes first: nothing can be drawn without it.
	const shape = v.safeParse(exerciseSchema, file);
	const ofVariants = (shape.issues ?? []).filter((issue) => issue.path?.[0]?.key === 'variants');
	if (ofVariants.length > 0)
		return { ok: false, errors: ofVariants.flatMap((issue) => tellIssue(issue)) };
	const wrong = checkVariants(variants as Variants);
	if (wrong.length > 0) return { ok: false, errors: wrong };
	const template = { file, scenario, variants: variants as Variants } as Template;
	const made = makeChecked(template, null);
	if (!made.ok) return made;
	const { kind, grade, lesson, title } = made.exercise;
	return { ok: true, template: { ...template, kind, grade, lesson, title } };
}

/**
 * Make a variant, checking everything: shape, scenario, rules.
 *
 * @param seed what the draw comes from; `null` for the file as it stands
 */
export function makeChecked(template: Template, seed: string | null): Made {
	const { file, scenario } = put(template, draw(template.variants, seed));
	const left = leftOver(file) ?? leftOver(scenario, 'scenario');
	if (left)
		return {
			ok: false,
			errors: [{ path: left.path, message: `nothing is put in place of {{${left.name}}}` }]
		};
	const both = choicesAndValue(file);
	if (both.length > 0) return { ok: false, errors: both };
	const shape = v.safeParse(exerciseSchema, { ...file, scenario });
	if (!shape.success) return { ok: false, errors: shape.issues.flatMap((one) => tellIssue(one)) };
	const parsed = checkScenario(scenario);
	if (!parsed.ok) return { ok: false, errors: inScenario(template, parsed.errors) };
	const { exercise, errors } = finish(file, scenario as Scenario);
	if (errors.length > 0) return { ok: false, errors };
	const again = checkScenario(exercise.scenario);
	if (!again.ok)
		return { ok: false, errors: again.errors.map((e) => ({ ...e, path: e.path || 'steps' })) };
	const built = buildWorld(exercise.scenario);
	if (!built.ok) return { ok: false, errors: inScenario(template, built.errors) };
	const astray = meaningErrors(exercise, built.world);
	return astray.length > 0 ? { ok: false, errors: astray } : { ok: true, exercise };
}

/** A question of two forms fits none of the schema's, and no issue of it would say why. */
function choicesAndValue({ questions }: Record<string, unknown>): ExerciseError[] {
	if (!Array.isArray(questions)) return [];
	return questions.flatMap((one: unknown, i) =>
		typeof one === 'object' && one !== null && 'choices' in one && 'value' in one
			? [{ path: `questions[${i}]`, message: 'has both choices and a value: expected one of them' }]
			: []
	);
}

function inScenario(template: Template, errors: readonly ExerciseError[]): ExerciseError[] {
	const named = template.file.scenario;
	const where = typeof named === 'string' ? `scenario ${named}: ` : 'scenario.';
	return errors.map(({ path, message }) => ({ path: `${where}${path}`, message }));
}
