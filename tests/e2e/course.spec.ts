/** What stands around the lessons: terms, search, the reference, progress, the map. */
import { expect, slugs, test, untilItAnswers } from './site';

test.describe('a term', () => {
	test('opens where it is said, by keyboard, and gives the focus back', async ({ page }) => {
		await page.goto('/en/lessons/reverse-snat/', { waitUntil: 'networkidle' });
		const word = page.locator('.prose a[data-term="reply-tuple"]');
		await word.focus();
		await page.keyboard.press('Enter');
		const box = page.getByRole('dialog', { name: 'reply tuple' });
		await expect(box).toContainText('The entry’s second tuple');
		await expect(box).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(box).toBeHidden();
		await expect(word).toBeFocused();
		await expect(page).toHaveURL(/reverse-snat\/$/);
	});

	test('opens by touch, within a narrow screen', async ({ browser, site }) => {
		const context = await browser.newContext({
			hasTouch: true,
			viewport: { width: 320, height: 640 }
		});
		const page = await untilItAnswers(await context.newPage());
		await page.goto(`${site.root}zh/lessons/reverse-snat/`, { waitUntil: 'networkidle' });
		await page.locator('.prose a[data-term="hook"]').tap();
		const box = page.getByRole('dialog', { name: '钩子' });
		await expect(box).toBeVisible();
		const { x, width } = (await box.boundingBox())!;
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x + width).toBeLessThanOrEqual(320);
		await context.close();
	});

	test('is a link to the glossary without scripts, and without its file', async ({
		browser,
		page,
		site
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const bare = await context.newPage();
		await bare.goto(`${site.folder}en/lessons/reverse-snat/`);
		await bare.locator('.prose a[data-term="hook"]').click();
		await expect(bare).toHaveURL(`${site.folder}en/glossary/#hook`);
		await expect(bare.locator('#hook')).toBeInViewport();
		await context.close();

		await page.route('**/glossary.json', (route) => route.abort());
		await page.goto('/en/lessons/reverse-snat/', { waitUntil: 'networkidle' });
		await page.locator('.prose a[data-term="hook"]').click();
		await expect(page).toHaveURL(/\/en\/glossary\/#hook$/);
	});
});

test.describe('the search', () => {
	test('opens by /, finds in both languages, and is walked by arrows', async ({ page }) => {
		for (const [language, query, term] of [
			['en', 'reply tuple', 'reply tuple'],
			['zh', '回复元组', '回复元组']
		] as const) {
			await page.goto(`/${language}/`, { waitUntil: 'networkidle' });
			await page.keyboard.press('/');
			const box = page.getByRole('searchbox');
			await expect(box).toBeFocused();
			await box.fill(query);
			const first = page.getByRole('dialog').getByRole('link').first();
			await expect(first).toContainText(term);
			await page.keyboard.press('ArrowDown');
			await expect(first).toBeFocused();
			await page.keyboard.press('Enter');
			await expect(page).toHaveURL(new RegExp(`/${language}/glossary/#reply-tuple$`));
			await expect(page.getByRole('dialog')).toHaveCount(0);
		}
	});

	test('does not open while something is typed, or with single characters off', async ({
		page
	}) => {
		await page.goto('/en/', { waitUntil: 'networkidle' });
		await page.evaluate(() => localStorage.setItem('conntrack-lab:letters', 'off'));
		await page.reload({ waitUntil: 'networkidle' });
		await page.keyboard.press('/');
		await expect(page.getByRole('searchbox')).toBeHidden();
		await page.getByRole('button', { name: 'Search' }).click();
		await expect(page.getByRole('searchbox')).toBeFocused();
	});

	test('says so when its index cannot be fetched', async ({ page }) => {
		await page.route('**/search.json', (route) => route.abort());
		await page.goto('/en/', { waitUntil: 'networkidle' });
		await page.getByRole('button', { name: 'Search' }).click();
		await expect(page.getByText('The index could not be fetched.')).toBeVisible();
	});
});

test('what is read and predicted is kept, exported, wiped and brought back', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/', { waitUntil: 'networkidle' });
	const question = page.locator('#question-who-turns-it-back');
	await question.getByRole('radio', { name: /No rule: the entry/ }).check();
	await question.getByRole('button', { name: 'Check' }).click();
	await page.getByRole('checkbox', { name: 'I have read this lesson' }).scrollIntoViewIfNeeded();
	await expect(page.getByRole('checkbox', { name: 'I have read this lesson' })).toBeChecked();

	await page.goto('/en/progress/', { waitUntil: 'networkidle' });
	const lesson = page.locator('main li').filter({ hasText: 'reverse SNAT' });
	await expect(lesson).toContainText('✓ read');
	await expect(lesson).toContainText('✓ 1 of 1 predicted');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	const file = await (await download).path();

	await page.getByRole('button', { name: 'Wipe' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Wipe' }).click();
	await expect(lesson).not.toContainText('✓');
	await page.reload({ waitUntil: 'networkidle' });
	await expect(lesson).not.toContainText('✓');

	await page.getByLabel('Import').setInputFiles(file);
	await expect(page.getByText('Taken in: 1 lesson.')).toBeVisible();
	await expect(lesson).toContainText('✓ 1 of 1 predicted');
});

test('the cheat sheet prints on one page, in both languages', async ({ page }) => {
	for (const language of ['en', 'zh']) {
		await page.goto(`/${language}/reference/cheat-sheet/`);
		const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
		expect(pdf.match(/\/Type \/Page\b(?!s)/g), language).toHaveLength(1);
	}
});

test('the map leads to each lesson, as boxes and as a list', async ({ page }) => {
	for (const width of [1440, 400]) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto('/en/map/');
		for (const slug of slugs)
			await expect(page.locator(`.map a[href$="lessons/${slug}/"]`)).toBeVisible();
	}
});

test('a lesson’s sections have one anchor in both languages', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/#machine');
	await expect(page.getByRole('heading', { name: 'On a real machine' })).toBeInViewport();
	await page.goto('/zh/lessons/reverse-snat/#machine');
	await expect(page.locator('h2#machine')).toBeInViewport();
});
