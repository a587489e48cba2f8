import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { solutionOf } from '../../src/lib/exercises/check';
import type { RepairAnswer } from '../../src/lib/exercises/kinds/answer';
import ReplayView from '../../src/lib/exercises/ui/circle/ReplayView.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import InLanguage from './InLanguage.svelte';
import { ada, assignment, exerciseFor, solving, templates } from './circle-kit';

const t = circleEn.mark;
const slug = 'dnat-to-nobody';
const show = (text: () => Promise<string>) =>
	render(InLanguage, {
		component: ReplayView,
		given: { handed: { name: 'ada.json', size: 1, text }, assignment, templates, onclose: () => 0 }
	});

test('of rules that cannot be read says why, and does not run them', async () => {
	const [host] = Object.keys((solutionOf(exerciseFor(ada, slug)) as RepairAnswer).changes);
	const slip = {
		do: 'try',
		answer: { changes: { [host!]: { nft: 'this is no ruleset {' } } }
	} as const;
	const text = submissionText(assignment, ada, { [slug]: [slip, ...solving(ada, slug)] });
	show(() => Promise.resolve(text));
	const buttons = await screen.findAllByRole('button', { name: t.runIt });
	expect(buttons[0]).toBeDisabled();
	expect(screen.getByText(/This cannot be run/)).toHaveTextContent(`hosts.${host}.nft`);
	expect(buttons[1]).toBeEnabled();
});

test('of a file that is gone says so', async () => {
	show(() => Promise.reject(new DOMException('gone', 'NotFoundError')));
	expect(await screen.findByRole('alert')).toHaveTextContent(t.refused.unreadable);
});
