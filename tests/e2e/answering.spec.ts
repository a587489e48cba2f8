/** What is done to a page whose scripts are still under way: none of it is lost. */
import type { Page } from '@playwright/test';
import { expect, test } from './site';

/** Opens a page whose scripts stay away until what this gives back is called. */
async function heldBack(page: Page, path: string): Promise<() => Promise<void>> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(path, { waitUntil: 'commit' });
	await page.locator('footer').last().waitFor();
	return async () => {
		release();
		await page.waitForLoadState('networkidle');
	};
}

test('a theme chosen before the scripts answer holds, there and on the next page', async ({
	page
}) => {
	const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
	await page.emulateMedia({ colorScheme: 'dark' });
	const release = await heldBack(page, '/en/');
	await page.getByRole('radio', { name: 'Light' }).check({ force: true });
	expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined();
	await release();
	await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
	expect(await scheme()).toBe('light');
	await page.goto('/zh/');
	expect(await scheme()).toBe('light');
	await expect(page.getByRole('radio', { name: '浅色' })).toBeChecked();
});

test('files chosen before the scripts answer are there to be marked', async ({ page }) => {
	const release = await heldBack(page, '/en/mark/');
	await page.getByLabel('Choose files').setInputFiles({
		name: 'ada.json',
		mimeType: 'application/json',
		buffer: Buffer.from('{}')
	});
	await expect(page.getByText('1 file', { exact: true })).toHaveCount(0);
	await release();
	await expect(page.getByText('1 file', { exact: true })).toBeVisible();
});

test('a question answered before the scripts answer is checked when they do', async ({ page }) => {
	const release = await heldBack(page, '/en/lessons/reverse-snat/');
	const question = page.locator('form').first();
	await question.getByRole('radio').first().check();
	await question.getByRole('button', { name: 'Check' }).click();
	await expect(question.getByRole('status')).toBeEmpty();
	await release();
	await expect(question.getByRole('status')).toContainText(/[✓✗]/);
	await expect(question.getByRole('radio').first()).toBeChecked();
	expect(new URL(page.url()).search).toBe('');
});

test('a button of the header pressed before the scripts answer is answered', async ({ page }) => {
	const release = await heldBack(page, '/zh/');
	await page.getByRole('button', { name: '搜索' }).click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await release();
	await expect(page.getByRole('dialog')).toBeVisible();
});

test('a Lab pressed before the scripts answer goes on by one step', async ({ page }) => {
	const release = await heldBack(page, '/en/lessons/reverse-snat/');
	const lab = page.locator('.lab').first();
	const said = lab.getByRole('region', { name: 'What happened', exact: true });
	await expect(said).toContainText('Nothing has happened yet');
	await lab.getByRole('button', { name: 'Step forward', exact: true }).click();
	await release();
	await expect(said).not.toContainText('Nothing has happened yet');
	await lab.getByRole('button', { name: 'Step back', exact: true }).click();
	await expect(said).toContainText('Nothing has happened yet');
});

test('a timeline moved by keys before the scripts answer stands there when they do', async ({
	page
}) => {
	const release = await heldBack(page, '/en/lessons/reverse-snat/');
	const lab = page.locator('.lab').first();
	await lab.getByRole('slider', { name: 'Timeline' }).focus();
	for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
	await release();
	await expect(lab.getByRole('slider', { name: 'Timeline' })).toHaveValue('3');
	await expect(lab.getByRole('region', { name: 'What happened', exact: true })).not.toContainText(
		'Nothing has happened yet'
	);
});

test('no script is fetched before the text stands on the screen', async ({ page }) => {
	// On a busy machine a page may be painted later than the time at which the scripts are fetched in any case.
	await page.addInitScript(() => {
		const { setTimeout } = window;
		window.setTimeout = ((act: () => void, time?: number) =>
			time === 2000 ? 0 : setTimeout(act, time)) as typeof window.setTimeout;
	});
	for (const path of ['/en/', '/zh/lessons/reverse-snat/']) {
		await page.goto(path);
		const asked = () =>
			page.evaluate(() =>
				performance
					.getEntriesByType('resource')
					.filter(({ name }) => name.endsWith('.js'))
					.map(({ startTime }) => startTime)
			);
		await expect.poll(async () => (await asked()).length).toBeGreaterThan(3);
		const painted = await page.evaluate(
			() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
		);
		expect(painted).toBeGreaterThan(0);
		expect(Math.min(...(await asked()))).toBeGreaterThanOrEqual(painted!);
	}
});

test('a page opened where nobody looks answers, too', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(document, 'hidden', { get: () => true });
		PerformanceObserver.prototype.observe = () => {};
	});
	const asked = page.waitForRequest(/\/start\..*\.js$/, { timeout: 1500 });
	await page.goto('/en/', { waitUntil: 'commit' });
	await asked;
	await page.getByRole('button', { name: 'Search' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
});
