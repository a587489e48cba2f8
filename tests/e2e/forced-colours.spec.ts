/** With the colours that the system forces on a page, and with more contrast, what matters is still told apart. */
import type { Locator } from '@playwright/test';
import { contrast, difference, lookAt } from './pixels';
import { expectSigns, openLab, stepTo } from './told-apart';
import { FULL, expect, test } from './site';

/** The long run looks at the dark theme too. */
/** Pixels are looked at in the long run only. */
const THEMES = FULL ? (['light', 'dark'] as const) : [];

/** What can tell two elements apart that have the same colours of text and ground. */
const drawn = (part: Locator) =>
	part.evaluate((one) => {
		const style = getComputedStyle(one);
		return [
			style.backgroundColor,
			style.color,
			style.borderTopStyle,
			style.borderTopWidth,
			style.fontWeight,
			style.textDecorationLine,
			style.outlineStyle
		].join(' ');
	});

for (const colorScheme of THEMES)
	test(`forced colours, ${colorScheme}: direction, drop, rewriting, choice and focus are told apart`, async ({
		page
	}) => {
		test.setTimeout(120_000);
		await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' });
		await expectSigns(page);

		const lab = await openLab(page, 'reverse-snat');
		const key = lab.locator('.key svg');
		const [orig, reply] = [await lookAt(key.nth(0)), await lookAt(key.nth(1))];
		expect(difference(orig, reply), 'arrow heads').toBeGreaterThan(0.25);
		for (const look of [orig, reply]) expect(contrast(look.figure, look.ground)).toBeGreaterThan(3);

		// What is chosen, and what not.
		const views = lab.locator('.header [aria-pressed]');
		expect(await drawn(views.and(page.locator('[aria-pressed=true]')).first())).not.toBe(
			await drawn(views.and(page.locator('[aria-pressed=false]')).first())
		);
		const switches = lab.getByRole('region', { name: /^Rules/ }).getByRole('switch');
		if (await switches.count()) {
			const on = await lookAt(switches.first());
			await switches.first().click();
			await expect(switches.first()).not.toBeChecked();
			expect(difference(on, await lookAt(switches.first())), 'a switch').toBeGreaterThan(0.1);
			await switches.first().click();
		}

		// Where the reader stands on the timeline, and what has the focus.
		const timeline = lab.locator('.timeline');
		await lab.getByRole('slider').focus();
		await page.keyboard.press('Home');
		const start = await lookAt(timeline);
		await page.keyboard.press('PageDown');
		await page.keyboard.press('PageDown');
		expect(difference(start, await lookAt(timeline)), 'the timeline').toBeGreaterThan(0.02);
		const step = lab.getByRole('button', { name: 'Step forward' });
		const before = await drawn(step);
		await page.keyboard.press('Shift+Tab');
		while (!(await step.evaluate((one) => one === document.activeElement)))
			await page.keyboard.press('Shift+Tab');
		expect(await drawn(step)).not.toBe(before);

		// The packet's own row, the station at hand, an asked station and one that was passed over.
		await stepTo(lab, /its source back/);
		const row = lab.locator('[role=row].own').first();
		await expect(row).toHaveCSS('border-inline-start-style', 'solid');
		const dots = lab.locator('li.asked:not(.current) svg, li.asked:not(.current) .dot').first();
		const passed = lab.locator('li.passed svg, li.passed .dot').first();
		if ((await dots.count()) && (await passed.count()))
			expect(difference(await lookAt(dots), await lookAt(passed)), 'dots').toBeGreaterThan(0.1);
		await expect(lab.locator('[aria-current=step]').first()).toHaveCSS('outline-style', 'solid');
	});

for (const colorScheme of THEMES)
	test(`more contrast, ${colorScheme}: small text stands out, and signs stay`, async ({ page }) => {
		test.setTimeout(120_000);
		await page.emulateMedia({ contrast: 'more', colorScheme, reducedMotion: 'reduce' });
		await expectSigns(page);
		const lab = await openLab(page, 'reverse-snat');
		await stepTo(lab, /its source back/);
		// What is soft or faint otherwise has a contrast of 7 : 1 and more.
		for (const faint of [
			'.view .heading > p',
			'li.passed .note',
			'li.pending .name',
			'.priority',
			'[role=row] .flags',
			// Not the first, whose one sign is all thin strokes.
			'[role=columnheader]:nth-child(2)'
		]) {
			const part = lab.locator(faint).filter({ visible: true }).first();
			if ((await part.count()) === 0) continue;
			const look = await lookAt(part);
			expect(contrast(look.figure, look.ground), faint).toBeGreaterThan(6.5);
		}
	});
