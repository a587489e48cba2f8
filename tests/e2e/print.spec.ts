/** A lesson on paper: its Labs are there as still pictures of the steps that stand for all. */
import type { Page } from '@playwright/test';
import { answerQuestions, wakeLabs } from './lesson-walk';
import { FULL, expect, test } from './site';

// What is printed is large, and machines are busy.
test.describe.configure({ timeout: 180_000 });

/** The width of A4 between its margins, in px. */
const PAPER = { width: 718, height: 1000 };

/** Held against WCAG's way to reckon contrast: the lightness of a colour as computed styles write it. */
const luminance = (page: Page, selector: string, property: 'color' | 'backgroundColor') =>
	page
		.locator(selector)
		.first()
		.evaluate((one, name) => {
			const written = getComputedStyle(one)[name].match(/[\d.]+/g) ?? [];
			const [r, g, b] = written.map((value) => (Number(value) / 255) ** 2.2);
			return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
		}, property);

async function openLesson(page: Page, path: string) {
	await page.setViewportSize(PAPER);
	await page.goto(path, { waitUntil: 'networkidle' });
	await wakeLabs(page);
}

test('each Lab is printed as stills: an entry made, a rewriting each way, and the end', async ({
	page
}) => {
	await openLesson(page, '/en/lessons/reverse-snat/');
	await answerQuestions(page);
	const first = page.locator('.late').first();
	await expect(first.locator('figure')).toHaveCount(0);
	await page.emulateMedia({ media: 'print' });

	for (const lab of await page.locator('.late').all())
		await expect.poll(() => lab.locator('figure').count()).toBeGreaterThan(1);
	const captions = await first.locator('figcaption').allInnerTexts();
	// Each says its step and the sentence of it; they stand in the order of the walk.
	const steps = captions.map((text) => Number(/^(\d+) of \d+/.exec(text)?.[1]));
	expect(steps).toEqual([...steps].sort((a, b) => a - b));
	expect(captions.some((text) => /makes entry #1/.test(text))).toBe(true);
	expect(captions.some((text) => /10\.0\.0\.2:8080/.test(text))).toBe(true);
	expect(captions.some((text) => /gives the reply its source back/.test(text))).toBe(true);
	const max = Number(await first.locator('input[type=range]').getAttribute('max'));
	expect(steps.at(-1)).toBe(max);

	// Each still shows its own moment, in the same place a different one.
	const still = (said: string) =>
		first.locator('figure', { has: page.locator('figcaption', { hasText: said }) });
	const back = still('gives the reply its source back');
	await expect(back.getByRole('region', { name: /^Packet/ })).toContainText('198.51.100.1');
	await expect(back.locator('[aria-current=step]')).toContainText('10.0.0.2:8080');
	const made = still('makes entry #1');
	await expect(made.locator('[aria-current=step]')).not.toContainText('10.0.0.2:8080');

	// Nothing that can only be pressed, nothing that lies over the text.
	for (const useless of ['Step forward', 'Play', 'Link to this Lab at this step', 'Search'])
		await expect(page.getByRole('button', { name: useless }).first()).toBeHidden();
	await expect(first.locator('.foot')).toBeHidden();
	await page.emulateMedia({ media: 'screen' });
	await expect(first.locator('figure')).toHaveCount(0);
	await expect(first.locator('.foot')).toBeVisible();
});

test('what is printed shows what the Lab on the screen shows at the same step', async ({
	page
}) => {
	test.skip(!FULL, 'half a minute: in the long run');
	await openLesson(page, '/zh/lessons/dnat-then-route/');
	await answerQuestions(page);
	await page.emulateMedia({ media: 'print' });
	const lab = page.locator('.late').first();
	const text = async (path: string) =>
		(await lab.locator(path).first().innerText()).replace(/\s+/g, ' ').trim();
	const stills = await lab
		.locator('figure')
		.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.still!));
	for (const still of stills) {
		await page.emulateMedia({ media: 'print' });
		const figure = `figure[data-still="${still}"]`;
		const printed = [await text(`${figure} ol`), await text(`${figure} [role=table]`)];
		await page.emulateMedia({ media: 'screen' });
		const slider = lab.locator('input[type=range]');
		await slider.focus();
		await page.keyboard.press('Home');
		for (let i = 0; i < Number(still); i++) await page.keyboard.press('ArrowRight');
		await expect(slider).toHaveValue(still);
		// Whoever was at that step prints it as well.
		// What is out of sight catches up in a moment.
		await expect
			.poll(async () => [await text('.views ol'), await text('.views [role=table]')])
			.toEqual(printed);
		await page.keyboard.press('Home');
	}
});

test('an open question keeps its answer off the paper', async ({ page }) => {
	await openLesson(page, '/en/lessons/reverse-snat/');
	await page.emulateMedia({ media: 'print' });
	const lab = page.locator('.late').first();
	await expect(lab.locator('.rest')).toBeVisible();
	await expect(lab.locator('figure').filter({ hasText: 'its source back' })).toHaveCount(0);
});

test('paper is light, nothing on it is cut off, and a printer gets it all', async ({ page }) => {
	test.skip(!FULL, 'half a minute: in the long run');
	await page.addInitScript(() => localStorage.setItem('conntrack-lab:theme', 'dark'));
	await page.emulateMedia({ colorScheme: 'dark' });
	await openLesson(page, '/en/lessons/reverse-snat/');
	await answerQuestions(page);
	// What a browser prints comes by way of `beforeprint`, not of what is emulated.
	const pdf = await page.pdf({ format: 'A4' });
	// Each page of a PDF is an object of that type.
	const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
	expect(pages).toBeGreaterThan(8);
	await expect(page.locator('figure')).toHaveCount(0);

	await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
	expect(await luminance(page, 'html', 'backgroundColor')).toBeGreaterThan(0.9);
	expect(await luminance(page, '.prose p', 'color')).toBeLessThan(0.1);
	const cut = await page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>('main *')]
			.filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, svg'))
			.filter((one) => {
				const { overflowX, overflowY } = getComputedStyle(one);
				return (
					(/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1) ||
					(/auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight + 1)
				);
			})
			.map((one) => `${one.tagName}.${one.className}: ${one.innerText.slice(0, 40)}`)
	);
	expect(cut).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
		PAPER.width
	);
});
