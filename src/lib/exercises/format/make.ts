/** From a template and a seed to the exercise that a student does. */
import type { Scenario, Step } from '../../scenario/scenario';
import { asText } from '../../scenario/scenario';
import type { Drawn } from '../variants/draw';
import { draw } from '../variants/draw';
import { substitution } from '../variants/substitute';
import type { Changes, HostChange } from './changes';
import { TEXT_PARTS, applyChanges } from './changes';
import type { Exercise, ExerciseError, Grade, Kind, Repair, Variants } from './exercise';
import type { Words } from './words';

/** An exercise file that has been read, its scenario beside it; variants are made of it. */
export interface Template {
	readonly kind: Kind;
	readonly grade: Grade;
	readonly lesson?: string | undefined;
	readonly title: Words;
	readonly variants: Variants;
	/** The file's JSON and that of its scenario, with nothing put in yet. */
	readonly file: Readonly<Record<string, unknown>>;
	readonly scenario: unknown;
}

/**
 * A template of a file that is known to be sound: the site's own, which its build has checked.
 *
 * @param scenario the JSON of the scenario that the file names, or that stands in it
 */
export function templateOf(file: Readonly<Record<string, unknown>>, scenario: unknown): Template {
	const { kind, grade, lesson, title, variants = {} } = file as unknown as Template;
	return { kind, grade, lesson, title, variants, file, scenario };
}

/** The file and its scenario with a draw put in. */
export function put(
	template: Template,
	drawn: Drawn
): { file: Record<string, unknown>; scenario: unknown } {
	const fill = substitution(drawn);
	const { variants: _, scenario: __, ...file } = template.file;
	return { file: fill(file) as Record<string, unknown>, scenario: fill(template.scenario) };
}

/** Make a variant of a template that has been checked. */
export function makeExercise(template: Template, seed: string | null): Exercise {
	const { file, scenario } = put(template, draw(template.variants, seed));
	return finish(file, scenario as Scenario).exercise;
}

/** Lay the start over the scenario, and see to a repair's solution. */
export function finish(
	file: Record<string, unknown>,
	whole: Scenario
): { exercise: Exercise; errors: readonly ExerciseError[] } {
	const {
		start,
		steps,
		$schema: _,
		...rest
	} = file as Record<string, unknown> & {
		start?: Changes;
		steps?: Step[];
	};
	const sound = steps ? { ...whole, steps } : whole;
	const { scenario, errors } = applyChanges(sound, start ?? {}, 'start');
	const exercise = { ...rest, scenario } as unknown as Exercise;
	if (exercise.kind !== 'repair') return { exercise, errors };
	const solution = exercise.solution ?? (start ? soundParts(exercise, sound) : undefined);
	const missing = solution
		? []
		: [{ path: 'solution', message: 'is missing (only with a `start` can it be left out)' }];
	const tried = applyChanges(scenario, solution ?? {}, 'solution');
	return {
		exercise: { ...exercise, solution },
		errors: [...errors, ...unknownHosts(exercise), ...missing, ...tried.errors]
	};
}

function unknownHosts({ change, scenario }: Repair): ExerciseError[] {
	return Object.keys(change)
		.filter((host) => scenario.hosts[host]?.kind !== 'linux')
		.map((host) => ({ path: `change.${host}`, message: `no linux host ${host}` }));
}

/** What may be changed, as it stands in the sound scenario. */
function soundParts({ change }: Repair, sound: Scenario): Changes {
	const hosts = Object.entries(change).map(([name, parts]): [string, HostChange] => {
		const spec = sound.hosts[name] ?? { kind: 'linux' as const, interfaces: {} };
		const texts = TEXT_PARTS.filter((part) => parts.includes(part)).map((part) => [
			part,
			asText(spec[part])
		]);
		return [
			name,
			{
				...(Object.fromEntries(texts) as HostChange),
				...(parts.includes('sysctl') ? { sysctl: spec.sysctl ?? {} } : {}),
				...(parts.includes('routes') ? { routes: spec.routes ?? [] } : {})
			}
		];
	});
	return Object.fromEntries(hosts);
}
