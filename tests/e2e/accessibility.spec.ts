import AxeBuilder from '@axe-core/playwright';
import { expect, slugs, test } from './site';

/** Every lesson in the long run; otherwise the first, and the one with most in it. */
const lessons = process.env.TEST_FULL ? slugs : ['five-hooks', 'reverse-snat'];

const paths = [
	'en/',
	'zh/',
	...[
		'glossary/',
		'reference/',
		'reference/hooks/',
		'reference/cheat-sheet/',
		'progress/',
		'map/'
	].map((path, index) => `${index % 2 ? 'zh' : 'en'}/${path}`),
	...lessons.flatMap((slug) => [`en/lessons/${slug}/`, `zh/lessons/${slug}/`])
];

for (const colorScheme of ['light', 'dark'] as const)
	for (const path of paths)
		test(`axe finds nothing: ${path}, ${colorScheme}`, async ({ page, site }) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.goto(site.root + path, { waitUntil: 'networkidle' });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(
				violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])
			).toEqual([]);
		});

test('axe finds nothing on the page for what does not exist', async ({ page }) => {
	await page.goto('/en/lessons/no-such-lesson/');
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
});

test('axe finds nothing on the choice of languages', async ({ page }) => {
	// Without its scripts the page stays where it is.
	await page.route('**/_app/**/*.js', (route) => route.abort());
	await page.goto('/');
	await expect(page.getByRole('link', { name: 'English' })).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
});
