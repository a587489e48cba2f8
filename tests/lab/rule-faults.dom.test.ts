/** Rules that cannot be read, steps that cannot be done: both are told in the page's language. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Language } from '$lib/i18n';
import Lab from '$lib/lab/Lab.svelte';
import InLanguage from './InLanguage.svelte';
import { lessonScenario } from './load';

const page = (lang: Language) => ({
	lang,
	what: Lab,
	given: { scenario: lessonScenario('reverse-snat') }
});

// jsdom has the element but not its methods.
beforeEach(() => {
	HTMLDialogElement.prototype.showModal = function () {
		this.open = true;
	};
	HTMLDialogElement.prototype.close = function () {
		this.open = false;
		this.dispatchEvent(new Event('close'));
	};
});

describe('the text of the rules', () => {
	test('is told of in Chinese, and in English once the page is', async () => {
		const user = userEvent.setup();
		const view = render(InLanguage, page('zh'));
		await user.click(screen.getByRole('button', { name: '编辑文本' }));
		const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'nft 规则文本' });
		await fireEvent.input(box, { target: { value: box.value.replace('80', 'eighty') } });
		const alert = await screen.findByRole('alert');
		await waitFor(() => expect(alert).toHaveTextContent('eighty 不是端口：应为 0-65535 的数'));
		expect(alert).toHaveTextContent(/这些规则读不懂.*第 \d+ 行第 \d+ 列：/);
		await view.rerender(page('en'));
		expect(screen.getByRole('alert')).toHaveTextContent('eighty is not a port');
		expect(screen.getByRole('alert')).not.toHaveTextContent(/[\u4e00-\u9fff]/);
		await view.rerender(page('zh'));
		expect(screen.getByRole('alert')).toHaveTextContent('eighty 不是端口');
	});
});

describe('what if', () => {
	async function ask(kind: string) {
		const user = userEvent.setup();
		render(InLanguage, page('zh'));
		await user.click(screen.getByRole('button', { name: '下一个包' }));
		await user.click(screen.getByRole('button', { name: '如果……' }));
		const form = within(await screen.findByRole('dialog', { name: '如果……' }));
		await user.selectOptions(form.getByRole('combobox', { name: '发生什么' }), kind);
		return { user, form };
	}

	test('tells in Chinese what is wrong with a step', async () => {
		const { user, form } = await ask('用 JSON 写步骤');
		const json = form.getByRole('textbox');
		await fireEvent.input(json, {
			target: { value: '{ "run": { "on": "nobody", "command": "" } }' }
		});
		await user.click(form.getByRole('button', { name: '试一试' }));
		expect(await form.findByText(/没有名为 nobody 的 Linux 主机/)).toBeVisible();
	});

	test('tells in Chinese why a command is refused here, and leaves a tool its own words', async () => {
		const { user, form } = await ask('执行一条命令');
		const command = form.getByRole('combobox', { name: '命令' });
		const attempt = async (line: string) => {
			await fireEvent.input(command, { target: { value: line } });
			await user.click(form.getByRole('button', { name: '试一试' }));
			return form.findByRole('alert');
		};
		const alert = await attempt('nft add rule ip filter nowhere drop');
		await waitFor(() => expect(alert).toHaveTextContent('里没有链 `nowhere`'));
		await attempt('iptables -D INPUT 7');
		await waitFor(() => expect(alert).toHaveTextContent('iptables: Index of deletion too big.'));
	});
});
