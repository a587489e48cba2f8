import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import Papa from 'papaparse';
import { makeExercise, templateOf } from '../../src/lib/exercises/format/make';
import type { FillIn, Predict, Repair } from '../../src/lib/exercises/format/exercise';
import { assignmentFromAnything, seedOf } from '../../src/lib/exercises/circle/assignment';
import type { Assignment, Student } from '../../src/lib/exercises/circle/assignment';
import { solutionOf } from '../../src/lib/exercises/check';
import { answerKey } from '../../src/lib/exercises/kinds/questions';
import { expect, test, untilItAnswers } from './site';

const json = (path: string): Record<string, unknown> =>
	JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

/** An exercise as a student of an assignment gets it. */
function task(assignment: Assignment, student: Student, slug: string) {
	const file = json(`content/exercises/${slug}.json`);
	const template = templateOf(file, json(`content/scenarios/${String(file.scenario)}.json`));
	return makeExercise(template, seedOf(assignment, student, slug));
}

const textOf = async (download: Download): Promise<string> =>
	readFileSync(await download.path(), 'utf8');

async function save(page: Page, button: string): Promise<{ name: string; text: string }> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: button, exact: true }).click()
	]);
	return { name: download.suggestedFilename(), text: await textOf(download) };
}

const students = [
	{ name: 'Ada Lovelace', number: 's-101' },
	{ name: 'Bao Chen', number: 's-102' },
	{ name: '=HYPERLINK("http://x")', number: 's-103' }
];

async function begin(page: Page, link: string, student: Student): Promise<void> {
	await page.goto(link);
	await page.getByLabel('Name', { exact: true }).fill(student.name);
	await page.getByLabel('Student number').fill(student.number);
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(page.getByText('0 of 3 solved')).toBeVisible();
}

const backToList = (page: Page) =>
	page.getByRole('button', { name: 'All exercises of this assignment' }).click();

async function repair(page: Page, exercise: Repair, well: boolean): Promise<void> {
	await page.getByRole('button', { name: 'The request that goes to nobody' }).click();
	const editor = page.getByRole('textbox', { name: 'gateway: nft rules' });
	await expect(editor).toHaveValue(/table ip nat/);
	if (well) {
		const { changes } = solutionOf(exercise) as { changes: Record<string, { nft: string }> };
		await editor.fill(changes.gateway!.nft);
	}
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText(well ? 'Solved.' : 'Not solved yet.', { exact: true })).toBeVisible();
	await backToList(page);
}

async function predict(page: Page, exercise: Predict): Promise<void> {
	await page.getByRole('button', { name: 'What the client sees' }).click();
	// A prediction comes before the network may be stepped through.
	await expect(page.getByRole('button', { name: 'Run it in the Lab' })).toHaveCount(0);
	const key = answerKey(exercise)!;
	for (const [i, question] of exercise.questions.entries()) {
		const group = page.getByRole('group').filter({ hasText: question.ask.en });
		if ('choices' in question)
			await group
				.getByRole('radio')
				.and(page.locator(`[value="${key[i]![0]}"]`))
				.check();
		else await group.getByRole('textbox').fill(String(key[i]![0]));
	}
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('Solved.', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Run it in the Lab' })).toBeVisible();
	await backToList(page);
}

async function fillIn(page: Page, exercise: FillIn): Promise<void> {
	await page.getByRole('button', { name: 'Two tuples, one line' }).click();
	const { cells } = solutionOf(exercise) as { cells: Record<string, string> };
	for (const [cell, value] of Object.entries(cells))
		await page.getByRole('textbox', { name: `Line 1, ${cell.slice(2)}`, exact: true }).fill(value);
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('Solved.', { exact: true })).toBeVisible();
	await backToList(page);
}

