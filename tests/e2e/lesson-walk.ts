/** Going through a lesson as a reader does, for tests of what a lesson is and costs as a whole. */
import type { Page } from '@playwright/test';
import { expect } from './site';

/** The Labs of the page, and the views that stand alone, once all of them have come alive. */
export async function wakeLabs(page: Page): Promise<number> {
	const boxes = page.locator('.late');
	const count = await boxes.count();
	for (let i = 0; i < count; i++) {
		await boxes.nth(i).scrollIntoViewIfNeeded();
		await expect(boxes.nth(i)).toHaveAttribute('data-awake');
	}
	return count;
}

/** Answers every question of the page, rightly or not: Labs that wait for it go on. */
export async function answerQuestions(page: Page): Promise<void> {
	for (const question of await page.locator('form.question').all()) {
		await question.getByRole('radio').first().check();
		await question.locator('button[type=submit]').click();
	}
}

/** Steps every timeline of the page from its start to its end; gives the number of steps. */
export async function stepThrough(page: Page): Promise<number> {
	let steps = 0;
	for (const slider of await page.locator('.lab input[type=range]').all()) {
		await slider.focus();
		await page.keyboard.press('Home');
		const last = Number(await slider.getAttribute('max'));
		for (let i = 0; i < last; i++) await page.keyboard.press('ArrowRight');
		await expect(slider).toHaveValue(String(last));
		steps += last;
	}
	return steps;
}
