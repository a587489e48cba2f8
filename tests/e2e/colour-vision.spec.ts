/** What matters is told apart by whoever sees other colours, or none: measured on pictures as they would be seen. */
import type { Page } from '@playwright/test';
import { contrast, difference, lookAt } from './pixels';
import { expectSigns, openLab, stepTo } from './told-apart';
import { FULL, expect, test } from './site';

/** The long run looks at the dark theme too. */
/** Pixels are counted in the long run only. */
const THEMES = FULL ? (['light', 'dark'] as const) : [];

const WAYS = ['protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const;

async function see(page: Page, type: (typeof WAYS)[number] | 'none'): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setEmulatedVisionDeficiency', { type });
}

for (const colorScheme of THEMES)
	test(`both directions, a drop and a rewriting stand out and differ, ${colorScheme}`, async ({
		page
	}) => {
		test.setTimeout(120_000);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		// By shape and word, to begin with.
		await expectSigns(page);
		const lab = await openLab(page, 'reverse-snat');
		await stepTo(lab, /its source back/);
		const heads = lab.locator('.key svg');
		const packet = lab.getByRole('region', { name: /^Packet/ });
		const [was, now] = [packet.locator('del').first(), packet.locator('ins').first()];
		for (const way of WAYS) {
			await see(page, way);
			const [orig, reply] = [await lookAt(heads.nth(0)), await lookAt(heads.nth(1))];
			// By shape alone, colours left aside.
			expect(difference(orig, reply), `${way}: arrow heads`).toBeGreaterThan(0.25);
			for (const [name, look] of Object.entries({ orig, reply }))
				expect(contrast(look.figure, look.ground), `${way}: ${name}`).toBeGreaterThan(3);
			for (const [name, part] of Object.entries({ was, now })) {
				const look = await lookAt(part);
				expect(contrast(look.figure, look.ground), `${way}: ${name}`).toBeGreaterThan(4.4);
			}
		}
		await see(page, 'none');
		const other = await openLab(page, 'five-hooks');
		await stepTo(other, /drop/);
		for (const way of WAYS) {
			await see(page, way);
			const look = await lookAt(other.locator('.mark .pill'));
			expect(contrast(look.figure, look.ground), `${way}: dropped`).toBeGreaterThan(4.4);
		}
	});
