/** Going by keyboard alone, and what is wrong with the focus wherever that leads. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './site';

/**
 * What somebody who sees and has no mouse would miss where the focus is now (WCAG 2.1.2, 2.4.7, 2.4.11): empty if
 * nothing. What takes the focus by script and cannot be operated (the page's content, a dialog) need not be outlined.
 * Where something is missed it is looked again for a second: a page scrolls to what has the focus a moment later.
 */
export async function focusFault(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const fault = (): string => {
			const active = document.activeElement;
			// An input that is there for those who listen is seen as its label.
			const own = active?.matches('.visually-hidden') ? active.closest('label') : null;
			const at = own ?? active;
			if (!(at instanceof HTMLElement) || at === document.body) return 'the focus is lost';
			const text = (at.getAttribute('aria-label') ?? at.innerText ?? '').trim().slice(0, 40);
			const who = `${at.tagName.toLowerCase()}.${at.className} "${text}"`;
			if (!own && at.tabIndex < 0) return '';
			const style = getComputedStyle(at);
			if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
				return `${who} does not show that it has the focus`;

			const box = at.getBoundingClientRect();
			const left = Math.max(box.left, 0);
			const top = Math.max(box.top, 0);
			const width = Math.min(box.right, document.documentElement.clientWidth) - left;
			const height = Math.min(box.bottom, innerHeight) - top;
			if (width < 1 || height < 1) return `${who} has the focus off the screen`;
			// Something that lies over it, a bar that stays in sight most likely, hides it.
			let free = 0;
			for (const x of [0.1, 0.3, 0.5, 0.7, 0.9])
				for (const y of [0.1, 0.3, 0.5, 0.7, 0.9]) {
					const over = document.elementFromPoint(left + x * width, top + y * height);
					if (over && (at.contains(over) || over.contains(at))) free++;
				}
			const most = box.height > innerHeight / 2 ? 1 : 13;
			return free < most ? `${who} has the focus and is hidden (${free}/25 seen)` : '';
		};
		let found = fault();
		for (const end = performance.now() + 1000; found !== '' && performance.now() < end;) {
			await new Promise((done) => setTimeout(done, 20));
			found = fault();
		}
		return found;
	});
}

/** Presses a key, as often as is said; after each time the focus has to be where it can be seen. */
export async function press(page: Page, key: string, times = 1): Promise<void> {
	for (let i = 0; i < times; i++) {
		await page.keyboard.press(key);
		expect(await focusFault(page), `after ${key}`).toBe('');
	}
}

/** Goes on with Tab until something has the focus; gives how many presses that took. */
export async function tabTo(page: Page, target: Locator, key = 'Tab', most = 250): Promise<number> {
	const there = () => target.evaluate((one) => one === document.activeElement).catch(() => false);
	for (let presses = 1; presses <= most; presses++) {
		await press(page, key);
		if (await there()) return presses;
	}
	throw new Error(`not reached with ${most} presses of ${key}: ${target}`);
}
