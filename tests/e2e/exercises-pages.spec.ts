import { readFileSync, readdirSync } from 'node:fs';
import { assignmentFragment } from '../../src/lib/exercises/circle/assignment';
import type { Assignment } from '../../src/lib/exercises/circle/assignment';
import { submissionText } from '../../src/lib/exercises/circle/submission';
import { tooWide } from './pictures';
import { axeFaults } from './axe';
import { FULL, expect, test } from './site';

/** One of each kind. */
const SIX = [
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
	id: 'abcdefghjk',
	title: 'Week 3',
	exercises: SIX,
	attempts: 0,
	hints: true,
	solutions: true,
	variants: 'each'
};
const fragment = assignmentFragment(assignment)!;
const pages = [
	'exercises/',
	...SIX.map((slug) => `exercises/${slug}/`),
	'assign/',
	`do/#${fragment}`,
	`mark/#${fragment}`,
	`print/#${fragment}`
];

for (const colorScheme of ['light', 'dark'] as const)
	for (const [language, width] of [
		['en', 1440],
		['zh', 320]
	] as const) {
		// The short run looks at the small screen, in the dark.
		if (!FULL && (colorScheme === 'light' || language === 'en')) continue;
		test(`axe finds nothing and nothing is wider than the screen: ${language}, ${colorScheme}, ${width} px`, async ({
			page,
			site
		}) => {
			test.setTimeout(180_000);
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			for (const path of pages) {
				await page.goto(`${site.root}${language}/${path}`, { waitUntil: 'networkidle' });
				expect(await axeFaults(page), path).toEqual([]);
				expect(await tooWide(page), path).toBe(0);
			}
		});
	}

test('nothing is asked of another origin, every page has its policy, and none breaks it', async ({
	page,
	site
}) => {
	const foreign: string[] = [];
	const complaints: string[] = [];
	page.on('request', (request) => {
		if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.root))
			foreign.push(request.url());
	});
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(error.message));
	for (const path of pages) {
		await page.goto(`${site.root}en/${path}`, { waitUntil: 'networkidle' });
		const policy = page.locator('meta[http-equiv="content-security-policy"]');
		await expect(policy).toHaveAttribute('content', /default-src 'self'/);
		await expect(policy).not.toHaveAttribute('content', /https?:/);
	}
	expect(foreign).toEqual([]);
	expect(complaints).toEqual([]);
});

test('every exercise has a page in both languages', async ({ page }) => {
	const slugs = readdirSync('content/exercises').map((name) => name.replace('.json', ''));
	await page.goto('/en/exercises/');
	for (const slug of slugs)
		await expect(page.locator(`main a[href$="exercises/${slug}/"]`)).toHaveCount(1);
	const { title } = JSON.parse(readFileSync('content/exercises/dnat-to-nobody.json', 'utf8')) as {
		title: { zh: string };
	};
	await page.goto('/zh/exercises/dnat-to-nobody/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title.zh);
});

test('hints come after mistakes, one at a time, and a solution that was shown does not count', async ({
	page
}) => {
	await page.goto('/en/exercises/dnat-to-nobody/');
	await expect(page.getByRole('button', { name: 'Show a hint' })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Show the solution' })).toHaveCount(0);
	const check = page.getByRole('button', { name: 'Check' });
	await check.click();
	await expect(page.getByText('Not solved yet.')).toBeVisible();
	await expect(page.getByText(/Nothing arrives at server\/eth0/).first()).toBeVisible();
	await page.getByRole('button', { name: 'Show a hint' }).click();
	await expect(page.getByText('Hint 1.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Show a hint' })).toHaveCount(0);
	await check.click();
	await page.getByRole('button', { name: 'Show a hint' }).click();
	await expect(page.getByText('Hint 2.')).toBeVisible();
	await page.getByRole('button', { name: 'Show the solution' }).click();
	await expect(page.getByText(/it does not count as solved/)).toBeVisible();
	await page.goto('/en/exercises/');
	await expect(page.getByText('✓ solved')).toHaveCount(0);
});

test('an exercise is done by keyboard alone', async ({ page }) => {
	await page.goto('/en/exercises/two-syns-race/');
	const press = async (name: string | RegExp): Promise<void> => {
		const button = page.getByRole('button', { name });
		await expect(button).toBeEnabled();
		await button.focus();
		await expect(button).toBeFocused();
		await page.keyboard.press('Enter');
	};
	await press(/keeps it waiting/);
	await press(/goes straight through/);
	await press('The waiting SYN goes on');
	await press('Check');
	await expect(page.getByText('Solved.', { exact: true })).toBeVisible();
	// What was done is kept for the next visit to the list.
	await page.goto('/en/exercises/');
	await expect(page.getByText('✓ solved')).toHaveCount(1);
});

test('rules that cannot be read are told with their place, and nothing is lost', async ({
	page
}) => {
	await page.goto('/en/exercises/dnat-to-nobody/');
	const editor = page.getByRole('textbox', { name: 'gateway: nft rules' });
	await editor.fill('table ip nat {\n\tchain x { foo }\n}');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText(/line 2, column \d+/)).toBeVisible();
	await page.reload();
	await expect(editor).toHaveValue(/foo/);
});

