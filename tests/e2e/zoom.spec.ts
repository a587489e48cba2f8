/**
 * Text of twice its size on a narrow screen (WCAG 1.4.4, 1.4.10), and text that a reader has spaced out (1.4.12):
 * nothing overlaps, nothing is cut off, and the page scrolls one way only.
 */
import type { Page } from '@playwright/test';
import { wakeLabs } from './lesson-walk';
import { clashes, tooWide } from './pictures';
import { FULL, expect, slugs, test } from './site';

test.use({ trace: 'off' });

const PAGES = FULL
	? [
			...['', 'glossary/', 'reference/', 'reference/hooks/', 'map/', 'progress/', 'exercises/'],
			...['lab/', 'assign/', 'do/', 'mark/', 'print/', 'exercises/the-way-of-the-answer/'],
			...slugs.map((slug) => `lessons/${slug}/`)
		]
	: ['', 'glossary/', 'assign/', 'exercises/the-way-of-the-answer/', 'lessons/reverse-snat/'];

/** The site's own size is 106.25 %; a browser's setting multiplies it. */
const TWICE = 'html { font-size: 212.5% !important }';
/** As the success criterion has it. */
const SPACED = `* {
	line-height: 1.5 !important;
	letter-spacing: 0.12em !important;
	word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }`;

/** Texts of which a part cannot be seen, and not scrolled to either. */
const cutOff = (page: Page) =>
	page.evaluate(() => {
		const found = new Set<string>();
		for (const one of document.querySelectorAll<HTMLElement>('body *')) {
			if (one instanceof SVGElement || !one.checkVisibility({ opacityProperty: true })) continue;
			if (one.closest('.visually-hidden, [aria-hidden=true], select, option, [popover]')) continue;
			const style = getComputedStyle(one);
			// Shown to those who listen alone.
			if (style.clipPath !== 'none') continue;
			const hidesX = /hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 2;
			const hidesY = /hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 4;
			if ((hidesX || hidesY) && one.innerText.trim() !== '')
				found.add(`${one.tagName}.${one.className} “${one.innerText.trim().slice(0, 40)}”`);
		}
		return [...found];
	});

for (const [kind, [name, style, width]] of (
	[
		['text of twice the size', TWICE, 320],
		['text spaced out', SPACED, 1280],
		['text spaced out on a phone', SPACED, 320]
	] as const
).entries())
	for (const [i, path] of PAGES.entries()) {
		// In the short run one of them goes through all pages; of the others each page has its turn with one.
		if (!FULL && kind > 0 && kind !== 1 + (i % 2)) continue;
		test(`${name}: ${path === '' ? 'home' : path}`, async ({ page }) => {
			test.setTimeout(180_000);
			await page.setViewportSize({ width, height: 800 });
			await page.emulateMedia({ reducedMotion: 'reduce' });
			await page.goto(`/en/${path}`, { waitUntil: 'networkidle' });
			const labs = await wakeLabs(page);
			await page.evaluate((css) => {
				const sheet = new CSSStyleSheet();
				sheet.replaceSync(css);
				document.adoptedStyleSheets.push(sheet);
			}, style);
			for (const button of await page.locator('form.question [type=submit]').all()) {
				await button.locator('xpath=ancestor::form').getByRole('radio').first().check();
				await button.click();
			}
			for (let i = 0; i < labs; i++) {
				const lab = page.locator('.late').nth(i);
				const slider = lab.getByRole('slider');
				if ((await slider.count()) === 0) continue;
				// The end of the first packet's walk, then of all.
				await slider.focus();
				await page.keyboard.press('PageDown');
				await page.keyboard.press('PageDown');
				await page.keyboard.press('ArrowLeft');
				expect(await clashes(lab), `Lab ${i + 1}`).toEqual([]);
				if (!FULL) break;
				await page.keyboard.press('End');
				expect(await clashes(lab), `Lab ${i + 1}, at its end`).toEqual([]);
			}
			expect(await cutOff(page)).toEqual([]);
			expect(await tooWide(page)).toBe(0);
		});
	}
