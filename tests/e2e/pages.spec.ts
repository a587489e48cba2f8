import { tooWide } from './pictures';
import { FULL, expect, sampled, slugs, test } from './site';

test('the home page starts the first lesson and lists them all', async ({ page }) => {
	await page.goto('/en/');
	for (const slug of slugs)
		await expect(page.locator(`main a[href$="lessons/${slug}/"]`).first()).toBeVisible();
	await page.getByRole('link', { name: 'Start the first lesson' }).click();
	await expect(page).toHaveURL(new RegExp(`/en/lessons/${slugs[0]}/$`));
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the way to the first lesson stands in the first screen', async ({ page }) => {
	for (const height of [800, 720]) {
		await page.setViewportSize({ width: 1280, height });
		await page.goto('/en/');
		await expect(page.getByRole('link', { name: 'Start the first lesson' })).toBeInViewport();
	}
});

test('what does not exist gives status 404 and a page that leads on', async ({ page, site }) => {
	for (const base of [site.root, site.folder])
		for (const path of ['en/lessons/no-such-lesson/', 'no/such/page', 'fr/']) {
			const response = await page.goto(base + path);
			expect(response?.status()).toBe(404);
			await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
			await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible();
			await expect(page.getByRole('link', { name: '去看课程' })).toHaveAttribute(
				'href',
				new URL('zh/', base).pathname
			);
		}
	await page.getByRole('link', { name: '去看课程' }).click();
	await expect(page).toHaveURL(`${site.folder}zh/`);
});

test('a lesson reads as a text without scripts', async ({ browser, site }) => {
	// In the long run it goes through every lesson.
	test.slow(FULL);
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	for (const language of ['en', 'zh'])
		for (const slug of sampled) {
			await page.goto(`${site.root}${language}/lessons/${slug}/`);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expect(page.locator('.prose > p').first()).toBeVisible();
			for (const answer of await page.locator('.question details').all()) {
				await answer.locator('summary').click();
				await expect(answer.locator('p').first()).toBeVisible();
			}
		}
	await context.close();
});

test('the site works from a folder of a web server', async ({ page, site }) => {
	const missing: string[] = [];
	page.on('response', (response) => {
		if (response.status() >= 400) missing.push(response.url());
	});
	await page.goto(site.folder);
	await expect(page).toHaveURL(`${site.folder}en/`);
	await page.getByRole('link', { name: 'Start the first lesson' }).click();
	await expect(page).toHaveURL(`${site.folder}en/lessons/${slugs[0]}/`);
	await page.reload();
	await page.getByRole('link', { name: '简体中文' }).click();
	await expect(page).toHaveURL(`${site.folder}zh/lessons/${slugs[0]}/`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	expect(missing).toEqual([]);
});

test('nothing is asked of another origin, and no page breaks its own policy', async ({
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
	for (const path of ['', 'en/', ...sampled.map((slug) => `zh/lessons/${slug}/`)]) {
		await page.goto(site.root + path, { waitUntil: 'networkidle' });
		const policy = page.locator('meta[http-equiv="content-security-policy"]');
		await expect(policy).toHaveAttribute('content', /default-src 'self'/);
		await expect(policy).not.toHaveAttribute('content', /https?:/);
	}
	expect(foreign).toEqual([]);
	expect(complaints).toEqual([]);
});

test('the first stop of the keyboard skips to the content', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
});

test('no page is wider than the screen', async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	const others = ['glossary', 'reference', 'reference/hooks', 'reference/tcp', 'progress', 'map'];
	for (const path of [
		'/en/',
		'/zh/',
		...others.map((other) => `/en/${other}/`),
		...sampled.map((slug) => `/en/lessons/${slug}/`)
	]) {
		await page.goto(path);
		expect(await tooWide(page), path).toBe(0);
	}
});
