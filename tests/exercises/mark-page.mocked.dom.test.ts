import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Assignment } from '../../src/lib/exercises/circle/assignment';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import type { Template } from '../../src/lib/exercises/format/make';
import type * as Marking from '../../src/lib/exercises/site/marking';
import MarkPage from '../../src/lib/exercises/ui/circle/MarkPage.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import InLanguage from './InLanguage.svelte';
import { ada, templates } from './circle-kit';
import { assignmentOf, fileOf, later, paste, pressed } from './pages-kit';

const t = circleEn.mark;

vi.mock('$app/state', () => ({ page: { route: { id: '/[lang]/mark' } } }));
type MarkAll = typeof Marking.markAll;
const markAll = vi.hoisted(() => vi.fn<MarkAll>());
const templatesOf = vi.hoisted(() =>
	vi.fn<(assignment: Assignment) => Promise<Map<string, Template>>>()
);
vi.mock('$lib/exercises/site/marking', () => ({ markAll, templatesOf }));

const first = assignmentOf('aaaaaa', 'First', ['what-the-client-sees']);
const second = assignmentOf('bbbbbb', 'Second', ['two-syns-race', 'two-tuples-one-line']);
const markOf = (file: string, { exercises }: Assignment): Mark => ({
	file,
	ok: true,
	student: ada,
	solved: 1,
	of: exercises.length,
	exercises: exercises.map((slug) => ({ slug, solved: true, tries: 1, hints: 0, shown: false })),
	remarks: [],
	print: 'x'
});

const choose = (...files: File[]) => userEvent.upload(screen.getByLabelText(t.some), files);

beforeEach(() => {
	location.hash = '';
	markAll.mockReset();
	markAll.mockImplementation((files, assignment, onmark) => {
		for (const { name } of files) onmark(markOf(name, assignment));
		return Promise.resolve();
	});
	templatesOf.mockReset();
	templatesOf.mockImplementation(() => Promise.resolve(templates));
	render(InLanguage, { component: MarkPage });
});
afterEach(() => {
	vi.restoreAllMocks();
});

describe('marks belong to their assignment', () => {
	test('those that come after it was changed are not shown', async () => {
		const marking = later<void>();
		markAll.mockImplementationOnce((files, assignment, onmark) =>
			marking.promise.then(() => onmark(markOf('late.json', assignment)))
		);
		await paste(first, 'Link');
		await choose(fileOf('late.json', '{}'));
		await pressed(t.start);
		await paste(second, 'Link');
		expect(markAll.mock.calls[0]![3]!.aborted).toBe(true);
		marking.end();
		await marking.promise;
		await Promise.resolve();
		expect(screen.queryByRole('table')).toBeNull();

		// And marking the other one is not held up.
		await pressed(t.start);
		expect(await screen.findByRole('table')).toHaveTextContent('1/2');
	});

	test('and so do its exercises, whichever is fetched first', async () => {
		const slow = later<Map<string, Template>>();
		templatesOf.mockImplementationOnce(() => slow.promise);
		await paste(first, 'Link');
		await paste(second, 'Link');
		slow.end(new Map());
		await choose(fileOf('a.json', '{}'));
		await pressed(t.start);
		expect(await screen.findByRole('table')).toHaveTextContent(
			templates.get('two-syns-race')!.title.en
		);
	});
});

test('marking that fails says so, and can be tried again', async () => {
	markAll.mockImplementationOnce(() => Promise.reject(new TypeError('Failed to fetch')));
	await paste(first, 'Link');
	await choose(fileOf('a.json', '{}'));
	await pressed(t.start);
	expect(await screen.findByRole('alert')).toHaveTextContent(t.failed);
	await pressed(t.start);
	await waitFor(() => expect(screen.getByRole('table')).toHaveTextContent('a.json'));
	expect(screen.queryByRole('alert')).toBeNull();
});

test('exercises that cannot be fetched are told of', async () => {
	templatesOf.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')));
	await paste(first, 'Link');
	expect(await screen.findByRole('alert')).toHaveTextContent(t.failed);
});

describe('what is chosen', () => {
	const marked = async () => {
		await paste(first, 'Link');
		await choose(fileOf('a.json', '{}'), fileOf('B.JSON', '{}'));
		await pressed(t.start);
		return screen.findByRole('table');
	};
	const list = (file: File) => userEvent.upload(screen.getByLabelText(t.roster), file);

	test('and is no assignment leaves the marks of the one that is there', async () => {
		const table = await marked();
		expect(table).toHaveTextContent('B.JSON');
		await paste('no link', 'Link');
		expect(screen.getByText(circleEn.do.unreadable.link)).toBeInTheDocument();
		expect(table).toBeInTheDocument();
	});

	test('as a class list is told of when it cannot be read, and can be chosen again', async () => {
		await marked();
		const file = fileOf('list.csv', 'First name,Last name\nAda,Lovelace\n');
		const { text } = file;
		file.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
		await list(file);
		expect(await screen.findByRole('alert')).toHaveTextContent(t.rosterWrong.file);
		expect(screen.getByLabelText<HTMLInputElement>(t.roster).files).toHaveLength(0);
		file.text = text;
		await list(file);
		await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
		Object.defineProperty(file, 'size', { value: 9_000_000 });
		await list(file);
		expect(await screen.findByRole('alert')).toHaveTextContent(t.rosterWrong.long);
	});
});
