/** A scenario with other steps put in between its own. */
import type { Hold, Scenario, Step } from '../scenario/scenario';

/** What is done differently, and where. */
export interface Insertion {
	/** The steps go before this one (from 0); all before it stay as they are. */
	readonly at: number;
	readonly steps: readonly Step[];
	/** What happens to the steps that stood there: `kept`, they follow; `left`, they are left out. Default: `kept`. */
	readonly rest?: 'kept' | 'left' | undefined;
	/**
	 * The packet of the step before `at` waits here while the steps are done, and goes on after them. The middle of a
	 * packet's walk can be branched from only in this way: it is what a scenario, and the kernel, can do.
	 */
	readonly meanwhile?: Hold | undefined;
}

/** A step whose references to steps from `at` on lead to where those have gone. */
function moved(step: Step, at: number, by: number): Step {
	const place = (index: number): number => (index < at ? index : index + by);
	if ('release' in step) return { release: place(step.release) };
	if (!('send' in step)) return step;
	const { send } = step;
	const { replyTo, packet } = send;
	const innerFrom = packet.icmp?.innerFrom;
	return {
		send: {
			...send,
			...(replyTo === undefined ? {} : { replyTo: place(replyTo) }),
			packet:
				innerFrom === undefined
					? packet
					: { ...packet, icmp: { ...packet.icmp, innerFrom: place(innerFrom) } }
		}
	};
}

/** The scenario with the steps put in. Where none is put in the rest is left out, or nothing changes. */
export function withSteps(
	scenario: Scenario,
	{ at, steps, rest = 'kept', meanwhile }: Insertion
): Scenario {
	const before = scenario.steps.slice(0, at);
	const held = before[at - 1];
	if (meanwhile) {
		if (!held || !('send' in held) || held.send.hold)
			throw new RangeError(`step ${at - 1} sends no packet that can be made to wait`);
		before[at - 1] = { send: { ...held.send, hold: meanwhile } };
	}
	const inserted = meanwhile ? [...steps, { release: at - 1 }] : steps;
	const after =
		rest === 'kept' ? scenario.steps.slice(at).map((step) => moved(step, at, inserted.length)) : [];
	return { ...scenario, steps: [...before, ...inserted, ...after] };
}