test('the whole circle: set by a link, done by three, marked, into both gradebooks', async ({
	page,
	browser,
	site
}) => {
	test.setTimeout(180_000);
	// Set.
	await page.goto(`${site.root}en/assign/`);
	await page.getByLabel('Title').fill('Week 3: @NAT');
	for (const name of [
		'The request that goes to nobody',
		'What the client sees',
		'Two tuples, one line'
	])
		await page.getByRole('checkbox', { name }).check();
	await page.getByRole('button', { name: 'Make the assignment' }).click();
	const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
	const fragment = link.slice(link.indexOf('#') + 1);
	expect(fragment.length).toBeLessThanOrEqual(8192);
	await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
	const { text: assignmentFile } = await save(page, 'Save as a file');
	const read = assignmentFromAnything(link);
	if (!read.ok) throw new Error('the link is an assignment');
	const { assignment } = read;
	expect(JSON.parse(assignmentFile)).toEqual(assignment);

	// Do.
	const folder = mkdtempSync(join(tmpdir(), 'circle-'));
	const shown = new Set<string>();
	for (const [i, student] of students.entries()) {
		const context = await browser.newContext();
		const desk = await untilItAnswers(await context.newPage());
		await begin(desk, link, student);
		const mine = <T>(slug: string): T => task(assignment, student, slug) as T;
		shown.add(JSON.stringify(mine('two-tuples-one-line')));
		await repair(desk, mine('dnat-to-nobody'), i < 2);
		await predict(desk, mine('what-the-client-sees'));
		if (i === 0) {
			await expect(desk.getByText('Saved on this machine.')).toBeVisible();
			// A crash: the page is gone, and comes back as it was.
			await desk.close();
			const again = await untilItAnswers(await context.newPage());
			await again.goto(link);
			await expect(again.getByText('2 of 3 solved')).toBeVisible();
			await fillIn(again, mine('two-tuples-one-line'));
			await expect(again.getByText('3 of 3 solved')).toBeVisible();
			writeFileSync(join(folder, 'ada.json'), (await save(again, 'Save the file to hand in')).text);
		} else {
			const { text } = await save(desk, 'Save the file to hand in');
			writeFileSync(join(folder, `student-${i}.json`), text);
		}
		await context.close();
	}
	expect(shown.size).toBe(3);
	writeFileSync(join(folder, 'broken.json'), '{"format": "conntrack-lab-sub');

	// Mark.
	await page.goto(`${site.root}en/mark/#${fragment}`);
	await expect(page.getByText('What this proves, and what not')).toBeVisible();
	await page.getByLabel('Choose a folder').setInputFiles(folder);
	await page.getByRole('button', { name: 'Mark', exact: true }).click();
	await expect(page.getByText('4 of 4 marked')).toBeVisible();
	const row = (name: string) => page.getByRole('row').filter({ hasText: name });
	await expect(row('ada.json')).toContainText('3/3');
	await expect(row('student-1.json')).toContainText('2/3');
	await expect(row('student-2.json')).toContainText('1/3');
	await expect(row('broken.json')).toContainText('cannot be read');

	// Both gradebooks, read back as the systems read them.
	const lists = mkdtempSync(join(tmpdir(), 'lists-'));
	const moodle = join(lists, 'moodle.csv');
	writeFileSync(
		moodle,
		'\ufeff"First name","Last name","ID number","Email address","Course total (Real)"\r\n' +
			'Bao,Chen,s-102,bao@x.org,-\r\nAda,Lovelace,s-101,ada@x.org,-\r\nEva,Away,s-999,eva@x.org,-\r\n'
	);
	await page.getByLabel('Class list (CSV)').setInputFiles(moodle);
	await expect(page.getByText('2 of 3 rows have a mark.')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: 's-103' })).toBeVisible();
	const forMoodle = await save(page, 'Save for Moodle');
	expect(Papa.parse(forMoodle.text, { skipEmptyLines: true }).data).toEqual([
		['First name', 'Last name', 'ID number', 'Email address', 'Week 3: @NAT'],
		['Bao', 'Chen', 's-102', 'bao@x.org', '66.67'],
		['Ada', 'Lovelace', 's-101', 'ada@x.org', '100'],
		['Eva', 'Away', 's-999', 'eva@x.org', '']
	]);
	const canvas = join(lists, 'canvas.csv');
	writeFileSync(
		canvas,
		'Student,ID,SIS User ID,SIS Login ID,Section,Essay (12)\r\n' +
			'    Points Possible,,,,,10\r\n"Lovelace, Ada",1,s-101,ada,A,9\r\n"Chen, Bao",2,s-102,bao,A,8\r\n'
	);
	await page.getByLabel('Class list (CSV)').setInputFiles(canvas);
	await expect(page.getByText('2 of 2 rows have a mark.')).toBeVisible();
	const forCanvas = await save(page, 'Save for Canvas');
	expect(Papa.parse(forCanvas.text, { skipEmptyLines: true }).data).toEqual([
		['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Week 3: @NAT'],
		['    Points Possible', '', '', '', '', '100'],
		['Lovelace, Ada', '1', 's-101', 'ada', 'A', '100'],
		['Chen, Bao', '2', 's-102', 'bao', 'A', '66.67']
	]);
	// A name that would be a formula is text in a spreadsheet.
	const plain = await save(page, 'Save as a plain table (CSV)');
	const cells = (Papa.parse(plain.text, { skipEmptyLines: true }).data as string[][]).flat();
	expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
	expect(cells).toContain(`'=HYPERLINK("http://x")`);

	// The same in a terminal, to the byte.
	const marks = await save(page, 'Save all marks (JSON)');
	const assignmentPath = join(lists, 'assignment.json');
	writeFileSync(assignmentPath, assignmentFile);
	const terminal = execFileSync(
		process.execPath,
		['node_modules/tsx/dist/cli.mjs', 'scripts/mark.ts', folder, '--assignment', assignmentPath],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
	);
	expect(terminal).toBe(marks.text);
	expect(readdirSync(folder)).toHaveLength(4);

	// Any submission opens in the Lab.
	await page.getByRole('button', { name: 'Open: ada.json' }).click();
	await page.getByRole('button', { name: 'Open in the Lab' }).first().click();
	await expect(page.getByRole('group', { name: /^Lab: / })).toBeVisible();
});

