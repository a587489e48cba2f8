import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { letters } from '$lib/lab/letters.svelte';
import GatedLab from './GatedLab.svelte';
import { gateway, lessonScenario, syn } from './load';

const scenario = lessonScenario('reverse-snat');
const button = (name: string) => screen.getByRole('button', { name });
const happened = () => screen.getByRole('region', { name: 'What happened' });
const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Timeline' });
const place = () => Number(slider().value);
const branches = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Branch' });
const names = () => [...branches().options].map(({ text }) => text.trim());

// jsdom has the element but not its methods.
beforeEach(() => {
	HTMLDialogElement.prototype.showModal ??= function () {
		this.open = true;
	};
	HTMLDialogElement.prototype.close ??= function () {
		this.open = false;
		this.dispatchEvent(new Event('close'));
	};
	letters.on = true;
});

/** Opens the dialog at the place where the reader stands. */
async function whatIf(user: ReturnType<typeof userEvent.setup>) {
	await user.click(button('What if …'));
	return within(await screen.findByRole('dialog', { name: 'What if …' }));
}

describe('jumps', () => {
	test('by hook, by packet and by change of the table, forwards and back', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Next packet'));
		const start = place();
		await user.click(button('Next hook'));
		expect(happened()).toHaveTextContent('No entry fits this packet');
		await user.click(button('Next hook'));
		expect(happened()).toHaveTextContent('Chain');
		await user.click(button('Next change of the table'));
		expect(happened()).toHaveTextContent('is confirmed');
		await user.click(button('Previous hook'));
		await user.click(button('Previous packet'));
		expect(place()).toBe(start);
		expect(button('Previous change of the table')).toHaveAttribute('aria-disabled', 'true');
	});

	test('by letter; switched off they do nothing, and arrows still do', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		button('Step forward').focus();
		await user.keyboard('hh');
		const at = place();
		expect(at).toBeGreaterThan(1);
		await user.keyboard('{Shift>}h{/Shift}');
		expect(place()).toBeLessThan(at);
		await user.keyboard('?');
		const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
		await user.click(dialog.getByRole('switch', { name: /Single characters/ }));
		await user.click(dialog.getByRole('button', { name: 'Close' }));
		const stood = place();
		button('Step forward').focus();
		await user.keyboard('h');
		expect(place()).toBe(stood);
		await user.keyboard('{ArrowRight}');
		expect(place()).toBe(stood + 1);
	});

	test('the switch holds though the page may keep nothing', async () => {
		const closed = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
			throw new DOMException('no', 'SecurityError');
		});
		letters.on = false;
		expect(closed).toHaveBeenCalled();
		expect(letters.on).toBe(false);
		closed.mockRestore();
	});
});

