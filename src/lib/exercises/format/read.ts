/** Reading exercise files: from text to a template, every error with its place. */
import * as v from 'valibot';
import { buildWorld } from '../../scenario/build';
import type { Scenario } from '../../scenario/scenario';
import { checkScenario } from '../../scenario/scenario';
import { checkVariants, draw } from '../variants/draw';
import { leftOver } from '../variants/substitute';
import type { Exercise, ExerciseError, Variants } from './exercise';
import { tellIssue } from './issues';
import type { Template } from './make';
import { finish, put } from './make';
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

/** Read an exercise file's text. */
export function readExercise(source: string, scenarios: ScenarioSource): ReadExercise {
	let json: unknown;
	try {
		json = JSON.parse(source);
	} catch (error) {
		const said = error instanceof Error ? error.message : '';
		const position = /position (\d+)/.exec(said)?.[1];
		const before = source.slice(0, Number(position ?? 0)).split('\n');
		const place = `line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
		return one(position === undefined ? '(file)' : place, 'this is not JSON');
	}
	return checkExercise(json, scenarios);
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
	return { ok: true, exercise };
}

function inScenario(template: Template, errors: readonly ExerciseError[]): ExerciseError[] {
	const named = template.file.scenario;
	const where = typeof named === 'string' ? `scenario ${named}: ` : 'scenario.';
	return errors.map(({ path, message }) => ({ path: `${where}${path}`, message }));
}
