/** Construct: actions are done one after the other until the goals hold. */
import type { Scenario, Step } from '../../scenario/scenario';
import type { ActionStep, Construct } from '../format/exercise';
import { MOST_ACTIONS } from '../format/exercise';
import type { ConstructAnswer } from './answer';
import { checkGoals } from './repair';
import type { Result } from './result';
import { failed, resultOf } from './result';

export type Staged =
	| { readonly ok: true; readonly scenario: Scenario }
	/** The action at `index` is not one that can be done there. */
	| { readonly ok: false; readonly index: number; readonly message: string };

/** The scenario with actions done after its own steps. */
export function staged(
	{ scenario, actions, most = MOST_ACTIONS }: Construct,
	chosen: readonly string[]
): Staged {
	const steps: Step[] = [...scenario.steps];
	/** The step in which an action was done last. */
	const done = new Map<string, number>();
	for (const [index, id] of chosen.entries()) {
		const action = actions.find((one) => one.id === id);
		if (!action) return { ok: false, index, message: `no action ${id}` };
		if (index >= most) return { ok: false, index, message: `${most} actions at most` };
		const step = stepOf(action.step, done);
		if (typeof step === 'string') return { ok: false, index, message: step };
		done.set(id, steps.length);
		// A held packet goes on once.
		if ('release' in action.step && typeof action.step.release === 'string')
			done.delete(action.step.release);
		steps.push(step);
	}
	return { ok: true, scenario: { ...scenario, steps } };
}

/** Whether an action can be done after these. */
export function canDo(exercise: Construct, chosen: readonly string[], id: string): boolean {
	return staged(exercise, [...chosen, id]).ok;
}

function stepOf(step: ActionStep, done: ReadonlyMap<string, number>): Step | string {
	const find = (to: string | number): number | string =>
		typeof to === 'number' ? to : (done.get(to) ?? `${to} has to be done first`);
	if ('release' in step) {
		const at = find(step.release);
		return typeof at === 'string' ? at : { release: at };
	}
	if (!('send' in step)) return step;
	const { innerFrom, replyTo, packet, ...rest } = step.send;
	const quoted = innerFrom === undefined ? undefined : find(innerFrom);
	const answered = replyTo === undefined ? undefined : find(replyTo);
	if (typeof quoted === 'string') return quoted;
	if (typeof answered === 'string') return answered;
	const icmp = quoted === undefined ? {} : { icmp: { ...packet.icmp, innerFrom: quoted } };
	return {
		send: {
			...rest,
			packet: { ...packet, ...icmp },
			...(answered === undefined ? {} : { replyTo: answered })
		}
	};
}

export function checkConstruct(exercise: Construct, { actions }: ConstructAnswer): Result {
	const made = staged(exercise, actions);
	if (!made.ok) return failed([{ path: `actions[${made.index}]`, message: made.message }]);
	const goals = checkGoals(made.scenario, exercise.goals);
	return Array.isArray(goals) ? resultOf(goals) : goals;
}