describe('what if', () => {
	test('time passes after this step; the old future can be gone back to', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Next packet'));
		const form = await whatIf(user);
		await user.selectOptions(form.getByRole('combobox', { name: 'What happens' }), 'Time passes');
		await user.clear(form.getByRole('textbox', { name: 'Seconds' }));
		await user.type(form.getByRole('textbox', { name: 'Seconds' }), '500');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
		expect(happened()).toHaveTextContent('500');
		expect(names()).toEqual(['As it was', 'After step 1: 500 s pass']);
		await user.selectOptions(branches(), 'As it was');
		expect(happened()).not.toHaveTextContent('500');
		await user.selectOptions(branches(), 'After step 1: 500 s pass');
		await user.click(button('Forget this branch'));
		expect(screen.queryByRole('combobox', { name: 'Branch' })).toBeNull();
	});

	test('a packet, prefilled with the one at hand; what is wrong stands at its field', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Next packet'));
		const form = await whatIf(user);
		const port = form.getByRole('textbox', { name: 'Destination port' });
		expect(port).toHaveValue('80');
		await user.clear(port);
		await user.type(port, '70000');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		expect(port).toHaveAttribute('aria-invalid', 'true');
		expect(port).toHaveAccessibleDescription('Not a whole number from 0 to 65535');
		expect(form.getByRole('alert')).toHaveTextContent('This cannot be done yet');
		await user.clear(port);
		await user.type(port, '81');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
		expect(happened()).toHaveTextContent(/:81/);
	});

	test('what was wrong with one thing is not said of another; the field that is wrong has the focus', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Next packet'));
		const form = await whatIf(user);
		const what = form.getByRole('combobox', { name: 'What happens' });
		const port = form.getByRole('textbox', { name: 'Destination port' });
		await user.clear(port);
		await user.type(port, '99999');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		expect(port).toHaveFocus();
		await user.selectOptions(what, 'Time passes');
		expect(form.getByRole('alert')).toHaveTextContent(/^\s*$/);
		const seconds = form.getByRole('textbox', { name: 'Seconds' });
		await user.clear(seconds);
		await user.type(seconds, '-5');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		expect(seconds).toHaveFocus();
		expect(form.getByRole('listitem')).toHaveTextContent(/^Seconds are a number such as 30/);
		await user.selectOptions(what, 'Steps as JSON');
		const json = form.getByRole('textbox');
		await user.clear(json);
		await user.type(json, '{{}');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		expect(form.getAllByRole('listitem')[0]).toHaveTextContent(/^step 1 of these: /);
	});

	test('a rule is put in at this place; a rule that cannot be read makes no branch', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Next packet'));
		const stood = place();
		const form = await whatIf(user);
		await user.selectOptions(
			form.getByRole('combobox', { name: 'What happens' }),
			'A rule is changed'
		);
		await user.selectOptions(form.getByRole('combobox', { name: 'When' }), 'Before step 1');
		await user.selectOptions(form.getByRole('combobox', { name: 'Chain' }), 'ip filter forward');
		await user.selectOptions(
			form.getByRole('combobox', { name: 'Change' }),
			'add a rule at the beginning'
		);
		await user.type(form.getByRole('textbox', { name: 'Rule' }), 'tcp dport eighty drop');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		expect(await form.findByRole('alert')).toHaveTextContent('The command fails');
		expect(place()).toBe(stood);
		await user.clear(form.getByRole('textbox', { name: 'Rule' }));
		await user.type(form.getByRole('textbox', { name: 'Rule' }), 'tcp dport 8080 drop');
		await user.click(form.getByRole('button', { name: 'Try it' }));
		await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
		await user.click(button('Next packet'));
		for (let i = 0; i < 30 && !happened().textContent?.includes('drops'); i++)
			await user.click(button('Step forward'));
		expect(happened()).toHaveTextContent('tcp dport 8080 drop matches and drops the packet');
	});

	test('of a chain without rules none can be taken out', async () => {
		const user = userEvent.setup();
		const nft = `table ip f {
			chain a { type filter hook input priority 0; accept; }
			chain b { type filter hook output priority 0; }
		}`;
		render(Lab, { scenario: gateway(nft, [syn('10.0.0.2', 80)]) });
		const form = await whatIf(user);
		const list = (name: string) => form.getByRole('combobox', { name });
		await user.selectOptions(list('What happens'), 'A rule is changed');
		await user.selectOptions(list('Change'), 'take a rule out');
		expect(form.getByText(/^nft delete rule ip f a handle \d+$/)).toBeVisible();
		await user.selectOptions(list('Chain'), 'ip f b');
		expect(list('Change')).toHaveDisplayValue('add a rule at the end');
		expect(form.getByText(/^nft add rule ip f b/)).toBeVisible();
	});

	test('another packet goes first while this one waits', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: gateway('', [syn('10.0.0.2', 80)]) });
		await user.click(button('Next packet'));
		const form = await whatIf(user);
		await user.selectOptions(
			form.getByRole('combobox', { name: 'When' }),
			'While the packet of step 1 waits in FORWARD of gateway'
		);
		await user.click(form.getByRole('button', { name: 'Try it' }));
		await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
		expect(names()[1]).toBe('While step 1 waits: client/eth0: SYN');
		await user.click(button('Last step'));
		expect(happened()).toHaveTextContent(/faster/);
	});

	test('nothing can be tried out before a question is answered', async () => {
		const user = userEvent.setup();
		render(GatedLab, { scenario });
		const [first] = screen.getAllByRole('button', { name: 'What if …' });
		expect(first).toHaveAttribute('aria-disabled', 'true');
		await user.click(first!);
		expect(screen.queryByRole('dialog')).toBeNull();
	});

	test('in Chinese', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario, lang: 'zh' });
		await user.click(button('下一个包'));
		await user.click(button('如果……'));
		const form = within(await screen.findByRole('dialog', { name: '如果……' }));
		await user.selectOptions(form.getByRole('combobox', { name: '发生什么' }), '过一段时间');
		await user.click(form.getByRole('button', { name: '试一试' }));
		await waitFor(() =>
			expect(screen.getByRole('combobox', { name: '分支' })).toHaveDisplayValue(
				'第 1 步之后：过 30 秒'
			)
		);
	});
});
