import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Assignment, Student } from '../../src/lib/exercises/circle/assignment';
import { readSubmission } from '../../src/lib/exercises/circle/submission';
import type { Template } from '../../src/lib/exercises/format/make';
import { allWork, keepWork } from '../../src/lib/exercises/site/keep';
import DoPage from '../../src/lib/exercises/ui/circle/DoPage.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import { en } from '../../src/lib/exercises/ui/words/en';
import InLanguage from './InLanguage.svelte';
import { ada, bao, templates } from './circle-kit';
import { assignmentOf, fileOf, paste, pressed } from './pages-kit';
import * as store from './store';

const t = circleEn.do;

vi.mock('$app/state', () => ({ page: { route: { id: '/[lang]/do' } } }));
vi.mock('idb-keyval', () => import('./store'));
const templatesOf = vi.hoisted(() =>
	vi.fn<(assignment: Assignment) => Promise<Map<string, Template>>>()
);
vi.mock('$lib/exercises/site/marking', () => ({ templatesOf }));

const one = assignmentOf('aaaaaa', 'Week 3', ['what-the-client-sees', 'two-syns-race']);

function open() {
	const view = render(InLanguage, { component: DoPage });
	return view;
}
async function say({ name, number }: Student): Promise<void> {
	const user = userEvent.setup();
	await user.type(await screen.findByLabelText(t.name), name);
	if (number !== '') await user.type(screen.getByLabelText(t.number), number);
	await pressed(t.begin);
}
/** Tries the first exercise once, and goes back to the list. */
async function tryOnce(): Promise<void> {
	await pressed('What the client sees');
	await pressed(en.check);
	await pressed(t.back);
}

beforeEach(() => {
	location.hash = '';
	window.scrollTo = () => undefined;
	store.clear();
	templatesOf.mockReset();
	templatesOf.mockImplementation(() => Promise.resolve(templates));
});

describe('two students at one machine', () => {
	test('have each their own work, and the second is asked who it is', async () => {
		const first = open();
		await paste(one, t.pasteLink);
		await say(ada);
		await tryOnce();
		expect(screen.getByText('1 try')).toBeInTheDocument();
		first.unmount();

		const second = open();
		await paste(one, t.pasteLink);
		expect(await screen.findByText('Ada Lovelace s-101')).toBeInTheDocument();
		await pressed(t.somebodyElse);
		await say(bao);
		expect(await screen.findByText('Bao Chen s-102')).toBeInTheDocument();
		expect(screen.queryByText('1 try')).toBeNull();
		second.unmount();

		const third = open();
		await paste(one, t.pasteLink);
		await pressedWhenThere(t.goOnAs('Ada Lovelace s-101'));
		expect(await screen.findByText('1 try')).toBeInTheDocument();
		third.unmount();
		expect(await allWork()).toHaveLength(2);
	});

	test('and whoever gives the same number goes on with the work that is there', async () => {
		const first = open();
		await paste(one, t.pasteLink);
		await say(ada);
		await tryOnce();
		await pressed(t.somebodyElse);
		await say({ name: 'Ada', number: ' S-101' });
		expect(await screen.findByText('1 try')).toBeInTheDocument();
		first.unmount();
	});
});

test('whoever deletes work of other rules to begin anew is asked who it is, and is there already', async () => {
	window.confirm = () => true;
	const view = open();
	await paste(one, t.pasteLink);
	await say(ada);
	view.unmount();
	open();
	await paste({ ...one, exercises: ['two-syns-race'] }, t.pasteLink);
	await pressedWhenThere(t.startNew);
	expect(await screen.findByLabelText(t.name)).toHaveValue(ada.name);
	await pressed(t.begin);
	expect(await screen.findByText(t.progress(0, 1))).toBeInTheDocument();
});

test('a name whose one form is longer than a name may be gives a file that is read', async () => {
	const saved: Blob[] = [];
	HTMLAnchorElement.prototype.click = () => undefined;
	URL.createObjectURL = (blob: Blob) => `blob:${saved.push(blob)}`;
	const view = open();
	await paste(one, t.pasteLink);
	await say({ name: '㍿'.repeat(40) + '𝔸'.repeat(3), number: '' });
	await pressed(t.handIn);
	expect(readSubmission(await saved[0]!.text())).toMatchObject({ ok: true });
	view.unmount();
});

const pressedWhenThere = async (name: string): Promise<void> =>
	userEvent.click(await screen.findByRole('button', { name }));

test('work that an older page kept under the assignment alone is found, and moved', async () => {
	const kept = { assignment: one, student: ada, work: {}, writer: 'x', revision: 3 };
	store.put(one.id, kept);
	expect(await allWork()).toEqual([kept]);
	expect(store.keys()).toEqual([`${one.id} s-101`]);
	expect(await keepWork({ ...kept, writer: 'y', revision: 4 }, 2)).toBe('elsewhere');
	expect(await keepWork({ ...kept, student: bao, writer: 'y', revision: 1 }, 0)).toBe('kept');
});

test('the name of the file to hand in has no half of a letter in it', async () => {
	const names: string[] = [];
	HTMLAnchorElement.prototype.click = function () {
		names.push(this.download);
	};
	URL.createObjectURL = () => 'blob:1';
	const view = open();
	await paste(one, t.pasteLink);
	await say({ name: '𠀀'.repeat(45), number: 'ab' });
	await pressed(t.handIn);
	expect(names[0]).toMatch(/^ab-(?:𠀀)+.*\.json$/u);
	expect(names[0]!.isWellFormed()).toBe(true);
	view.unmount();
});

test('exercises that cannot be fetched, and a file that cannot be read, are told of', async () => {
	templatesOf.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')));
	const view = open();
	await paste(one, t.pasteLink);
	expect(await screen.findByRole('alert')).toHaveTextContent(en.failedToLoad);
	const file = fileOf('a.json', '');
	file.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
	await userEvent.upload(screen.getByLabelText(t.openFile), file);
	await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(t.unreadable.file));
	view.unmount();
});
