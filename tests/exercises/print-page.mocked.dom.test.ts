import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Assignment } from '../../src/lib/exercises/circle/assignment';
import type { Template } from '../../src/lib/exercises/format/make';
import PrintPage from '../../src/lib/exercises/ui/circle/PrintPage.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import { en } from '../../src/lib/exercises/ui/words/en';
import InLanguage from './InLanguage.svelte';
import { templates } from './circle-kit';
import { assignmentOf, paste, pressed } from './pages-kit';

const t = circleEn.print;

vi.mock('$app/state', () => ({ page: { route: { id: '/[lang]/print' } } }));
const templatesOf = vi.hoisted(() =>
	vi.fn<(assignment: Assignment) => Promise<Map<string, Template>>>()
);
vi.mock('$lib/exercises/site/marking', () => ({ templatesOf }));

beforeEach(() => {
	location.hash = '';
	templatesOf.mockReset();
	templatesOf.mockImplementation(() => Promise.resolve(templates));
	render(InLanguage, { component: PrintPage });
});

test('sheets carry the title of the assignment they were made of', async () => {
	await paste(assignmentOf('aaaaaa', 'First', ['what-the-client-sees']), 'Link');
	await pressed(t.show);
	expect(await screen.findByRole('heading', { name: 'First' })).toBeInTheDocument();
	await paste(assignmentOf('bbbbbb', 'Second', ['two-syns-race']), 'Link');
	expect(screen.getByRole('heading', { name: 'First' })).toBeInTheDocument();
	expect(screen.getByRole('heading', { name: `${t.keyTitle}: First` })).toBeInTheDocument();
	expect(screen.queryByRole('heading', { name: 'Second' })).toBeNull();
});

test('exercises that cannot be fetched are told of', async () => {
	templatesOf.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')));
	await paste(assignmentOf('aaaaaa', 'First', ['what-the-client-sees']), 'Link');
	await pressed(t.show);
	expect(await screen.findByRole('alert')).toHaveTextContent(en.failedToLoad);
});
