/** A whole lesson by keyboard alone: nothing is clicked, and nothing is given the focus but by keys. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { press, tabTo } from './focus';
import { FULL, expect, test } from './site';

/** The second of these is a large screen at 400 %: as much room as on a phone that lies on its side. */
const SCREENS = FULL
	? [
			{ width: 1280, height: 720 },
			{ width: 320, height: 256 }
		]
	: [{ width: 1280, height: 720 }];

const SLUG = 'five-hooks';
const course = JSON.parse(readFileSync('content/course.json', 'utf8')) as {
	parts: { lessons: string[] }[];
};
const NEXT = course.parts.flatMap(({ lessons }) => lessons)[1]!;
/** What a reader could type: the server's SSH port is closed where packets go through. */
const MENDED = `table inet filter {
  chain input { type filter hook input priority 0; }
  chain forward {
    type filter hook forward priority 0;
    ip daddr 10.0.0.2 tcp dport 22 drop
  }
}`;

const lab = (page: Page, nth = 0) => page.locator('.late').nth(nth);
const happened = (page: Page, nth = 0) =>
	lab(page, nth).getByRole('region', { name: /^What happened/ });
const slider = (page: Page, nth = 0) => lab(page, nth).getByRole('slider');

for (const viewport of SCREENS)
	test(`a lesson from its first key to the next lesson, ${viewport.width} × ${viewport.height}`, async ({
		page
	}) => {
		test.setTimeout(viewport.width < 400 ? 300_000 : 120_000);
		await page.setViewportSize(viewport);
		await page.goto(`/en/lessons/${SLUG}/`, { waitUntil: 'networkidle' });

		// Past what every page begins with.
		await press(page, 'Tab');
		await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
		await press(page, 'Enter');
		await expect(page.locator('main')).toBeFocused();

		// The question: a radio group is one stop of Tab, its choices are reached with arrows.
		const question = page.locator('form.question').first();
		await tabTo(page, question.getByRole('radio').first());
		await press(page, 'ArrowDown', 2);
		await expect(question.getByRole('radio').nth(2)).toBeFocused();
		await expect(question.getByRole('radio').nth(2)).toBeChecked();
		await tabTo(page, question.getByRole('button', { name: 'Check' }));
		await press(page, 'Enter');
		await expect(question.getByRole('status')).toContainText('Right.');

		// The Lab, from its first step to its last, from wherever the focus is within it.
		const step = lab(page).getByRole('button', { name: 'Step forward' });
		await tabTo(page, step);
		await press(page, 'Enter');
		await expect(happened(page)).toContainText('client puts');
		await press(page, 'Space');
		await expect(happened(page)).toContainText('gateway takes in');
		const last = Number(await slider(page).getAttribute('max'));
		await press(page, 'ArrowRight', last - 2);
		await expect(slider(page)).toHaveValue(String(last));
		await expect(step).toBeFocused();
		// Pressed once too often it stays, and says so.
		await press(page, 'Enter');
		await expect(step).toHaveAttribute('aria-disabled', 'true');
		await press(page, 'ArrowLeft', 2);
		await expect(slider(page)).toHaveValue(String(last - 2));
		await press(page, 'Home');
		await press(page, 'p');
		await press(page, 'h');

		// Breaking it: what if time passes here.
		await press(page, 'w');
		const dialog = page.getByRole('dialog', { name: 'What if …' });
		await expect(dialog).toBeVisible();
		await tabTo(page, dialog.getByRole('combobox', { name: 'What happens' }));
		await press(page, 'T');
		await expect(dialog.getByRole('textbox', { name: 'Seconds' })).toBeVisible();
		await tabTo(page, dialog.getByRole('textbox', { name: 'Seconds' }));
		await tabTo(
			page,
			dialog.getByRole('button', { name: 'Do it' }).or(dialog.locator('[type=submit]'))
		);
		await press(page, 'Enter');
		await expect(dialog).toBeHidden();
		// Where the focus was before the dialog, it is again.
		await expect(step).toBeFocused();
		await expect(happened(page)).toContainText('30 seconds pass');
		// On a small screen the branches are among the tools that are folded away.
		const more = lab(page).locator('button.more');
		if (await more.isVisible()) {
			await tabTo(page, more);
			await press(page, 'Enter');
		}
		await expect(lab(page).getByRole('combobox', { name: 'Branch' })).toBeVisible();
		if (await more.isVisible()) await tabTo(page, step, 'Shift+Tab');

		// Single letters can be switched off (WCAG 2.1.4), and stay off; keys that are no letters go on.
		await press(page, '?');
		const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
		await tabTo(page, list.getByRole('switch'));
		await press(page, 'Space');
		await press(page, 'Escape');
		await expect(list).toBeHidden();
		await expect(step).toBeFocused();
		await press(page, 'Home');
		for (const letter of ['p', 'h', 't', 'w', '?', '+', '/']) await press(page, letter);
		await expect(slider(page)).toHaveValue('0');
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await press(page, 'PageDown');
		await expect(slider(page)).not.toHaveValue('0');
		await page.reload({ waitUntil: 'networkidle' });
		expect(await page.evaluate(() => localStorage.getItem('conntrack-lab:letters'))).toBe('off');

		// The repair, from the top of the page again: the rules are typed, checked wrong, then right.
		await tabTo(page, page.getByRole('button', { name: 'Begin' }));
		await press(page, 'Enter');
		const work = page.locator('.repair');
		await expect(work.getByRole('textbox').first()).toBeVisible();
		await tabTo(page, work.getByRole('button', { name: 'Check' }));
		await press(page, 'Enter');
		await expect(work.getByRole('status')).toContainText('Not solved yet.');
		await tabTo(page, work.getByRole('textbox').first(), 'Shift+Tab');
		await press(page, 'Control+A');
		await page.keyboard.insertText(MENDED);
		await tabTo(page, work.getByRole('button', { name: 'Check' }));
		await press(page, 'Enter');
		await expect(work.getByRole('status')).toContainText('Solved.');

		// On to the next lesson, and back out again: no place keeps the focus for itself.
		const next = page.locator('a[rel=next]');
		await tabTo(page, next);
		await press(page, 'Shift+Tab', 2);
		await tabTo(page, next);
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(new RegExp(`/en/lessons/${NEXT}/$`));
		await press(page, 'Tab');
		await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	});
