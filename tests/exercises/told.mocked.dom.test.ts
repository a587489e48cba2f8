/** Why an answer, an assignment or a submission is not taken is told in the page's language, whatever it becomes. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Language } from '$lib/i18n';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { solutionOf } from '../../src/lib/exercises/check';
import type { RepairAnswer } from '../../src/lib/exercises/kinds/answer';
import { Attempt } from '../../src/lib/exercises/ui/attempt.svelte';
import AssignmentPicker from '../../src/lib/exercises/ui/circle/AssignmentPicker.svelte';
import DoPage from '../../src/lib/exercises/ui/circle/DoPage.svelte';
import MarkPage from '../../src/lib/exercises/ui/circle/MarkPage.svelte';
import ReplayView from '../../src/lib/exercises/ui/circle/ReplayView.svelte';
import Work from '../../src/lib/exercises/ui/Work.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import { circleZh } from '../../src/lib/exercises/ui/words/circle-zh';
import { zh } from '../../src/lib/exercises/ui/words/zh';
import InLanguage from './InLanguage.svelte';
import { ada, assignment, exerciseFor, templates } from './circle-kit';
import { exerciseOf } from './load';
import { fileOf, paste, pressed } from './pages-kit';

vi.mock('$app/state', () => ({ page: { route: { id: '/[lang]/do' } } }));
vi.mock('idb-keyval', () => import('./store'));
type Marked = typeof import('../../src/lib/exercises/site/marking').markAll;
vi.mock('$lib/exercises/site/marking', async () => {
	const kit = await import('./circle-kit');
	const markAll: Marked = async (files, _, onmark) =>
		files.forEach(({ name }) => onmark({ file: name, ok: false, why: 'not marked' }));
	return { markAll, templatesOf: () => Promise.resolve(kit.templates) };
});

const slug = 'dnat-to-nobody';
const SLIP = 'table ip t {\n\tchain c {\n\t\ttcp dport eighty drop\n\t}\n}';
const hostOf = (answer: RepairAnswer) => Object.keys(answer.changes)[0]!;
const CHINESE = /[\u4e00-\u9fff]/;

beforeEach(() => {
	location.hash = '';
});

test('an answer that cannot be run', async () => {
	const attempt = new Attempt(exerciseOf(slug));
	const host = hostOf(solutionOf(attempt.exercise) as RepairAnswer);
	attempt.set({ changes: { [host]: { nft: SLIP } } });
	const page = (language: Language) => ({ component: Work, language, given: { attempt } });
	const view = render(InLanguage, page('zh'));
	await userEvent.click(screen.getByRole('button', { name: zh.check }));
	const said = await screen.findByText(/不是端口：应为/);
	expect(said).toHaveTextContent('第 3 行第 13 列：eighty 不是端口');
	expect(said).toHaveTextContent(`hosts.${host}.nft`);
	await view.rerender(page('en'));
	expect(said).toHaveTextContent(/line 3, column 13: eighty is not a port: expected/);
	expect(said).not.toHaveTextContent(CHINESE);
	await view.rerender(page('zh'));
	expect(said).toHaveTextContent('eighty 不是端口');
});

test('a try that is replayed', async () => {
	const host = hostOf(solutionOf(exerciseFor(ada, slug)) as RepairAnswer);
	const slip = { do: 'try', answer: { changes: { [host]: { nft: SLIP } } } } as const;
	const text = submissionText(assignment, ada, { [slug]: [slip] });
	const handed = { name: 'ada.json', size: 1, text: () => Promise.resolve(text) };
	const given = { handed, assignment, templates, onclose: () => 0 };
	render(InLanguage, { component: ReplayView, language: 'zh', given });
	expect(await screen.findByText(/不是端口：应为/)).toHaveTextContent('eighty 不是端口');
});

describe('an assignment that is none', () => {
	test.each([
		['to be done', DoPage, 'alert'],
		['to be marked', AssignmentPicker, 'status']
	] as const)('%s', async (_, component, role) => {
		const page = (language: Language) => ({ component, language, given: { assignment: null } });
		const view = render(InLanguage, page('en'));
		const label = component === DoPage ? circleEn.do.pasteLink : circleEn.assign.link;
		await fireEvent.input(await screen.findByLabelText(label), { target: { value: '{"a": 1}' } });
		await userEvent.click(screen.getByRole('button', { name: circleEn.do.open }));
		const said = () => screen.getByRole(role);
		await waitFor(() => expect(said()).toHaveTextContent(circleEn.do.unreadable.form));
		await view.rerender(page('zh'));
		expect(said()).toHaveTextContent(circleZh.do.unreadable.form);
	});
});

test('a class list that is none', async () => {
	const user = userEvent.setup();
	const t = circleEn.mark;
	const page = (language: Language) => ({ component: MarkPage, language });
	const view = render(InLanguage, page('en'));
	await paste(assignment, circleEn.assign.link);
	await user.upload(screen.getByLabelText(t.some), fileOf('a.json', '{}'));
	await pressed(t.start);
	await user.upload(await screen.findByLabelText(t.roster), fileOf('list.csv', ''));
	const said = await screen.findByRole('alert');
	expect(Object.values(t.rosterWrong)).toContain(said.textContent);
	await view.rerender(page('zh'));
	expect(Object.values(circleZh.mark.rosterWrong)).toContain(said.textContent);
});
