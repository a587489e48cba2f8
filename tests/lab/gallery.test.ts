import { describe, expect, test } from 'vitest';
import { recordingOf } from '../../src/lib/lab/model/recording';
import { states, stopOf } from '../../src/lib/lab/gallery/states';
import { acceptScenario } from '../../src/lib/scenario/link';
import { runTimeline } from '../../src/lib/timeline/run';

describe('the gallery', () => {
	test('names each state once, in both languages', () => {
		expect(new Set(states.map(({ id }) => id)).size).toBe(states.length);
		for (const { id, name, about } of states)
			for (const text of [name.en, name.zh, about.en, about.zh]) expect(text, id).not.toBe('');
	});

	test.each(states.map((state) => [state.id, state] as const))(
		'%s: its scenario leads to it',
		{ timeout: 60_000 },
		(_, state) => {
			const scenario = state.scenario();
			expect(acceptScenario(scenario)).toMatchObject({ ok: true });
			const recording = recordingOf(runTimeline(scenario));
			expect(stopOf(state, recording)).not.toBeNull();
		}
	);
});
