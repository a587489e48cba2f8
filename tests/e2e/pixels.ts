/** What pictures of small parts of a page look like, whatever their colours are called. */
import type { Locator, Page } from '@playwright/test';

export interface Look {
	/** Which pixels stand out from the ground, row by row. */
	readonly mask: readonly boolean[];
	/** Relative luminance (WCAG) of the ground, and of what stands out from it most. */
	readonly ground: number;
	readonly figure: number;
}

/** Looks at a part of a page: its ground is the colour of most of its pixels. */
export async function lookAt(part: Locator): Promise<Look> {
	// What stays in sight of a long Lab lies over what is at the screen's edge.
	await part.evaluate((one) => one.scrollIntoView({ block: 'center' }));
	const picture = await part.screenshot({ animations: 'disabled' });
	return lookOf(part.page(), picture);
}

export async function lookOf(page: Page, picture: Buffer): Promise<Look> {
	// On a page of its own: that of the site takes no pictures but its own.
	const blank = await page.context().newPage();
	try {
		return await blank.evaluate(
			async (source) => {
				const image = new Image();
				image.src = source;
				await image.decode();
				const canvas = document.createElement('canvas');
				[canvas.width, canvas.height] = [image.width, image.height];
				const context = canvas.getContext('2d')!;
				context.drawImage(image, 0, 0);
				const { data } = context.getImageData(0, 0, image.width, image.height);
				const linear = (value: number) =>
					value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
				const light: number[] = [];
				for (let i = 0; i < data.length; i += 4)
					light.push(
						0.2126 * linear(data[i]!) +
							0.7152 * linear(data[i + 1]!) +
							0.0722 * linear(data[i + 2]!)
					);
				const counts = new Map<number, number>();
				for (const one of light) {
					const step = Math.round(one * 200);
					counts.set(step, (counts.get(step) ?? 0) + 1);
				}
				const ground = [...counts].sort((a, b) => b[1] - a[1])[0]![0] / 200;
				const contrast = (a: number, b: number) =>
					(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
				const figure = light.reduce(
					(best, one) => (contrast(one, ground) > contrast(best, ground) ? one : best),
					ground
				);
				return { mask: light.map((one) => contrast(one, ground) > 1.5), ground, figure };
			},
			`data:image/png;base64,${picture.toString('base64')}`
		);
	} finally {
		await blank.close();
	}
}

/** The contrast between two luminances, as WCAG reckons it. */
export const contrast = (a: number, b: number): number =>
	(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** How much of what stands out in either of two pictures of one size does so in one alone: 0 the same, 1 nothing shared. */
export function difference(a: Look, b: Look): number {
	let either = 0;
	let one = 0;
	for (let i = 0; i < Math.max(a.mask.length, b.mask.length); i++) {
		const [x, y] = [a.mask[i] ?? false, b.mask[i] ?? false];
		if (x || y) either++;
		if (x !== y) one++;
	}
	return either === 0 ? 0 : one / either;
}