/** Text that runs as a script where it is taken for something else. */
function payloads(): string[] {
	const shapes = [
		'<script>X</script>',
		'"><script>X</script>',
		'<img src=x onerror=X>',
		'<svg onload=X>',
		'<svg><script>X</script></svg>',
		'<iframe srcdoc="<script>parent.X</script>">',
		'<a href="javascript:X">a</a>',
		'javascript:X',
		'<body onload=X>',
		'<details open ontoggle=X>',
		'<input autofocus onfocus=X>',
		'<video><source onerror=X></video>',
		'<math><mtext><script>X</script></mtext></math>',
		"';X;//",
		'"-X-"',
		'`${X}`',
		'{@html "<img src=x onerror=X>"}',
		'{X}',
		'{{X}}',
		'</textarea><script>X</script>',
		'</title><script>X</script>',
		'<!--><script>X</script>-->',
		'\\u003cscript\\u003eX\\u003c/script\\u003e',
		'&lt;script&gt;X&lt;/script&gt;',
		'<style>@import "javascript:X"</style>'
	];
	const calls = [
		'hit(N)',
		'window["hit"](N)',
		'top.hit(N)',
		'self.hit`N`',
		'eval("hit(N)")',
		'Function("hit(N)")()',
		'setTimeout("hit(N)")',
		'import("data:text/javascript,hit(N)")'
	];
	return shapes.flatMap((shape, i) =>
		calls.map((call, j) => shape.replaceAll('X', call.replaceAll('N', String(i * 8 + j))))
	);
}

test('200 script payloads in every text field run nowhere', async ({ page, site }) => {
	test.setTimeout(180_000);
	const list = payloads();
	expect(list).toHaveLength(200);
	await page.addInitScript(() => {
		const seen: unknown[] = [];
		Object.assign(window, { seen, hit: (n: unknown) => seen.push(n) });
	});
	page.on('dialog', (dialog) => void dialog.dismiss());
	const seen = () => page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);

	// In assignments and submissions that others wrote: title, name, number, answers, file names.
	const hostile = (n: number): Assignment => ({
		...assignment,
		id: `hostile${'abcdefghjk'[n % 10]!}`,
		title: list[n]!.slice(0, 120)
	});
	for (let n = 0; n < 200; n += 25) {
		await page.goto(`${site.root}en/`);
		await page.goto(`${site.root}en/do/#${assignmentFragment(hostile(n))}`);
		await expect(page.getByLabel('Student number')).toBeVisible();
	}
	await page.goto(`${site.root}en/mark/#${fragment}`);
	const files = list.map((text, n) => ({
		name: `${n} ${text.replaceAll('/', '')}.json`.slice(0, 200).replace(/(?<!\.json)$/, '.json'),
		mimeType: 'application/json',
		buffer: Buffer.from(
			submissionText(
				assignment,
				{ name: text.slice(0, 120), number: `${n} ${text}`.slice(0, 120) },
				{
					'dnat-to-nobody': [
						{
							do: 'try',
							answer: {
								changes: {
									gateway: { nft: text, sysctl: { [text.slice(0, 90)]: text.slice(0, 90) } }
								}
							}
						}
					],
					'what-the-client-sees': [{ do: 'try', answer: { answers: [text, text, text] } }],
					'two-tuples-one-line': [{ do: 'try', answer: { cells: { '0.state': text } } }],
					'two-syns-race': [{ do: 'try', answer: { actions: [text] } }],
					'the-way-of-the-answer': [
						{ do: 'try', answer: { order: [text], rewrites: { src: text } } }
					]
				}
			)
		)
	}));
	await page.getByLabel('Choose files').setInputFiles(files);
	await page.getByRole('button', { name: 'Mark', exact: true }).click();
	await expect(page.getByText('200 of 200 marked')).toBeVisible({ timeout: 120_000 });
	await expect(page.getByRole('row')).toHaveCount(201);
	for (const n of [0, 5, 11]) {
		await page
			.getByRole('button', { name: /^Open: / })
			.nth(n)
			.click();
		await expect(page.getByText(/^What was done/)).toBeVisible();
	}
	await page.getByLabel('Class list (CSV)').setInputFiles({
		name: 'list.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(
			`First name,Last name,ID number\n${list
				.map((text, n) => `"${text.replaceAll('"', '""')}",x,${n}`)
				.join('\n')}\n`
		)
	});
	await expect(page.getByText(/of 200 rows have a mark/)).toBeVisible();
	expect(await seen()).toEqual([]);

	// Typed by whoever sits there: the fields of a student's page and of a teacher's.
	await page.goto(`${site.root}en/exercises/dnat-to-nobody/`);
	for (let n = 0; n < 200; n += 20) {
		await page.getByRole('textbox', { name: 'gateway: nft rules' }).fill(list[n]!);
		await page.getByRole('button', { name: 'Check' }).click();
	}
	await page.goto(`${site.root}en/print/#${fragment}`);
	await page.getByLabel(/^Students, one a line/).fill(list.slice(0, 30).join('\n'));
	await page.getByRole('button', { name: 'Show the sheets' }).click();
	await expect(page.getByRole('article').first()).toBeVisible();
	expect(await seen()).toEqual([]);
});

test('a sheet is printed, and its key apart', async ({ page, site }) => {
	await page.goto(`${site.root}en/print/#${fragment}`);
	await page.getByLabel(/^Students, one a line/).fill('s-101, Ada\ns-102, Bao');
	await page.getByRole('button', { name: 'Show the sheets' }).click();
	await expect(page.getByRole('article')).toHaveCount(4);
	await page.evaluate(() => {
		window.print = () => {};
	});
	await page.getByRole('button', { name: 'Print the sheets' }).click();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('heading', { name: 'Week 3', exact: true })).toHaveCount(2);
	await expect(page.getByRole('heading', { name: 'Key: Week 3' })).toHaveCount(0);
	await page.emulateMedia({ media: 'screen' });
	await page.getByRole('button', { name: 'Print the key' }).click();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('heading', { name: 'Key: Week 3' })).toHaveCount(2);
	await expect(page.getByRole('heading', { name: 'Week 3', exact: true })).toHaveCount(0);
});
