/** A lesson's Lab at the moments whose signs have to be told apart without colour: for tests of ways to see. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './site';
import { answerQuestions } from './lesson-walk';

/** Opens a lesson's first Lab, with its question answered. */
export async function openLab(page: Page, slug: string): Promise<Locator> {
	await page.goto(`/en/lessons/${slug}/`, { waitUntil: 'networkidle' });
	await answerQuestions(page);
	const lab = page.locator('.late').first();
	await lab.scrollIntoViewIfNeeded();
	await expect(lab).toHaveAttribute('data-awake');
	return lab;
}

/** Steps on until the Lab says something. */
export async function stepTo(lab: Locator, said: RegExp): Promise<void> {
	const happened = lab.getByRole('region', { name: /^What happened/ });
	await lab.getByRole('slider').focus();
	for (let i = 0; i < 150; i++) {
		if (said.test((await happened.textContent()) ?? '')) return;
		await lab.page().keyboard.press('ArrowRight');
	}
	throw new Error(`no step says ${said}`);
}

/** Waits until nothing moves any more. */
export async function atRest(page: Page): Promise<void> {
	await page.waitForFunction(() => document.getAnimations().length === 0);
}

/** That what happened to a packet is also there as words, shapes and lines: whichever colours are seen. */
export async function expectSigns(page: Page): Promise<void> {
	const lab = await openLab(page, 'reverse-snat');
	// Direction: a word beside each arrow, and arrows of two shapes.
	const key = lab.locator('.key');
	await expect(key.locator('.orig')).toContainText('original');
	await expect(key.locator('.reply')).toContainText('reply');
	const heads = await key
		.locator('path')
		.evaluateAll((all) => all.map((one) => one.getAttribute('d')));
	expect(new Set(heads).size).toBe(2);

	// Rewritten: the old value struck through, the new one beside it, and a word for each.
	await stepTo(lab, /its source back/);
	const packet = lab.getByRole('region', { name: /^Packet/ });
	for (const [tag, word] of [
		['del', 'was 10.0.0.2'],
		['ins', 'now 198.51.100.1']
	] as const)
		await expect(packet.locator(tag).filter({ hasText: word }).first()).toBeVisible();
	expect(
		await packet
			.locator('del')
			.first()
			.evaluate((one) => getComputedStyle(one).textDecorationLine)
	).toBe('line-through');
	// The station at hand is marked by more than a colour's ground: its dot is ringed.
	await expect(lab.locator('[aria-current=step]').first()).toBeVisible();

	const other = await openLab(page, 'five-hooks');
	await stepTo(other, /drop/);
	await expect(other.locator('.mark .pill')).toContainText('■');
	await expect(other.locator('.mark .pill')).toContainText('dropped');
	await expect(other.locator('[aria-current=step]').first()).toContainText('drop');
}
