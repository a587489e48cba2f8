/** Measuring what is drawn, without a picture to hold it against: fonts differ from machine to machine. */
import type { Locator, Page } from '@playwright/test';

/** By how many px a page is wider than the screen: it should scroll one way only. */
export const tooWide = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Texts of a Lab that lie over one another, and those that stick out of it, once it has come to rest. */
export async function clashes(lab: Locator): Promise<string[]> {
	let found: string[] = [];
	// Long lists learn how tall their rows are when they have been drawn.
	for (let tries = 0; tries < 8; tries++) {
		found = await clashesNow(lab);
		if (found.length === 0) break;
		await lab.page().waitForTimeout(250);
	}
	return found;
}

async function clashesNow(lab: Locator): Promise<string[]> {
	return lab.evaluate((root) => {
		const found: string[] = [];
		const frame = root.getBoundingClientRect();
		/** The part of a box that the boxes which scroll or clip around it let be seen. */
		const clip = (element: Element, box: DOMRect): DOMRect | null => {
			let { left, top, right, bottom } = box;
			for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
				const { overflowX, overflowY } = getComputedStyle(at);
				if (overflowX === 'visible' && overflowY === 'visible') continue;
				const around = at.getBoundingClientRect();
				[left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
				[top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
			}
			return right - left > 1 && bottom - top > 1
				? new DOMRect(left, top, right - left, bottom - top)
				: null;
		};
		const seen = (element: Element) =>
			element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
			!element.closest('.visually-hidden, [hidden]') &&
			getComputedStyle(element).clipPath === 'none';
		/** What sticks to an edge lies over what is scrolled below it. */
		const sticks = (element: Element): boolean => {
			for (let at: Element | null = element; at && at !== root; at = at.parentElement)
				if (getComputedStyle(at).position === 'sticky') return true;
			return false;
		};
		const boxes: { text: string; box: DOMRect; node: Element }[] = [];
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement!;
			const text = node.textContent!.trim();
			if (text === '' || sticks(parent) || !seen(parent)) continue;
			if (parent.closest('select, option, textarea, noscript, style')) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const rect of range.getClientRects()) {
				const box = clip(parent, rect);
				if (!box) continue;
				boxes.push({ text, box, node: parent });
				if (box.left < frame.left - 1 || box.right > frame.right + 1)
					found.push(`“${text}” sticks out`);
			}
		}
		// A little of each line's height is empty.
		const SLACK = 4;
		for (let i = 0; i < boxes.length; i++)
			for (let j = i + 1; j < boxes.length; j++) {
				const [a, b] = [boxes[i]!.box, boxes[j]!.box];
				const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
				const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
				if (wide > 2 && high > SLACK && boxes[i]!.node !== boxes[j]!.node)
					found.push(`“${boxes[i]!.text}” and “${boxes[j]!.text}”`);
			}
		return [...new Set(found)].slice(0, 10);
	});
}

/** Views of a Lab that a picture of it shows as hardly more than one colour. */
export async function blank(lab: Locator, picture: Buffer): Promise<string[]> {
	const views = await lab.evaluate((root) => {
		const frame = root.getBoundingClientRect();
		return [...root.querySelectorAll('.view')].map((view) => {
			const { left, top, width, height } = view.getBoundingClientRect();
			return {
				name: view.getAttribute('aria-label') ?? view.textContent!.trim().slice(0, 30),
				box: [left - frame.left, top - frame.top, width, height] as const,
				of: frame.width
			};
		});
	});
	const page = await lab.page().context().newPage();
	const empty = await page.evaluate(
		async ({ source, views }) => {
			const image = new Image();
			image.src = source;
			await image.decode();
			const canvas = document.createElement('canvas');
			[canvas.width, canvas.height] = [image.width, image.height];
			const context = canvas.getContext('2d', { willReadFrequently: true })!;
			context.drawImage(image, 0, 0);
			return views.flatMap(({ name, box, of }) => {
				const scale = image.width / of;
				const [x, y, width, height] = box.map((one) => Math.max(0, Math.round(one * scale))) as [
					number,
					number,
					number,
					number
				];
				const { data } = context.getImageData(x, y, Math.max(1, width), Math.max(1, height));
				const colours = new Set<number>();
				for (let at = 0; at < data.length; at += 4)
					colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
				return colours.size < 12 ? [`${name}: ${colours.size} colours`] : [];
			});
		},
		{ source: `data:image/png;base64,${picture.toString('base64')}`, views }
	);
	await page.close();
	return empty;
}
