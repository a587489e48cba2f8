/** What a schema cannot see in an exercise file: names, steps and fields that lead nowhere. */
import type { World } from '../../engine';
import { STATISTICS } from '../../engine';
import { buildWorld } from '../../scenario/build';
import type { Scenario, Step } from '../../scenario/scenario';
import { checkScenario } from '../../scenario/scenario';
import { staged } from '../kinds/construct';
import { runScenario } from '../run/run';
import { actionErrors } from './action-names';
import { applyChanges } from './changes';
import type { Ground } from './condition-names';
import { conditionNames, stepExists } from './condition-names';
import type {
	Choice,
	Diagnose,
	Evidence,
	Exercise,
	ExerciseError,
	HiddenCase,
	Predict,
	Probe
} from './exercise';
import { MOST_ACTIONS } from './exercise';
import type { Goal } from './goal';
import { commandName, endpoint, error, lineField, linuxHost, place } from './names';

/**
 * Errors of an exercise whose shape and scenario are right.
 *
 * @param world its scenario, as it begins
 */
export function meaningErrors(exercise: Exercise, world: World): ExerciseError[] {
	const { scenario, host } = exercise;
	const ground = groundOf(exercise, world, scenario.steps);
	const errors = host === undefined ? [] : linuxHost(scenario, host, 'host');
	errors.push(...commandNames(scenario.steps, 'steps'));
	if ('goals' in exercise) errors.push(...goalNames(exercise.goals ?? [], 'goals', ground));
	switch (exercise.kind) {
		case 'repair':
			(exercise.hidden ?? []).forEach((one, i) => {
				const within = `hidden[${i}]`;
				const wrong = hiddenSteps(scenario, one, within);
				errors.push(...wrong);
				const there = groundOf(exercise, world, one.steps);
				if (wrong.length === 0) errors.push(...goalNames(one.goals, `${within}.goals`, there));
			});
			break;
		case 'construct':
			errors.push(...actionErrors(exercise));
			break;
		case 'trace': {
			const { on, step, stations } = exercise.trace;
			errors.push(...linuxHost(scenario, on, 'trace.on'));
			errors.push(...stepExists(step, ground.steps, 'trace.step'));
			if (errors.length > 0) break;
			stations.forEach((name, i) => {
				const path = `trace.stations[${i}]`;
				if (name === 'routing') return;
				if (!name.includes('/')) errors.push(...error(path, 'expected hook/station or routing'));
				else errors.push(...place(name, on, path, ground.worlds, 'none'));
			});
			break;
		}
		case 'fill-in': {
			const { on, step, blanks } = exercise.table;
			errors.push(...linuxHost(scenario, on, 'table.on'));
			errors.push(...stepExists(step, ground.steps, 'table.step'));
			blanks.forEach((field, i) =>
				errors.push(...lineField(field, `table.blanks[${i}]`, ['flags']))
			);
			break;
		}
		case 'diagnose':
			exercise.evidence.forEach((one, i) =>
				errors.push(...evidenceNames(one, `evidence[${i}]`, ground))
			);
			errors.push(...questionNames(exercise, ground));
			break;
		case 'predict':
			errors.push(...questionNames(exercise, ground));
	}
	return errors;
}

/** What conditions about these steps are held against. */
function groundOf(exercise: Exercise, world: World, steps: readonly Step[]): Ground {
	const more = exercise.kind === 'construct' ? (exercise.most ?? MOST_ACTIONS) : 0;
	function* worlds(): Iterable<World> {
		yield world;
		const scenario = { ...solved(exercise), ...(more > 0 ? {} : { steps: [...steps] }) };
		const built = buildWorld(scenario);
		if (built.ok) yield built.world;
		// Commands of its steps may have made chains.
		const ran = runScenario(scenario);
		if (ran.ok) yield ran.run.world;
	}
	const scenario = { ...exercise.scenario, steps: [...steps] };
	return { scenario, steps: steps.length + more, worlds };
}

/** The scenario as the exercise's own solution leaves it. */
function solved(exercise: Exercise): Scenario {
	if (exercise.kind === 'repair')
		return applyChanges(exercise.scenario, exercise.solution ?? {}).scenario;
	if (exercise.kind !== 'construct' || actionErrors(exercise).length > 0) return exercise.scenario;
	const made = staged(exercise, exercise.solution);
	return made.ok ? made.scenario : exercise.scenario;
}

const goalNames = (goals: readonly Goal[], path: string, ground: Ground): ExerciseError[] =>
	goals.flatMap((goal, i) => conditionNames(goal, `${path}[${i}]`, ground));

function hiddenSteps(scenario: Scenario, { steps }: HiddenCase, within: string): ExerciseError[] {
	const checked = checkScenario({ ...scenario, steps });
	const wrong = checked.ok ? [] : checked.errors;
	return [
		...wrong.map(({ path, message }) => ({ path: `${within}.${path}`, message })),
		...(checked.ok ? commandNames(steps, `${within}.steps`) : [])
	];
}

function commandNames(steps: readonly Step[], path: string): ExerciseError[] {
	return steps.flatMap((one, i) =>
		'run' in one ? commandName(one.run.command, `${path}[${i}].run.command`) : []
	);
}

function evidenceNames({ show, on, step }: Evidence, path: string, ground: Ground) {
	return [
		...(show === 'arrivals' ? endpoint : linuxHost)(ground.scenario, on, `${path}.on`),
		...stepExists(step, ground.steps, `${path}.step`)
	];
}

function questionNames(exercise: Predict | Diagnose, ground: Ground): ExerciseError[] {
	return exercise.questions.flatMap((question, i) => {
		const path = `questions[${i}]`;
		return 'choices' in question
			? question.choices.flatMap((choice, j) =>
					choiceNames(choice, `${path}.choices[${j}]`, exercise, ground)
				)
			: probeNames(question.value, `${path}.value`, ground);
	});
}

function choiceNames(
	{ holds, fix, correct }: Choice,
	path: string,
	{ goals = [], scenario }: Predict | Diagnose,
	ground: Ground
): ExerciseError[] {
	if (holds === undefined && fix === undefined && correct === undefined)
		return error(path, 'expected one of holds, fix, correct: nothing says whether it is right');
	const errors = (holds ?? []).flatMap((one, i) =>
		conditionNames(one, `${path}.holds[${i}]`, ground)
	);
	if (fix === undefined) return errors;
	if (goals.length === 0)
		errors.push(...error(`${path}.fix`, 'a fix is right if all `goals` hold, and there are none'));
	return [...errors, ...applyChanges(scenario, fix, `${path}.fix`).errors];
}

function probeNames(probe: Probe, path: string, { scenario, steps }: Ground): ExerciseError[] {
	if ('packet' in probe) {
		const { at, step } = probe.packet;
		const within = `${path}.packet`;
		return [
			...endpoint(scenario, at, `${within}.at`),
			...stepExists(step, steps, `${within}.step`)
		];
	}
	const [kind, { on, step }] = Object.entries(probe)[0] as [string, { on: string; step?: number }];
	const errors = [
		...linuxHost(scenario, on, `${path}.${kind}.on`),
		...stepExists(step, steps, `${path}.${kind}.step`)
	];
	if ('entry' in probe) errors.push(...lineField(probe.entry.field, `${path}.entry.field`));
	if ('stat' in probe && !(STATISTICS as readonly string[]).includes(probe.stat.name))
		errors.push(...error(`${path}.stat.name`, `no number \`${probe.stat.name}\``));
	return errors;
}
