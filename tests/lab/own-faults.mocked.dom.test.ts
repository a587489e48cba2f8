/** What is wrong with a file, a link or pasted rules is told in the page's language, also when that changes meanwhile. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Language } from '$lib/i18n';
import OwnLab from '$lib/lab/own/OwnLab.svelte';
import { LONGEST_FRAGMENT } from '$lib/lab/share/fragment';
import InLanguage from './InLanguage.svelte';

vi.mock('$app/navigation', () => ({ replaceState: () => null }));

const page = (lang: Language) => ({ lang, what: OwnLab, given: { lessons: [] } });

beforeEach(() => {
	sessionStorage.clear();
	location.hash = '';
});

async function openFile(text: string) {
	const file = new File([text], 'broken.json', { type: 'application/json' });
	await userEvent
		.setup()
		.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file);
	return screen.findByRole('alert');
}

const broken = JSON.stringify({
	version: 1,
	hosts: { gw: { kind: 'linux', interfaces: {} } },
	links: [['gw/eth9', 'gw/eth0']],
	steps: []
});

describe('a file', () => {
	test('is told of in Chinese, the names as they are', async () => {
		render(InLanguage, page('zh'));
		const faults = await openFile(broken);
		expect(await screen.findByText(/没有接口 gw\/eth9/)).toBeVisible();
		expect(faults).toHaveTextContent('没有打开 broken.json：');
		expect(faults).toHaveTextContent('links[0][0]：没有接口 gw/eth9');
	});

	test('that is no JSON has its place told as well', async () => {
		render(InLanguage, page('zh'));
		const faults = await openFile('{\n  "version" 1\n}');
		expect(await screen.findByText('第 2 行第 13 列')).toBeVisible();
		expect(faults).toHaveTextContent('第 2 行第 13 列：这不是 JSON（这里应为冒号）');
	});

	test('is told of in another language when the page goes over to it', async () => {
		const view = render(InLanguage, page('en'));
		const faults = await openFile(broken);
		expect(faults).toHaveTextContent('links[0][0]: no interface gw/eth9');
		await view.rerender(page('zh'));
		expect(await screen.findByText(/没有接口 gw\/eth9/)).toBeVisible();
		expect(faults).not.toHaveTextContent('no interface');
		await view.rerender(page('en'));
		expect(faults).toHaveTextContent('links[0][0]: no interface gw/eth9');
		expect(faults).not.toHaveTextContent(/[\u4e00-\u9fff]/);
	});
});

describe('a link', () => {
	test('is told of in Chinese, and called so after a change of language', async () => {
		location.hash = '#s=AAAA';
		const view = render(InLanguage, page('en'));
		const faults = await screen.findByRole('alert');
		expect(faults).toHaveTextContent('The link is not opened: (link): it is cut off or damaged');
		await view.rerender(page('zh'));
		await screen.findByText(/内容不完整，或者已损坏/);
		expect(faults).toHaveTextContent('没有打开链接： （链接）：内容不完整，或者已损坏');
	});

	test('that is too long too', async () => {
		location.hash = `#s=${'A'.repeat(LONGEST_FRAGMENT)}`;
		render(InLanguage, page('zh'));
		expect(await screen.findByText(/超出了链接所能容纳的（8192 个字符）/)).toBeVisible();
	});
});

describe('pasted rules', () => {
	const write = (text: string) =>
		fireEvent.input(screen.getByRole('textbox', { name: '规则' }), { target: { value: text } });

	test('are told of in Chinese, with their place and the code in them', async () => {
		const user = userEvent.setup();
		const view = render(InLanguage, page('zh'));
		await write('table ip t {\n\tchain c {\n\t\ttcp dport eighty drop\n\t}\n}\n');
		await user.click(screen.getByRole('button', { name: '开始' }));
		expect(await screen.findByText('eighty', { selector: 'code' })).toBeVisible();
		const faults = screen.getByRole('alert');
		await screen.findByText(/不是端口：应为 0-65535 的数/);
		expect(faults).toHaveTextContent(
			'有 1 处读不懂： 第 3 行第 13 列： eighty 不是端口：应为 0-65535 的数、服务名、范围、集合或映射'
		);
		await view.rerender(page('en'));
		expect(faults).toHaveTextContent('eighty is not a port: expected a number 0-65535');
		await view.rerender(page('zh'));
		expect(faults).toHaveTextContent('eighty 不是端口');
	});

	test('keep what a tool says itself', async () => {
		const user = userEvent.setup();
		render(InLanguage, page('zh'));
		await write('*filter\n:FOO - [0:0]\n-A INPUT -m set --match-set nosuch src -j DROP\nCOMMIT\n');
		await user.click(screen.getByRole('button', { name: '开始' }));
		expect(await screen.findByRole('alert')).toHaveTextContent("Set nosuch doesn't exist.");
	});
});
