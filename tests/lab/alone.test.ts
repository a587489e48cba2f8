import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Lesson from './AloneLesson.svelte';

describe('views in the Markdown of a lesson, as the page is built', () => {
	const { body } = render(Lesson);
	const [before, first, second] = body.split(/<div class="late/).map((part) => part);

	test('what stands between them is Markdown', () => {
		expect(before).toContain('<strong>prose</strong>');
		expect(before).toContain('<em>Markdown</em>');
		expect(before).toMatch(/<li>\s*one\s*<\/li>/);
		expect(first).toMatch(/And more of <span class="whole"><code[^>]*>it<\/code>/);
	});

	test('each view is drawn where it stands, at the moment that its time opens at', () => {
		expect(body.match(/<div class="late/g)).toHaveLength(3);
		expect(first).toContain('SYN_SENT');
		expect(second).toContain('type="range"');
	});

	test('another time opens at its own', () => {
		const last = body.split(/<div class="late/)[3]!;
		expect(last).not.toContain('SYN_SENT');
		expect(last).toContain('No entry.');
	});

	test('no two elements of the page have one id', () => {
		const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(ids.length).toBeGreaterThan(0);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
