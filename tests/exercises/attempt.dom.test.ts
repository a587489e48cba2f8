import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import { MOST_ACTS } from '../../src/lib/exercises/circle/acts';
import { MOST_SUBMITTED, readSubmission } from '../../src/lib/exercises/circle/submission';
import { emptyAnswer, solutionOf } from '../../src/lib/exercises/check';
import type { Exercise, Repair } from '../../src/lib/exercises/format/exercise';
import type { RepairAnswer } from '../../src/lib/exercises/kinds/answer';
import { Attempt } from '../../src/lib/exercises/ui/attempt.svelte';
import { WorkState } from '../../src/lib/exercises/ui/circle/work-state.svelte';
import Work from '../../src/lib/exercises/ui/Work.svelte';
import { en } from '../../src/lib/exercises/ui/words/en';
import InLanguage from './InLanguage.svelte';
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
		expect(attempt.check()).toMatchObject({ solved: true });
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

test('rules longer than the marker reads are not checked, and are no try', () => {
	const attempt = new Attempt(exerciseOf(REPAIR));
	const { changes } = solutionOf(attempt.exercise) as RepairAnswer;
	const [host] = Object.keys(changes);
	const long = `${String(changes[host!]!.nft)}\n${'# a line\n'.repeat(2000)}`;
	attempt.set({ changes: { [host!]: { nft: long } } });
	expect(attempt.check()).toBeNull();
	expect(attempt.held).toBe('long');
	expect(attempt.acts).toEqual([]);
	attempt.set({ changes });
	expect(attempt.held).toBeNull();
	expect(attempt.check()).toMatchObject({ solved: true });
});

test('rules that cannot be run are no try, and the page says what is wrong with them', () => {
	const attempt = new Attempt(exerciseOf(REPAIR), {
		rules: { attempts: 1, hints: true, solutions: true }
	});
	const { changes } = solutionOf(attempt.exercise) as RepairAnswer;
	const [host] = Object.keys(changes);
	attempt.set({ changes: { [host!]: { nft: 'table ip nat {' } } });
	expect(attempt.check()!.errors).not.toEqual([]);
	expect(attempt.acts).toEqual([]);
	expect(attempt.over).toBe(false);
	attempt.set({ changes });
	attempt.check();
	expect(attempt.standing).toMatchObject({ solved: true, tries: 1 });
});

describe('settings that cannot be read', () => {
	/** A repair by a setting, in its form. */
	const SETTING = 'keep-the-way-open';
	const shown = async (given: Record<string, unknown> = {}) => {
		const exercise = exerciseWithSysctl();
		const attempt = new Attempt(exercise, given);
		const user = userEvent.setup();
		const view = render(InLanguage, { component: Work, given: { attempt } });
		const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /: sysctl/ });
		await tick();
		return { attempt, user, view, box };
	};
	function exerciseWithSysctl(): Exercise {
		const exercise = exerciseOf(SETTING) as Repair;
		const [host] = Object.keys(exercise.change);
		return { ...exercise, change: { [host!]: ['sysctl'] } };
	}

	test('hold back the check, are no try, and say so', async () => {
		const { attempt, user, view, box } = await shown();
		await user.clear(box);
		await user.type(box, 'net.ipv4.ip_forward 1');
		await user.click(screen.getByRole('button', { name: 'Check' }));
		expect(attempt.acts).toEqual([]);
		expect(screen.getByRole('status')).toHaveTextContent(en.held.unread);
		await user.clear(box);
		await user.type(box, 'net.ipv4.ip_forward = 1');
		expect(screen.getByRole('status')).not.toHaveTextContent(en.held.unread);
		await user.click(screen.getByRole('button', { name: 'Check' }));
		expect(attempt.acts).toHaveLength(1);
		view.unmount();
	});

	test('are there again as they were left', async () => {
		const { attempt, user, view, box } = await shown();
		await user.clear(box);
		await user.type(box, 'half a line');
		const { answer: draft, unread } = attempt;
		view.unmount();
		const again = await shown({ draft, unread });
		expect(again.box.value).toBe('half a line');
		expect(again.box).toHaveAttribute('aria-invalid', 'true');
		again.view.unmount();
	});
});
