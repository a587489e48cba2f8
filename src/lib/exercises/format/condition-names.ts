/** Names, steps and fields in conditions that lead nowhere. */
import type { World } from '../../engine';
import type { PacketJson } from '../../scenario/packet-json';
import type { Scenario } from '../../scenario/scenario';
import type { ExerciseError } from './exercise';
import type { Condition } from './goal';
import { endpoint, error, linuxHost, packetFields, place } from './names';

/** What a condition is held against. */
export interface Ground {
	readonly scenario: Scenario;
	/** How many steps there can be. */
	readonly steps: number;
	/** Worlds whose chains may be named: as it begins, as it is once solved, and after the run. */
	readonly worlds: () => Iterable<World>;
}

interface Body {
	readonly on?: string;
	readonly step?: number;
	readonly at?: string;
	readonly packet?: PacketJson;
}

export function stepExists(step: number | undefined, steps: number, path: string): ExerciseError[] {
	return step === undefined || step < steps
		? []
		: error(path, `no step ${step}: there are ${steps}, counted from 0`);
}

export function conditionNames(
	condition: Condition,
	path: string,
	ground: Ground
): ExerciseError[] {
	if ('not' in condition) return conditionNames(condition.not, `${path}.not`, ground);
	if ('any' in condition)
		return condition.any.flatMap((one, i) => conditionNames(one, `${path}.any[${i}]`, ground));
	const [kind, value] = Object.entries(condition).find(([key]) => key !== 'text')!;
	const body = value as Body;
	const { scenario, steps, worlds } = ground;
	const within = `${path}.${kind}`;
	const errors = stepExists(body.step, steps, `${within}.step`);
	if (body.on !== undefined) errors.push(...linuxHost(scenario, body.on, `${within}.on`));
	if (kind === 'arrives') {
		errors.push(...endpoint(scenario, body.at!, `${within}.at`));
		if (body.packet) errors.push(...packetFields(body.packet, `${within}.packet`));
	} else if (body.at !== undefined && body.on !== undefined && errors.length === 0) {
		const also = kind === 'dropped' ? 'reasons' : kind === 'rewritten' ? 'none' : 'routing';
		errors.push(...place(body.at, body.on, `${within}.at`, worlds, also));
	}
	if ('command' in condition) errors.push(...isCommand(condition.command.step, within, scenario));
	if ('counter' in condition && errors.length === 0)
		errors.push(...rule(condition, within, worlds));
	return errors;
}

/** An action's step is not known beforehand; a step of the scenario is. */
function isCommand(step: number, within: string, { steps }: Scenario): ExerciseError[] {
	const one = steps[step];
	return one === undefined || 'run' in one
		? []
		: error(`${within}.step`, `step ${step} runs no command`);
}

function rule(
	{ counter }: Extract<Condition, { readonly counter: unknown }>,
	within: string,
	worlds: () => Iterable<World>
): ExerciseError[] {
	const { on, table, chain, rule: number } = counter;
	for (const world of worlds()) {
		const rules = world.hosts
			.get(on)
			?.ruleset.tables.find((one) => `${one.family} ${one.name}` === table)
			?.chains.find((one) => one.name === chain)?.rules;
		if (rules && number < rules.length) return [];
	}
	return error(`${within}.rule`, `no rule ${number} in ${table} ${chain} on ${on}`);
}
