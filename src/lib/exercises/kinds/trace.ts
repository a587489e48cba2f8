/** Trace: the stations that a packet passes in order, and where its fields are rewritten. */
import type { EngineEvent } from '../../engine';
import type { Trace } from '../format/exercise';
import { once } from '../run/once';
import type { Run } from '../run/run';
import { runScenario } from '../run/run';
import { ROUTING, didSomething, stationId } from '../run/stations';
import type { TraceAnswer } from './answer';
import type { Checked, Result } from './result';
import { failed, resultOf } from './result';

/** What the packet met, in order, and where each field was rewritten. */
export interface Walked {
	readonly order: readonly string[];
	readonly rewrites: Readonly<Record<string, string>>;
}

/** The first walk of the step's packet through the host, as far as the exercise's stations go. */
export function walked({ trace }: Trace, run: Run): Walked {
	const events = run.steps[trace.step]?.events ?? [];
	const begin = events.find((event) => event.kind === 'begin' && event.host === trace.on);
	const walk = begin && 'walk' in begin ? begin.walk : null;
	const order: string[] = [];
	const rewrites: Record<string, string> = {};
	for (const field of trace.rewrites ?? []) rewrites[field] = '';
	for (const event of events) {
		if (!('walk' in event) || event.walk !== walk) continue;
		const id = placeOf(event);
		if (id !== null && trace.stations.includes(id)) order.push(id);
		if (event.kind === 'station' && event.outcome.kind === 'nat')
			for (const { field } of event.outcome.rewrites)
				if (Object.hasOwn(rewrites, field)) rewrites[field] = stationId(event);
	}
	return { order, rewrites };
}

function placeOf(event: EngineEvent): string | null {
	if (event.kind === 'route') return ROUTING;
	if (event.kind !== 'station' || !didSomething(event)) return null;
	return stationId(event);
}

/** What is right; `null` when the scenario cannot be run. */
export const traceKey = once((exercise: Trace): Walked | null => {
	const ran = runScenario(exercise.scenario, exercise.trace.step);
	return ran.ok ? walked(exercise, ran.run) : null;
});

export function checkTrace(exercise: Trace, { order, rewrites }: TraceAnswer): Result {
	const key = traceKey(exercise);
	if (!key) return failed([{ path: 'scenario', message: 'cannot be run' }]);
	const sameOrder =
		order.length === key.order.length && order.every((id, i) => id === key.order[i]);
	const checked: Checked[] = [verdict(sameOrder, { order: true })];
	for (const field of exercise.trace.rewrites ?? []) {
		const given = Object.hasOwn(rewrites, field) ? rewrites[field] : undefined;
		checked.push(verdict(given === key.rewrites[field], { cell: field }));
	}
	return resultOf(checked);
}

const verdict = (met: boolean, about: Checked['about']): Checked => ({
	met,
	reason: met ? { kind: 'as asked' } : { kind: 'happened' },
	about
});