test('a link does not overwrite work without asking', async ({ page, site }) => {
	const assignment: Assignment = {
		format: 'conntrack-lab-assignment',
		version: 1,
		id: 'abcdefghjk',
		title: 'Mine',
		exercises: ['two-tuples-one-line', 'dnat-to-nobody', 'what-the-client-sees'],
		attempts: 0,
		hints: true,
		solutions: false,
		variants: 'each'
	};
	const open = async (one: Assignment): Promise<void> => {
		const { assignmentFragment } = await import('../../src/lib/exercises/circle/assignment');
		await page.goto(`${site.root}en/`);
		await page.goto(`${site.root}en/do/#${assignmentFragment(one)}`);
	};
	await open(assignment);
	await page.getByLabel('Student number').fill('7');
	await page.getByRole('button', { name: 'Begin' }).click();
	await page.getByRole('button', { name: 'Two tuples, one line' }).click();
	await page.getByRole('textbox', { name: 'Line 1, state', exact: true }).fill('SYN_RECV');
	await expect(page.getByText('Saved on this machine.')).toBeVisible();

	await open({ ...assignment, attempts: 1, title: 'Theirs' });
	await expect(page.getByText('You have work on another form of this assignment')).toBeVisible();
	await page.getByRole('button', { name: 'Go on with my work' }).click();
	await page.getByRole('button', { name: 'Two tuples, one line' }).click();
	await expect(page.getByRole('textbox', { name: 'Line 1, state', exact: true })).toHaveValue(
		'SYN_RECV'
	);
});

test('where nothing can be stored a banner says so, and the file still holds the work', async ({
	page,
	site
}) => {
	await page.addInitScript(() => {
		Object.defineProperty(window, 'indexedDB', {
			get() {
				throw new DOMException('forbidden', 'SecurityError');
			}
		});
	});
	await page.goto(`${site.root}en/assign/`);
	await page.getByRole('checkbox', { name: 'The request that goes to nobody' }).check();
	await page.getByRole('button', { name: 'Make the assignment' }).click();
	await page.goto(await page.getByRole('textbox', { name: 'Link' }).inputValue());
	await page.getByLabel('Student number').fill('7');
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(page.getByRole('alert')).toContainText('Your work is not being saved');
	await page.getByRole('button', { name: 'The request that goes to nobody' }).click();
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('Not solved yet.')).toBeVisible();
	const { text } = await save(page, 'Save the file to hand in');
	expect(JSON.parse(text)).toMatchObject({
		work: { 'dnat-to-nobody': { acts: [{ do: 'try', answer: {} }] } }
	});
});

test('a full store, in the middle of the work: the banner comes, and nothing is lost on the page', async ({
	page,
	site
}) => {
	await page.addInitScript(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...args) {
			if ((window as { full?: boolean }).full) throw new DOMException('full', 'QuotaExceededError');
			return put.apply(this, args as Parameters<typeof put>);
		};
	});
	await page.goto(`${site.root}en/assign/`);
	await page.getByRole('checkbox', { name: 'Two tuples, one line' }).check();
	await page.getByRole('button', { name: 'Make the assignment' }).click();
	await page.goto(await page.getByRole('textbox', { name: 'Link' }).inputValue());
	await page.getByLabel('Student number').fill('7');
	await page.getByRole('button', { name: 'Begin' }).click();
	await page.getByRole('button', { name: 'Two tuples, one line' }).click();
	await expect(page.getByText('Saved on this machine.')).toBeVisible();
	await page.evaluate(() => void ((window as { full?: boolean }).full = true));
	await page.getByRole('textbox', { name: 'Line 1, state', exact: true }).fill('SYN_RECV');
	await expect(page.getByRole('alert')).toContainText('Your work is not being saved');
	await page.evaluate(() => void ((window as { full?: boolean }).full = false));
	await page.getByRole('textbox', { name: 'Line 1, flags', exact: true }).fill('x');
	await expect(page.getByText('Saved on this machine.')).toBeVisible();
	await page.reload();
	await page.getByRole('button', { name: 'Two tuples, one line' }).click();
	await expect(page.getByRole('textbox', { name: 'Line 1, state', exact: true })).toHaveValue(
		'SYN_RECV'
	);
});
