/** How long a class of 500 takes to be marked: the page of the built site, in a real browser, and the same on Node. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Act } from '../../src/lib/exercises/circle/acts';
import type { Assignment, Student } from '../../src/lib/exercises/circle/assignment';
import { assignmentFragment, seedOf } from '../../src/lib/exercises/circle/assignment';
import { markFile, marksText } from '../../src/lib/exercises/circle/mark';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { emptyAnswer, solutionOf } from '../../src/lib/exercises/check';
import { makeExercise, templateOf } from '../../src/lib/exercises/format/make';
import type { Template } from '../../src/lib/exercises/format/make';
import { listen, siteServer } from '../serve.mjs';
import { findBrowser } from '../tools/browser.mjs';

const STUDENTS = 500;
/** One of each kind. */
const SLUGS = [
	'dnat-to-nobody',
	'what-the-client-sees',
	'the-way-of-the-answer',
	'two-tuples-one-line',
	'two-syns-race',
	'silent-since-the-reload'
];

const assignment: Assignment = {
	format: 'conntrack-lab-assignment',
	version: 1,
	id: 'benchbench',
	title: 'Bench',
	exercises: SLUGS,
	attempts: 0,
	hints: true,
	solutions: false,
	variants: 'each'
};

const json = (path: string): Record<string, unknown> =>
	JSON.parse(readFileSync(new URL(`../../content/${path}`, import.meta.url), 'utf8')) as Record<
		string,
		unknown
	>;

function templates(): Map<string, Template> {
	return new Map(
		SLUGS.map((slug) => {
			const file = json(`exercises/${slug}.json`);
			return [slug, templateOf(file, json(`scenarios/${String(file.scenario)}.json`))];
		})
	);
}

/** A student who needed two tries for each. */
function submission(student: Student, from: ReadonlyMap<string, Template>): string {
	const work = SLUGS.map((slug): [string, Act[]] => {
		const exercise = makeExercise(from.get(slug)!, seedOf(assignment, student, slug));
		return [
			slug,
			[
				{ do: 'try', answer: emptyAnswer(exercise) },
				{ do: 'try', answer: solutionOf(exercise) }
			]
		];
	});
	return submissionText(assignment, student, Object.fromEntries(work));
}

/** Measure and print: seconds for 500 submissions of six exercises with two tries each. */
export async function benchMarking(): Promise<void> {
	const from = templates();
	const files = Array.from({ length: STUDENTS }, (_, i) => ({
		name: `${i}.json`,
		text: submission({ name: `Student ${i}`, number: String(i) }, from)
	}));
	const begun = performance.now();
	const marks = files.map(({ name, text }) => markFile(name, text, assignment, from));
	const onNode = (performance.now() - begun) / 1000;
	const report = marksText(assignment, marks);
	console.log(`${STUDENTS} submissions of ${SLUGS.length} exercises, two tries each`);
	console.log(`  Node, one thread  ${onNode.toFixed(1)} s`);
	const executablePath = await findBrowser({ measured: true });
	if (!executablePath || !existsSync('build/en/mark/index.html')) {
		console.log('  browser: skipped, there is no browser or no built site (npm run build)\n');
		return;
	}
	const folder = mkdtempSync(join(tmpdir(), 'conntrack-lab-marking-'));
	const server = siteServer();
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	try {
		mkdirSync(join(folder, 'files'));
		for (const { name, text } of files) writeFileSync(join(folder, 'files', name), text);
		const port = await listen(server, 0, '127.0.0.1');
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${port}/en/mark/#${assignmentFragment(assignment)}`);
		await page.getByLabel('Choose a folder').setInputFiles(join(folder, 'files'));
		await page.getByText(`${STUDENTS} files`).waitFor();
		const started = performance.now();
		await page.getByRole('button', { name: 'Mark', exact: true }).click();
		await page.getByText(`${STUDENTS} of ${STUDENTS} marked`).waitFor({ timeout: 300_000 });
		const took = (performance.now() - started) / 1000;
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Save all marks (JSON)' }).click()
		]);
		const same = readFileSync(await download.path(), 'utf8') === report;
		console.log(
			`  browser           ${took.toFixed(1)} s, ${same ? 'the same bytes' : 'OTHER MARKS'}\n`
		);
	} finally {
		await browser.close();
		server.closeAllConnections();
		server.close();
		rmSync(folder, { recursive: true });
	}
}
