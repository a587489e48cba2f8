import type { Page } from '@playwright/test';
import { expect, test } from './site';

/** How light the page's background is, from 0 to 255. */
async function lightness(page: Page): Promise<number> {
	return page.evaluate(() => {
		const [red = 0, green = 0, blue = 0] = getComputedStyle(document.documentElement)
			.backgroundColor.match(/\d+/g)!
			.map(Number);
		return (red + green + blue) / 3;
	});
}

test('the theme follows the system until the reader chooses, and the choice stays', async ({
	page
}) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto('/en/');
	expect(await lightness(page)).toBeLessThan(60);

	await page.getByRole('radio', { name: 'Light' }).check({ force: true });
	await expect.poll(() => lightness(page)).toBeGreaterThan(230);
	await page.goto('/zh/');
	expect(await lightness(page)).toBeGreaterThan(230);
	await expect(page.getByRole('radio', { name: '浅色' })).toBeChecked();

	await page.getByRole('radio', { name: '自动' }).check({ force: true });
	await expect.poll(() => lightness(page)).toBeLessThan(60);
	await page.emulateMedia({ colorScheme: 'light' });
	expect(await lightness(page)).toBeGreaterThan(230);
});

test('a chosen theme is there before the page’s own scripts run', async ({ page }) => {
	await page.goto('/en/');
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	// Once the page has answered: a reload before that takes with it what is kept to be done.
	await expect.poll(() => lightness(page)).toBeLessThan(60);
	await page.route('**/_app/**/*.js', (route) => route.abort());
	await page.reload({ waitUntil: 'domcontentloaded' });
	expect(await lightness(page)).toBeLessThan(60);
});
