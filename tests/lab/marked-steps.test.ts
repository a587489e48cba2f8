import { describe, expect, test } from 'vitest';
import { markedSteps } from '$lib/lab/model/marked-steps';
import { lessonScenario, record } from './load';

const recording = record(lessonScenario('reverse-snat'));
const { stops } = recording;
const last = stops.length;

describe('the steps that stand for a walk', () => {
	test('are few, in order, and end with the last', () => {
		const marked = markedSteps(stops, last);
		expect(marked.length).toBeGreaterThan(3);
		expect(marked.length).toBeLessThan(10);
		expect(marked).toEqual([...new Set(marked)].sort((a, b) => a - b));
		expect(marked.at(-1)).toBe(last);
	});

	test('are the first rewriting each way, and the making of an entry', () => {
		const kinds = markedSteps(stops, last).map((at) => {
			const { mark, direction } = stops[at - 1]!;
			return `${mark} ${direction}`;
		});
		for (const kind of ['made 0', 'rewrite 0', 'rewrite 1']) {
			expect(kinds).toContain(kind);
			const first = stops.findIndex(({ mark, direction }) => `${mark} ${direction}` === kind);
			expect(markedSteps(stops, last)).toContain(first + 1);
		}
	});

	test('include the one at hand, and none that may not be shown yet', () => {
		expect(markedSteps(stops, last, 7)).toContain(7);
		expect(markedSteps(stops, 12, 40).every((at) => at <= 12)).toBe(true);
		expect(markedSteps(stops, 0)).toEqual([]);
	});
});
