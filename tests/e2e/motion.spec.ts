/** With reduced motion nothing travels, grows or fades, and every step ends as it does with motion. */
import type { Locator, Page } from '@playwright/test';
import { openLab } from './told-apart';
import { FULL, expect, test, untilItAnswers } from './site';

/** High enough for all of a Lab: what is out of sight catches up a moment later, on purpose. */
const VIEWPORT = { width: 1280, height: 3000 };

/** Steps that are looked at, of every so many. */
const EVERY = FULL ? 1 : 20;

const running = (page: Page) =>
	page.evaluate(() =>
		document
			.getAnimations()
			.filter(({ playState }) => playState === 'running')
			.map(({ effect }) => {
				const target = (effect as KeyframeEffect | null)?.target;
				return `${target?.tagName} ${target?.getAttribute('class')}`;
			})
	);

/** What there is to see of a moment: each text, and where the packet is. */
const picture = (lab: Locator) =>
	lab.evaluate((root) => ({
		text: root.querySelector<HTMLElement>('.lab > div > .views')!.innerText.replace(/\s+/g, ' '),
		packet: root.querySelector('.mark')?.getAttribute('style') ?? null,
		lines: [...root.querySelectorAll('.walked')].map((one) => one.getAttribute('d'))
	}));

test('with reduced motion no step moves anything, and each ends as with motion', async ({
	browser,
	site
}) => {
	test.skip(!FULL, 'two minutes: in the long run');
	test.setTimeout(240_000);
	const context = async (reducedMotion: 'reduce' | 'no-preference') => {
		const made = await browser.newContext({
			reducedMotion,
			baseURL: site.root,
			viewport: VIEWPORT
		});
		const page = await untilItAnswers(await made.newPage());
		return { page, lab: await openLab(page, 'reverse-snat') };
	};
	const still = await context('reduce');
	const moving = await context('no-preference');
	const last = Number(await still.lab.getByRole('slider').getAttribute('max'));
	let moved = 0;
	for (const { lab } of [still, moving]) await lab.getByRole('slider').focus();
	for (let at = 1; at <= last; at++) {
		await still.page.keyboard.press('ArrowRight');
		expect(await running(still.page), `step ${at}`).toEqual([]);
		const there = await picture(still.lab);
		await moving.page.keyboard.press('ArrowRight');
		if (at % EVERY !== 0) continue;
		moved += (await running(moving.page)).length;
		// A frame later nothing has gone on by itself.
		await still.page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
		);
		expect(await picture(still.lab), `step ${at}`).toEqual(there);
		await expect(async () => expect(await picture(moving.lab)).toEqual(there)).toPass({
			intervals: [100, 200, 300]
		});
	}
	// With motion there is some: else this test would say nothing.
	expect(moved).toBeGreaterThan(0);
	for (const { page } of [still, moving]) await page.context().close();
});

test('with reduced motion playing goes from step to step without travel', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const lab = await openLab(page, 'five-hooks');
	await lab.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '10×' });
	await lab.getByRole('button', { name: 'Play' }).click();
	const slider = lab.getByRole('slider');
	const seen = new Set<string>();
	while (seen.size < 8) {
		seen.add(await slider.inputValue());
		expect(await running(page)).toEqual([]);
	}
	await lab.getByRole('button', { name: 'Pause' }).click();
});
