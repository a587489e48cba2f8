import { expect, test } from './site';

test.describe('the reader’s language', () => {
	test.describe('Chinese', () => {
		test.use({ locale: 'zh-CN' });

		test('is taken at the front door', async ({ page }) => {
			await page.goto('/');
			await expect(page).toHaveURL(/\/zh\/$/);
			await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
		});
	});

	test.describe('one that the site has not', () => {
		test.use({ locale: 'de-DE' });

		test('gives English', async ({ page }) => {
			await page.goto('/');
			await expect(page).toHaveURL(/\/en\/$/);
		});
	});

	test('once changed at the top of a page, is the one of the next visit', async ({ page }) => {
		await page.goto('/');
		await expect(page).toHaveURL(/\/en\/$/);
		await page.getByRole('link', { name: '简体中文' }).click();
		await expect(page).toHaveURL(/\/zh\/$/);
		await page.goto('/');
		await expect(page).toHaveURL(/\/zh\/$/);
	});

	test('going back from the chosen page does not lead into the front door again', async ({
		page
	}) => {
		await page.goto('/zh/');
		await page.goto('/');
		await expect(page).toHaveURL(/\/en\/$/);
		await page.goBack();
		await expect(page).toHaveURL(/\/zh\/$/);
	});

	test('without scripts, is a choice between links', async ({ browser, site }) => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(site.root);
		await page.getByRole('link', { name: '简体中文' }).click();
		await expect(page).toHaveURL(/\/zh\/$/);
		await context.close();
	});
});

test('every page has its twin, and the switch leads there', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/');
	await expect(page.locator('link[rel=alternate]')).toHaveCount(2);
	await page.getByRole('link', { name: '简体中文' }).click();
	await expect(page).toHaveURL(/\/zh\/lessons\/reverse-snat\/$/);
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL(/\/en\/lessons\/reverse-snat\/$/);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the alternate links lead to pages that exist, in the language they say', async ({
	request,
	site
}) => {
	for (const path of ['', 'en/', 'zh/', 'en/lessons/states/']) {
		const html = await (await request.get(site.root + path)).text();
		const twins = [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)];
		expect(twins.map(([, language]) => language).sort()).toEqual(['en', 'zh-Hans']);
		for (const [, language, href = ''] of twins) {
			const response = await request.get(new URL(href, site.root + path).href);
			expect(response.status()).toBe(200);
			expect(await response.text()).toContain(`<html lang="${language}">`);
		}
	}
});
