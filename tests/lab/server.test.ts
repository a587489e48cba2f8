import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { lessonScenario } from './load';

describe('without scripts', () => {
	const scenario = lessonScenario('reverse-snat');

	test('there is a first picture: network, path, table, rules', () => {
		const { body } = render(Lab, { props: { scenario } });
		for (const text of ['198.51.100.10/24', 'PREROUTING', 'ip nat postrouting', 'No entry.'])
			expect(body).toContain(text);
		expect(body).toContain('iifname &quot;ext&quot; tcp dport 80');
		expect(body).toContain('Nothing has happened yet.');
	});

	test('it shows the step that it was asked to open at', () => {
		const { body } = render(Lab, { props: { scenario, startStep: 1 } });
		expect(body).toContain('tcp 6 120 SYN_SENT src=198.51.100.10');
	});

	test('it speaks Chinese', () => {
		const { body } = render(Lab, { props: { scenario, lang: 'zh' } });
		expect(body).toContain('还什么都没有发生。');
		expect(body).not.toContain('Nothing has happened');
	});
});
