import { describe, expect, test } from 'vitest';
import { MOST_ACTS } from '../../src/lib/exercises/circle/acts';
import { MOST_SUBMITTED, readSubmission } from '../../src/lib/exercises/circle/submission';
import { emptyAnswer, solutionOf } from '../../src/lib/exercises/check';
import type { RepairAnswer } from '../../src/lib/exercises/kinds/answer';
import { Attempt } from '../../src/lib/exercises/ui/attempt.svelte';
import { WorkState } from '../../src/lib/exercises/ui/circle/work-state.svelte';
import { SIX, ada, assignment, mark, templates } from './circle-kit';
import { exerciseOf } from './load';

const REPAIR = 'dnat-to-nobody';
const QUESTIONS = 'what-the-client-sees';
const wrong = (i: number) => ({ answers: [`not ${i}`] });

describe('the log of an exercise', () => {
	test('takes no more than is replayed, and what it cannot take does not count', () => {
		const attempt = new Attempt(exerciseOf(QUESTIONS));
		for (let i = 0; i < MOST_ACTS; i++) {
			attempt.set(wrong(i));
			attempt.check();
		}
		expect(attempt.full).toBe(false);
		attempt.set(solutionOf(attempt.exercise));
		expect(attempt.check().solved).toBe(true);
		expect(attempt.full).toBe(true);
		expect(attempt.acts).toHaveLength(MOST_ACTS);
		expect(attempt.standing).toMatchObject({ solved: false, tries: MOST_ACTS });
	});

	test('is not filled by the same answer again and again, and each counts', () => {
		const attempt = new Attempt(exerciseOf(QUESTIONS));
		for (let i = 0; i < 2 * MOST_ACTS; i++) attempt.check();
		expect(attempt.full).toBe(false);
		expect(attempt.standing.tries).toBe(2 * MOST_ACTS);
		attempt.set(solutionOf(attempt.exercise));
		attempt.check();
		expect(attempt.standing.solved).toBe(true);
	});
});

describe('the file that the page writes', () => {
	test('is never longer than is read', () => {
		const work = new WorkState(assignment, ada, templates, null);
		const attempt = work.attempts.get(REPAIR)!;
		const [host] = Object.keys((solutionOf(attempt.exercise) as RepairAnswer).changes);
		for (let i = 0; i < MOST_ACTS && !attempt.full; i++) {
			attempt.set({ changes: { [host!]: { nft: `# ${i}\n${'# much to say\n'.repeat(1100)}` } } });
			attempt.check();
		}
		expect(attempt.full).toBe(true);
		const text = work.submission();
		expect(text.length).toBeLessThanOrEqual(MOST_SUBMITTED);
		expect(text.length).toBeGreaterThan(MOST_SUBMITTED - 30_000);
		expect(readSubmission(text).ok).toBe(true);
		expect(mark(text)).toMatchObject({ ok: true, remarks: [] });
	});

	test('of an exercise for each kind is read as it was written', () => {
		const work = new WorkState(assignment, ada, templates, null);
		for (const slug of SIX) {
			const attempt = work.attempts.get(slug)!;
			attempt.set(emptyAnswer(attempt.exercise));
			attempt.check();
			attempt.set(solutionOf(attempt.exercise));
			attempt.check();
		}
		expect(mark(work.submission())).toMatchObject({ ok: true, solved: 6, remarks: [] });
	});
});
