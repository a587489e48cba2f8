/** On a Chinese page what stands beside Chinese is written with Chinese signs: seen, and heard by a screen reader. */
import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { ALL_VIEWS } from '$lib/lab/views/names';
import { lessonScenario } from './load';

/** A sign of English at the edge of something Chinese. */
const WRONG = /[\u4e00-\u9fff] ?[:;,!?.](?!\w)|[:;,!?.] ?[\u4e00-\u9fff]/;

/** The text of an element as it is read, code in it as one sign. */
function textOf(node: Node): string {
	if (node instanceof Element && node.matches('pre, code, textarea')) return '`';
	return node instanceof Text ? node.data : [...node.childNodes].map(textOf).join('');
}

/** What each element says itself, with what stands in the middle of it, and in its attributes. */
function* said(root: Element): Generator<string> {
	for (const element of [root, ...root.querySelectorAll('*')]) {
		for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder']) {
			const value = element.getAttribute(name);
			if (value) yield value;
		}
		if (element.closest('pre, code, textarea')) continue;
		const own = [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
		if (own) yield textOf(element);
	}
}

test.each(['reverse-snat', 'related-pmtu'])('%s', async (name) => {
	const user = userEvent.setup();
	const { container } = render(Lab, {
		scenario: lessonScenario(name),
		lang: 'zh',
		views: [...ALL_VIEWS]
	});
	const lab = container.querySelector<HTMLElement>('.lab')!;
	lab.focus();
	const wrong = new Set<string>();
	let chinese = 0;
	for (let hook = 0; hook < 12; hook++) {
		for (const text of said(lab)) {
			if (/[\u4e00-\u9fff]/.test(text)) chinese++;
			if (WRONG.test(text)) wrong.add(text.replace(/\s+/g, ' ').slice(0, 200));
		}
		await user.keyboard('h');
	}
	expect(chinese).toBeGreaterThan(500);
	expect([...wrong]).toEqual([]);
});
