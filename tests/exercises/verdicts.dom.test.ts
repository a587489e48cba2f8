import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, test } from 'vitest';
import { solutionOf } from '../../src/lib/exercises/check';
import type { Answers, FillInAnswer, TraceAnswer } from '../../src/lib/exercises/kinds/answer';
import { Attempt } from '../../src/lib/exercises/ui/attempt.svelte';
import Work from '../../src/lib/exercises/ui/Work.svelte';
import { en } from '../../src/lib/exercises/ui/words/en';
import InLanguage from './InLanguage.svelte';
import { exerciseOf } from './load';
import { pressed } from './pages-kit';

const show = (slug: string) => {
	const attempt = new Attempt(exerciseOf(slug));
	render(InLanguage, { component: Work, given: { attempt } });
	return attempt;
};
const user = userEvent.setup();

test('of a question: gone once another answer is chosen, back with the one that was checked', async () => {
	const attempt = show('silent-since-the-reload');
	const right = (solutionOf(attempt.exercise) as Answers).answers[0] as number;
	const group = screen.getAllByRole('radio')[0]!.closest('fieldset');
	const choice = (value: number) =>
		within(group!)
			.getAllByRole<HTMLInputElement>('radio')
			.find((one) => one.value === String(value))!;
	const wrong = right === 0 ? 1 : 0;
	await user.click(choice(wrong));
	await pressed(en.check);
	expect(within(group!).getByText(en.wrong)).toBeInTheDocument();
	await user.click(choice(right));
	expect(within(group!).queryByText(en.wrong)).toBeNull();
	await user.click(choice(wrong));
	expect(within(group!).getByText(en.wrong)).toBeInTheDocument();
});

test('of a cell of the table', async () => {
	const attempt = show('two-tuples-one-line');
	const { cells } = solutionOf(attempt.exercise) as FillInAnswer;
	const [cell] = Object.keys(cells);
	const box = screen.getByRole('textbox', { name: en.field(1, cell!.slice(2)) });
	await user.type(box, 'x');
	await pressed(en.check);
	expect(box).toHaveAttribute('aria-invalid', 'true');
	await user.clear(box);
	await user.type(box, cells[cell!]!);
	expect(box).not.toHaveAttribute('aria-invalid');
});

test('of an order of stations, and of a rewriting', async () => {
	const attempt = show('the-way-of-the-answer');
	const { order } = solutionOf(attempt.exercise) as TraceAnswer;
	await pressed(en.check);
	expect(screen.getAllByText(en.wrong)).toHaveLength(3);
	attempt.set({ order, rewrites: {} });
	await tick();
	expect(screen.getAllByText(en.wrong)).toHaveLength(2);
	const [select] = screen.getAllByRole('combobox');
	await user.selectOptions(select!, '');
	expect(screen.getAllByText(en.wrong)).toHaveLength(1);
});
