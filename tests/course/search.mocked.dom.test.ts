import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import SearchDialog from '../../src/lib/course/SearchDialog.svelte';
import { makeIndex } from '../../src/lib/course/search/engine';

vi.mock('$app/navigation', () => ({ afterNavigate: () => undefined }));

const place = {
	id: 0,
	kind: 'lesson',
	title: 'Reverse SNAT',
	section: '',
	path: 'lessons/reverse-snat/',
	about: '',
	text: 'The reply gets its source back'
} as const;

beforeEach(() => {
	// jsdom has no dialogs.
	HTMLDialogElement.prototype.showModal = function () {
		this.open = true;
	};
	vi.stubGlobal('fetch', async () => new Response(JSON.stringify(makeIndex([place]))));
});
afterEach(() => vi.unstubAllGlobals());

test('arrows walk from the box to what was found, and back', async () => {
	render(SearchDialog);
	const box = screen.getByRole('searchbox');
	await userEvent.type(box, 'reverse');
	const found = await screen.findByRole('link');
	await userEvent.keyboard('{ArrowDown}');
	expect(found).toHaveFocus();
	await userEvent.keyboard('{ArrowUp}');
	expect(box).toHaveFocus();
});

test('the arrows of an input method stay with it', async () => {
	render(SearchDialog);
	const box = screen.getByRole('searchbox');
	await userEvent.type(box, 'reverse');
	await screen.findByRole('link');
	// Whether the default is left alone is what is told.
	expect(await fireEvent.keyDown(box, { key: 'ArrowDown', isComposing: true })).toBe(true);
	expect(box).toHaveFocus();
});
