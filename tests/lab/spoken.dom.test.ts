/**
 * What somebody hears who cannot see the Lab, by a screen reader that runs without a screen. What has to be heard is
 * written here as facts of the walk: who, what, from where to where.
 */
import { virtual } from '@guidepup/virtual-screen-reader';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { lessonScenario } from './load';

vi.setConfig({ testTimeout: 180_000 });

const whole = lessonScenario('reverse-snat');
/** The request and its reply. */
const scenario = { ...whole, steps: whole.steps.slice(0, 2) };

/** Words that each language has for the things of a Lab, as its users would call for them. */
const WORDS = {
	en: {
		forward: 'Step forward',
		region: 'region',
		regions: ['Network', 'Hook path', 'Packet', 'Rules', 'What happened'],
		table: 'Connection tracking table',
		headers: ['#', 'State', 'Left', 'Original', 'Reply it expects'],
		stepper: 'Stepper',
		timeline: 'Timeline',
		buttons: ['First step', 'Step back', 'Step forward', 'Last step', 'Play'],
		here: 'the packet is here'
	},
	zh: {
		forward: '前进一步',
		region: 'region',
		regions: ['网络', '钩子路径', '数据包', '规则', '发生了什么'],
		table: '连接跟踪表',
		headers: ['#', '状态', '剩余', '原始元组', '期待的回复元组'],
		stepper: '步进',
		timeline: '时间轴',
		buttons: ['第一步', '后退一步', '前进一步', '最后一步', '播放'],
		here: '包在这里'
	}
} as const;

/** Facts of the first two packets, in the order in which they have to be told; the same in any language. */
const TOLD: readonly RegExp[] = [
	// The client's SYN, on the wire and taken in.
	/client.*SYN.*198\.51\.100\.10:40000 → 198\.51\.100\.1:80/,
	/gateway.*ext/,
	// Its entry, and what the rule makes of it.
	/#1/,
	/10\.0\.0\.2:8080/,
	// The packet is rewritten: what was, what is.
	/198\.51\.100\.1:80.*10\.0\.0\.2:8080/,
	// The fork, and the filter's rule that let it through.
	/10\.0\.0\.2.*int/,
	/ct status dnat accept/,
	// It is in the table, and arrives.
	/#1/,
	/server.*198\.51\.100\.10:40000 → 10\.0\.0\.2:8080/,
	// The answer: from the server, turned back at POSTROUTING out of the entry, to the client.
	/server.*SYN,ACK.*10\.0\.0\.2:8080 → 198\.51\.100\.10:40000/,
	/#1/,
	/198\.51\.100\.1:80/,
	/client.*198\.51\.100\.1:80 → 198\.51\.100\.10:40000/
];

afterEach(async () => {
	await virtual.stop();
});

/** What was said since the last time that it was asked. */
async function since(before: number): Promise<string[]> {
	// Live regions are told of in a moment of their own.
	await new Promise((done) => setTimeout(done, 0));
	return (await virtual.spokenPhraseLog()).slice(before);
}

for (const lang of ['en', 'zh'] as const) {
	const words = WORDS[lang];

	test(`each step is told once, politely, and the focus stays: ${lang}`, async () => {
		const user = userEvent.setup();
		const { container } = render(Lab, {
			scenario,
			lang,
			views: ['network', 'path', 'packet', 'table', 'rules']
		});
		await virtual.start({ container });
		const forward = screen.getByRole('button', { name: words.forward });
		forward.focus();
		const happened = screen.getByRole('region', { name: words.regions[4] });
		const slider = screen.getByRole<HTMLInputElement>('slider', { name: words.timeline });
		const heard: string[] = [];
		while (Number(slider.value) < Number(slider.max)) {
			const before = (await virtual.spokenPhraseLog()).length;
			await user.keyboard('{ArrowRight}');
			const said = await since(before);
			const step = `step ${slider.value}`;
			expect(
				said.filter((phrase) => phrase.startsWith('assertive:')),
				step
			).toEqual([]);
			const polite = said.filter((phrase) => phrase.startsWith('polite:'));
			expect(polite, step).toHaveLength(1);
			// What is heard is what is read.
			const sentence = happened.querySelector('[aria-hidden]')!.textContent!.trim();
			expect(polite, step).toEqual([`polite: ${sentence}`]);
			expect(sentence, step).toMatch(/[.。]$/);
			expect(document.activeElement, step).toBe(forward);
			heard.push(sentence);
		}
		let at = 0;
		for (const fact of TOLD) {
			const found = heard.findIndex((sentence, i) => i >= at && fact.test(sentence));
			expect(found, `${fact} is not heard after: ${heard[at - 1]}`).toBeGreaterThanOrEqual(0);
			at = found + 1;
		}
		if (lang === 'zh') for (const sentence of heard) expect(sentence).toMatch(/[\u4e00-\u9fff]/);
	});

	test(`read from top to bottom everything has its role and its name: ${lang}`, async () => {
		const user = userEvent.setup();
		const { container } = render(Lab, {
			scenario,
			lang,
			views: ['network', 'path', 'packet', 'table', 'rules']
		});
		// In the middle of the reply: there is an entry, and a packet that was rewritten.
		screen.getByRole('slider').focus();
		await user.keyboard('{PageDown}{PageDown}');
		const happened = screen.getByRole('region', { name: words.regions[4] });
		for (let i = 0; i < 20; i++) {
			await user.keyboard('{ArrowRight}');
			if (/198\.51\.100\.1:80/.test(happened.textContent!)) break;
		}
		await virtual.start({ container });
		const phrases: string[] = [];
		// All around, until its name is read again.
		for (let i = 0; i < 3000; i++) {
			await virtual.next();
			const phrase = await virtual.lastSpokenPhrase();
			if (i > 10 && phrase === phrases[1]) break;
			phrases.push(phrase);
		}
		const has = (text: string) => phrases.some((phrase) => phrase.includes(text));
		/** The first phrase that has all of these. */
		const all = (...texts: string[]) =>
			phrases.some((phrase) => texts.every((text) => phrase.includes(text)));

		for (const name of words.regions) expect(all('region', name), name).toBe(true);
		expect(all('table', words.table)).toBe(true);
		for (const name of words.headers) expect(all('columnheader', name), name).toBe(true);
		expect(all('group', words.stepper)).toBe(true);
		expect(all('slider', words.timeline)).toBe(true);
		for (const name of words.buttons) expect(all('button', name), name).toBe(true);
		// Where the packet is, which station is at hand, what was and what is.
		expect(has(words.here)).toBe(true);
		expect(phrases.some((phrase) => /current step/.test(phrase))).toBe(true);
		expect(phrases.some((phrase) => /deletion/.test(phrase))).toBe(true);
		expect(phrases.some((phrase) => /insertion/.test(phrase))).toBe(true);
		// Nothing that can be pressed is without a name, and no picture is read out as such.
		expect(
			phrases.filter((phrase) => /^(button|link|switch|checkbox|slider|combobox)$/.test(phrase))
		).toEqual([]);
		expect(phrases.filter((phrase) => /^(graphics|img|image)/.test(phrase))).toEqual([]);
	});
}
