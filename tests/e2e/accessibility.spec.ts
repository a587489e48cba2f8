/**
 * axe on every kind of page, in both themes, on a phone and on a large screen: on every page that the build wrote in the
 * long run, on one of each kind in the short one. What opens on a page (dialogs, the glossary's terms, every view of a
 * Lab) is looked at open.
 */
import type { Page } from '@playwright/test';
import { assignmentFragment } from '../../src/lib/exercises/circle/assignment';
import { axeFaults } from './axe';
import { wakeLabs } from './lesson-walk';
import { FULL, builtPages, expect, test } from './site';

// A trace would keep every page many times over.
test.use({ trace: 'off' });

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 320] as const;

/** What differs in kind, not in text. */
const KINDS = [
	'',
	'glossary/',
	'reference/',
	'reference/hooks/',
	'reference/cheat-sheet/',
	'map/',
	'progress/',
	'lessons/five-hooks/',
	'lessons/reverse-snat/',
	'exercises/',
	'lab/'
];
const fragment = assignmentFragment({
	format: 'conntrack-lab-assignment',
	version: 1,
	id: 'abcdefghjk',
	title: 'Week 3',
	exercises: ['dnat-to-nobody', 'two-syns-race'],
	attempts: 0,
	hints: true,
	solutions: true,
	variants: 'each'
})!;

/** The gallery has many times what any other page has; its own test looks at it. */
const everywhere = builtPages()
	.filter((path) => !path.includes('gallery/'))
	.flatMap((path) => (/(do|mark|print)\/$/.test(path) ? [path, `${path}#${fragment}`] : [path]));

/** In the short run a page is looked at once: which language, theme and width goes by turns. */
const sample = KINDS.map((kind, i) => ({
	path: `${i % 2 === 0 ? 'en' : 'zh'}/${kind}`,
	looks: [{ colorScheme: THEMES[(i >> 1) % 2]!, width: WIDTHS[i % 2]! }]
}));
const all = everywhere.map((path) => ({
	path,
	looks: THEMES.flatMap((colorScheme) => WIDTHS.map((width) => ({ colorScheme, width })))
}));

interface Look {
	readonly colorScheme: 'light' | 'dark';
	readonly width: number;
}

async function lookAt(page: Page, { colorScheme, width }: Look): Promise<void> {
	await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
	await page.setViewportSize({ width, height: 900 });
	// Seen from the top: within a Lab its stepper stays in sight and lies over what it passes.
	await page.evaluate(() => scrollTo(0, 0));
	// Pictures that fit themselves to the width have done so.
	await page.evaluate(
		() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
	);
}

for (const { path, looks } of FULL ? all : sample)
	test(`axe finds nothing: ${path}`, async ({ page }) => {
		test.setTimeout(240_000);
		await lookAt(page, looks[0]!);
		await page.goto(`/${path}`, { waitUntil: 'networkidle' });
		await wakeLabs(page);
		for (const look of looks) {
			await lookAt(page, look);
			expect(await axeFaults(page), `${look.colorScheme}, ${look.width} px`).toEqual([]);
		}
	});

const OPENED = [
	['zh', { colorScheme: 'dark', width: 320 }],
	['en', { colorScheme: 'light', width: 1440 }]
] as const;

for (const [language, look] of FULL ? OPENED : OPENED.slice(0, 1))
	test(`axe finds nothing in what opens on a page: ${language}, ${look.colorScheme}, ${look.width} px`, async ({
		page
	}) => {
		test.setTimeout(240_000);
		await lookAt(page, look);
		await page.goto(`/${language}/lessons/reverse-snat/`, { waitUntil: 'networkidle' });
		await wakeLabs(page);
		const found = async (what: string, within?: string) =>
			expect(await axeFaults(page, within), what).toEqual([]);

		await page.locator('header button.open').click();
		const search = page.getByRole('dialog').first();
		await search.getByRole('searchbox').or(search.getByRole('combobox')).fill('NAT');
		await expect(search.getByRole('link').or(search.getByRole('option')).first()).toBeVisible();
		await found('the search');
		// Once for the text, once for the dialog.
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await expect(search).toBeHidden();

		await page.locator('.prose a.term').first().click();
		await expect(page.locator('[popover]:popover-open')).toBeVisible();
		await found('a term of the glossary', '[popover]:popover-open');
		await page.keyboard.press('Escape');

		// The question answered, every view open, in the middle of the walk.
		const question = page.locator('form.question').first();
		await question.getByRole('radio').first().check();
		await question.locator('[type=submit]').click();
		const lab = page.locator('.late').first();
		await lab.scrollIntoViewIfNeeded();
		await expect(lab).toHaveAttribute('data-awake');
		const shut = lab.locator('.header [aria-pressed=false]');
		for (let views = await shut.count(); views > 0; views--) await shut.first().click();
		await expect(shut).toHaveCount(0);
		await expect(lab.locator('[aria-busy=true]')).toHaveCount(0);
		const slider = lab.getByRole('slider');
		await slider.focus();
		for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
		await lab.evaluate((one) => one.setAttribute('data-looked-at', ''));
		await found('a Lab with every view', '[data-looked-at]');
		await page.keyboard.press('w');
		await expect(page.getByRole('dialog')).toBeVisible();
		await found('what if', 'dialog[open]');
		await page.keyboard.press('Escape');
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog')).toBeVisible();
		await found('the shortcuts', 'dialog[open]');
		await page.keyboard.press('Escape');

		const repair = page.locator('.repair');
		await repair.getByRole('button').first().click();
		await repair.locator('[type=submit]').click();
		await expect(repair.getByRole('status')).not.toBeEmpty();
		await found('a repair that is not done', '.repair');
	});

test('axe finds nothing on the page for what does not exist', async ({ page }) => {
	for (const look of [
		{ colorScheme: 'light', width: 1440 },
		{ colorScheme: 'dark', width: 320 }
	] as const) {
		await lookAt(page, look);
		await page.goto('/en/lessons/no-such-lesson/');
		expect(await axeFaults(page)).toEqual([]);
	}
});

test('axe finds nothing on the choice of languages', async ({ page }) => {
	// Without its scripts the page stays where it is.
	await page.route('**/_app/**/*.js', (route) => route.abort());
	for (const look of [
		{ colorScheme: 'light', width: 320 },
		{ colorScheme: 'dark', width: 1440 }
	] as const) {
		await lookAt(page, look);
		await page.goto('/', { waitUntil: 'domcontentloaded' });
		await expect(page.getByRole('link', { name: 'English' })).toBeVisible();
		expect(await axeFaults(page)).toEqual([]);
	}
});
