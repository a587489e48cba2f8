import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Language } from '$lib/i18n';
import ProgressPage from '../../src/lib/course/ProgressPage.svelte';
import { progress } from '../../src/lib/course/progress/store.svelte';
import type { Lesson } from '../../src/lib/course/lesson';
import InLanguage from '../lab/InLanguage.svelte';

const lesson: Lesson = {
	slug: 'states',
	number: 3,
	part: 'one',
	title: 'States',
	summary: '',
	misconception: '',
	minutes: 1,
	buildsOn: [],
	terms: []
};
const KEY = 'conntrack-lab:progress';

beforeEach(() => {
	localStorage.clear();
	progress.wipe();
});
afterEach(() => vi.restoreAllMocks());

const read = () => progress.change('states', (record) => ({ ...record, read: true }));

test('what was done is shown, and is there again', () => {
	read();
	expect(JSON.parse(localStorage.getItem(KEY)!).lessons.states.read).toBe(true);
	render(ProgressPage, { lessons: [lesson] });
	expect(screen.getByText('✓ read')).toBeInTheDocument();
});

test('a storage that is closed or full is told of, and nothing breaks', () => {
	vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	read();
	expect(progress.lesson('states').read).toBe(true);
	render(ProgressPage, { lessons: [lesson] });
	expect(screen.getByText('✓ read')).toBeInTheDocument();
	expect(screen.getByText(/does not let the site keep anything/)).toBeInTheDocument();
});

test('what is taken in while storage is full stands beside what the page holds', () => {
	progress.add({
		version: 1,
		lessons: { hairpin: { read: true, predicted: {}, repaired: [] } }
	});
	vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	read();
	progress.add({ version: 1, lessons: { ftp: { read: true, predicted: {}, repaired: [] } } });
	for (const slug of ['hairpin', 'states', 'ftp']) expect(progress.lesson(slug).read).toBe(true);
});

test('what cannot be read is put aside and offered, and what comes after does not write over it', () => {
	localStorage.setItem(KEY, '{"version":1,"lessons":{"states":{"re');
	render(ProgressPage, { lessons: [lesson] });
	expect(screen.getByRole('alert')).toHaveTextContent('cannot be read');
	read();
	expect(progress.unread?.text).toBe('{"version":1,"lessons":{"states":{"re');
	progress.load();
	expect(progress.unread?.text).toBe('{"version":1,"lessons":{"states":{"re');
	expect(progress.lesson('states').read).toBe(true);
});

test('another tab’s progress is not written over', () => {
	read();
	localStorage.setItem(KEY, '{"version":1,"lessons":{"hairpin":{"read":true}}}');
	progress.change('states', (record) => ({ ...record, read: true }));
	expect(progress.lesson('hairpin').read).toBe(true);
	expect(progress.lesson('states').read).toBe(true);
});

test('is imported from a file, beside what is there; a file of another kind changes nothing', async () => {
	const user = userEvent.setup();
	read();
	const given = { lessons: [lesson, { ...lesson, slug: 'hairpin', title: 'Hairpin' }] };
	const page = (lang: Language) => ({ lang, what: ProgressPage, given });
	const { rerender } = render(InLanguage, page('en'));
	const input = screen.getByLabelText(/Import/);
	const file = (text: string) => new File([text], 'mine.json', { type: 'application/json' });
	await user.upload(input, file('{"version":1,"lessons":{"hairpin":{"read":true}}}'));
	expect(await screen.findByText('Taken in: 1 lesson.')).toBeInTheDocument();
	await rerender(page('zh'));
	expect(screen.getByText('已并入 1 课。')).toBeInTheDocument();
	await rerender(page('en'));
	expect(screen.getAllByText('✓ read')).toHaveLength(2);
	await user.upload(input, file('{"version":9}'));
	expect(await screen.findByRole('alert')).toHaveTextContent(
		'mine.json is no progress of this site'
	);
	expect(screen.getAllByText('✓ read')).toHaveLength(2);
});
