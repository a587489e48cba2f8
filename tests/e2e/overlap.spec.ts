/**
 * On no page does a text lie over another, stick out of the page, or stand in a table that is cut off where there is
 * room: on a large screen and on a phone, every page in the long run.
 */
import type { Page } from '@playwright/test';
import { clashes, tooWide } from './pictures';
import { FULL, builtPages, expect, test } from './site';

/** In the short run, pages with much code in them, and tables. */
const KINDS = [
	'glossary/',
	'reference/hooks/',
	'reference/conntrack-l/',
	'lessons/docker-past-input/',
	'lessons/finding-it/',
	'lessons/reverse-snat/'
];
const built = builtPages().filter((path) => !path.includes('gallery/'));
const paths = FULL
	? built
	: built.filter((path) => KINDS.some((kind, i) => path === `${i % 2 ? 'en' : 'zh'}/${kind}`));

test('there are pages to be looked at', () => {
	expect(paths.length).toBeGreaterThanOrEqual(FULL ? 100 : KINDS.length);
});

/** Marks that begin a line although they belong to the code before them, and would have room beside it. */
const strayMarks = (page: Page) =>
	page.locator('main').evaluate((main) => {
		const found: string[] = [];
		for (const code of main.querySelectorAll(':not(pre) > code')) {
			let next: Node | null = code;
			while (next && !next.nextSibling && next !== main) next = next.parentNode;
			for (next = next?.nextSibling ?? null; next?.firstChild; next = next.firstChild);
			if (next?.nodeType !== Node.TEXT_NODE || !/^[,.;:?!)”，。；：、？！）]/.test(next.nodeValue!))
				continue;
			const range = document.createRange();
			range.setStart(next, 0);
			range.setEnd(next, 1);
			const before = [...code.getClientRects()].at(-1);
			const mark = range.getBoundingClientRect();
			const { width } = code.closest('p, li, td, dd, label, legend, div')!.getBoundingClientRect();
			if (before && mark.top >= before.bottom && before.width + mark.width < width)
				found.push(code.textContent + next.nodeValue!);
		}
		return found;
	});

for (const path of paths)
	test(`nothing lies over anything else: ${path}`, async ({ page }) => {
		test.slow();
		// As it is read at first: what comes alive has tests of its own.
		await page.route('**/_app/**/*.js', (route) => route.abort());
		for (const width of [1440, 320]) {
			await page.setViewportSize({ width, height: 900 });
			await page.goto(`/${path}`, { waitUntil: 'domcontentloaded' });
			// What is far off the screen has no height of its own until it is drawn.
			await page.evaluate(() => {
				const sheet = new CSSStyleSheet();
				sheet.replaceSync('* { content-visibility: visible !important }');
				document.adoptedStyleSheets.push(sheet);
			});
			expect(await clashes(page.locator('main')), `${width} px`).toEqual([]);
			expect(await strayMarks(page), `${width} px`).toEqual([]);
			expect(await tooWide(page), `${width} px`).toBe(0);
			if (width === 320) continue;
			const cut = await page
				.locator('main')
				.evaluate((main) =>
					[...main.querySelectorAll<HTMLElement>('.table-scroll')]
						.filter((box) => box.scrollWidth > box.clientWidth + 1)
						.map((box) => box.innerText)
				);
			expect(cut, `${width} px`).toEqual([]);
		}
	});
