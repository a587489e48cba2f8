/** Names and steps in the actions of a construct exercise that lead nowhere. */
import type { Scenario } from '../../scenario/scenario';
import { checkScenario } from '../../scenario/scenario';
import type { Action, Construct, ExerciseError } from './exercise';
import { commandName, error } from './names';

/** Errors of all actions, and of the solution's. */
export function actionErrors({ actions, solution, scenario }: Construct): ExerciseError[] {
	const ids = actions.map(({ id }) => id);
	return [
		...actions.flatMap((action, i) => {
			const path = `actions[${i}]`;
			const twice =
				ids.indexOf(action.id) < i ? error(`${path}.id`, `\`${action.id}\` is used twice`) : [];
			return [...twice, ...stepNames(action, `${path}.step`, actions, scenario)];
		}),
		...solution.flatMap((id, i) =>
			ids.includes(id) ? [] : error(`solution[${i}]`, `no action ${id}`)
		)
	];
}

function stepNames(
	{ step }: Action,
	path: string,
	actions: readonly Action[],
	scenario: Scenario
): ExerciseError[] {
	const own = scenario.steps.length;
	const errors: ExerciseError[] = [];
	const byId = (id: string): Action | undefined => actions.find((one) => one.id === id);
	/** The step that is meant, as a place in a scenario whose last step but one stands for any action's. */
	const meant = (to: string | number | undefined, at: string): number | undefined => {
		if (to === undefined) return undefined;
		if (typeof to === 'number' && to >= own)
			errors.push(...error(at, `no step ${to}: the scenario has ${own}; name an action instead`));
		if (typeof to === 'string' && !byId(to)) errors.push(...error(at, `no action ${to}`));
		return typeof to === 'number' ? to : own;
	};
	let put: object = step;
	if ('release' in step) {
		const release = meant(step.release, `${path}.release`);
		const held = typeof step.release === 'string' ? byId(step.release)?.step : undefined;
		if (held && !('send' in held && held.send.hold))
			errors.push(...error(`${path}.release`, `${step.release} holds no packet`));
		// Of an action all is known now; a step of the scenario is looked at below.
		if (typeof step.release === 'string') return errors;
		put = { release };
	} else if ('send' in step) {
		const { replyTo, innerFrom, packet, ...rest } = step.send;
		const answered = meant(replyTo, `${path}.send.replyTo`);
		const quoted = meant(innerFrom, `${path}.send.innerFrom`);
		const icmp = quoted === undefined ? {} : { icmp: { ...packet.icmp, innerFrom: quoted } };
		put = {
			send: {
				...rest,
				packet: { ...packet, ...icmp },
				...(answered === undefined ? {} : { replyTo: answered })
			}
		};
	} else if ('run' in step) {
		errors.push(...commandName(step.run.command, `${path}.run.command`));
	}
	if (errors.length > 0) return errors;
	const checked = checkScenario({ ...scenario, steps: [...scenario.steps, { advance: 0 }, put] });
	const prefix = `steps[${own + 1}]`;
	return checked.ok
		? []
		: checked.errors.map((one) => ({
				path: one.path.startsWith(prefix) ? `${path}${one.path.slice(prefix.length)}` : path,
				message: one.message
			}));
}
