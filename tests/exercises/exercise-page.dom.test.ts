import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import ExercisePage from '../../src/lib/exercises/ui/ExercisePage.svelte';
import { solvedHere } from '../../src/lib/exercises/ui/practice';
import { en } from '../../src/lib/exercises/ui/words/en';
import InLanguage from './InLanguage.svelte';
import { exerciseOf } from './load';
import { pressed } from './pages-kit';

beforeEach(() => localStorage.clear());

async function open(slug: string) {
	const exercise = exerciseOf(slug);
	const { kind, grade, title } = exercise;
	const given = { listed: { slug, kind, grade, title }, exercise, lesson: null };
	const view = render(InLanguage, { component: ExercisePage, given });
	await tick();
	return view;
}

test('a solution that was shown is not solved by loading the page again', async () => {
	const first = await open('what-the-client-sees');
	await pressed(en.check);
	await pressed(en.solution);
	await pressed(en.check);
	expect(screen.getByText(en.solvedShown)).toBeInTheDocument();
	first.unmount();

	const again = await open('what-the-client-sees');
	await pressed(en.check);
	expect(screen.getByText(en.notSolved)).toBeInTheDocument();
	expect(solvedHere()).toEqual([]);
	again.unmount();
});
