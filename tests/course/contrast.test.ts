import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/app.css', 'utf8');

/** A token's colours in the two themes, out of its `light-dark(…)`. */
function token(name: string): Record<'light' | 'dark', string> {
	const found = new RegExp(`${name}:\\s*light-dark\\((#\\w{6}),\\s*(#\\w{6})\\)`).exec(css);
	if (!found) throw new Error(`no colour ${name}`);
	return { light: found[1]!, dark: found[2]! };
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

const inks = ['--ink', '--ink-soft', '--ink-faint', '--orig', '--reply', '--ok', '--drop'];
const plain = ['--bg', '--surface', '--code-bg'].flatMap((ground) =>
	inks.map((ink) => [ink, ground] as const)
);
const tinted = ['--orig', '--reply', '--ok', '--drop'].flatMap((accent) =>
	[accent, '--ink', '--ink-soft'].map((ink) => [ink, `${accent}-bg`] as const)
);

describe.each(['light', 'dark'] as const)('%s', (theme) => {
	test.each([...plain, ...tinted])('%s can be read on %s', (ink, ground) => {
		expect(contrast(token(ink)[theme], token(ground)[theme])).toBeGreaterThanOrEqual(4.5);
	});
});

test('contrast is measured as WCAG says', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
	// The example that WCAG's own explanations give: grey #767676 on white is just enough.
	expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
