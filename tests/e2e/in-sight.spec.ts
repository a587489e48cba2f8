/** The station at hand stays in the window while a reader looks at it, and draws nobody away from something else. */
import type { Page } from '@playwright/test';
import { expect, test } from './site';

test.use({ viewport: { width: 1280, height: 500 } });

/** A host with a container, and the long rules that Docker gives it: its path is higher than the window. */
async function playDocker(page: Page) {
	await page.goto('/en/lab/', { waitUntil: 'networkidle' });
	await page.getByRole('radio', { name: 'A host with a container' }).check();
	await page.getByRole('button', { name: 'Put an example in' }).click();
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(page.locator('.lab')).toBeFocused();
}

/** Where the station at hand begins: null where the packet is in no station. */
const place = (page: Page) =>
	page.evaluate(() => {
		const title = document.querySelector('li[aria-current=step] .title');
		if (!title) return null;
		const { top } = title.getBoundingClientRect();
		const { top: foot } = document.querySelector('.foot')!.getBoundingClientRect();
		return { above: top < 0, below: top > foot - 16 };
	});

test('where the packet is in sight it stays so, however long the path', async ({ page }) => {
	await playDocker(page);
	const key = (name: string) => page.keyboard.press(name);
	await key('Home');
	await key('ArrowRight');
	for (let tries = 0; (await place(page)) === null && tries < 10; tries++) await key('ArrowRight');
	await page.locator('li[aria-current=step]').first().scrollIntoViewIfNeeded();
	await page.evaluate(() =>
		document.querySelector('li[aria-current=step]')!.scrollIntoView({ block: 'center' })
	);
	await page.waitForTimeout(200);
	const tops = new Set<number>();
	let stations = 0;
	for (let step = 0; step < 40; step++) {
		await key('ArrowRight');
		if ((await place(page)) === null) continue;
		stations++;
		await expect.poll(() => place(page)).toEqual({ above: false, below: false });
		tops.add(await page.evaluate(() => Math.round(scrollY)));
	}
	expect(stations).toBeGreaterThan(20);
	// It had to be followed.
	expect(tops.size).toBeGreaterThan(2);
});

test('who looks at something else is left there', async ({ page }) => {
	await playDocker(page);
	const table = page.getByRole('table', { name: 'Connection tracking table' });
	await table.evaluate((one) => one.scrollIntoView({ block: 'start' }));
	await page.waitForTimeout(200);
	const before = await page.evaluate(() => scrollY);
	const path = page.getByRole('region', { name: /^Hook path/ });
	expect(await path.evaluate((one) => one.getBoundingClientRect().bottom < 200)).toBe(true);
	for (let step = 0; step < 30; step++) {
		await page.keyboard.press('ArrowRight');
		await page.waitForTimeout(30);
	}
	await page.waitForTimeout(500);
	// What stands above may have grown or shrunk; the table has not left the window.
	expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(300);
	await expect(table).toBeInViewport();
});
