import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import GatedLab from './GatedLab.svelte';
import { gateway, lessonScenario, syn } from './load';

const scenario = lessonScenario('reverse-snat');
const button = (name: string) => screen.getByRole('button', { name });
const region = (name: string) => screen.getByRole('region', { name });
const table = () => screen.getByRole('table', { name: 'Connection tracking table' });
const happened = () => region('What happened');
const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Timeline' });

/** Steps on until a sentence has this text. */
async function stepTo(user: ReturnType<typeof userEvent.setup>, text: string) {
	const [said, forward] = [happened(), button('Step forward')];
	for (let i = 0; i < 200; i++) {
		if (said.textContent?.includes(text)) return;
		await user.click(forward);
	}
	throw new Error(`no step says: ${text}`);
}

describe('names', () => {
	test('the regions, the table and the stepper are there by their names', () => {
		render(Lab, { scenario });
		for (const name of ['Network', 'Hook path', 'Packet', 'Rules', 'What happened'])
			expect(region(name)).toBeVisible();
		expect(table()).toBeVisible();
		expect(within(happened()).getByRole('status')).toHaveTextContent('Nothing has happened yet.');
		const stepper = within(screen.getByRole('group', { name: 'Stepper' }));
		for (const name of ['First step', 'Step back', 'Play', 'Step forward', 'Last step'])
			expect(stepper.getByRole('button', { name })).toBeVisible();
		expect(stepper.getByRole('slider', { name: 'Timeline' })).toBeVisible();
	});

	test('in Chinese they have Chinese names', () => {
		render(Lab, { scenario, lang: 'zh' });
		expect(region('钩子路径')).toBeVisible();
		expect(screen.getByRole('table', { name: '连接跟踪表' })).toBeVisible();
		expect(button('前进一步')).toBeVisible();
	});

	test('a lesson chooses the views; the reader opens the others', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario, views: ['path'] });
		expect(screen.queryByRole('region', { name: 'Network' })).toBeNull();
		expect(button('Network')).toHaveAttribute('aria-pressed', 'false');
		await user.click(button('Network'));
		expect(region('Network')).toBeVisible();
		await user.click(button('Hook path'));
		expect(screen.queryByRole('region', { name: 'Hook path' })).toBeNull();
	});
});

describe('stepping', () => {
	test('by keyboard to the end and back to the start', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		button('Step forward').focus();
		await user.keyboard('{ArrowRight}');
		expect(happened()).toHaveTextContent('client puts a TCP segment (SYN) on the wire');
		await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
		expect(happened()).toHaveTextContent('gateway takes in');
		await user.keyboard('{End}');
		expect(slider().value).toBe(slider().max);
		expect(table()).toHaveTextContent('TIME_WAIT');
		await user.keyboard('{Home}');
		expect(happened()).toHaveTextContent('Nothing has happened yet.');
		expect(table()).toHaveTextContent('No entry.');
		expect(document.activeElement).toBe(button('Step forward'));
	});

	test('Page keys go from packet to packet', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		slider().focus();
		await user.keyboard('{PageDown}{PageDown}');
		expect(happened()).toHaveTextContent('server puts a TCP segment (SYN,ACK) on the wire');
		await user.keyboard('{ArrowRight}{ArrowRight}{PageUp}');
		expect(happened()).toHaveTextContent('server puts a TCP segment (SYN,ACK) on the wire');
		await user.keyboard('{PageUp}');
		expect(happened()).toHaveTextContent('client puts a TCP segment (SYN) on the wire');
	});

	test('keys are the text’s while text is written', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Edit the text'));
		screen.getByRole('textbox').focus();
		await user.keyboard('{ArrowRight}{End}');
		expect(slider().value).toBe('0');
	});

	test('the slider says where it stands', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Step forward'));
		expect(slider()).toHaveAttribute('aria-valuetext', expect.stringContaining('client puts'));
		expect(slider().getAttribute('aria-valuetext')).toMatch(/^1 of \d+: /);
	});

	test('at either end a button does nothing and keeps the focus', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		expect(button('Step back')).toHaveAttribute('aria-disabled', 'true');
		await user.click(button('Step back'));
		expect(slider().value).toBe('0');
		expect(button('Step back')).toHaveFocus();
	});

	test('playing goes on by itself until it is paused', async () => {
		vi.useFakeTimers({ shouldAdvanceTime: false });
		const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
		render(Lab, { scenario });
		await user.click(button('Play'));
		await vi.advanceTimersByTimeAsync(60_000);
		const reached = Number(slider().value);
		expect(reached).toBeGreaterThan(3);
		await user.click(button('Pause'));
		await vi.advanceTimersByTimeAsync(60_000);
		expect(Number(slider().value)).toBe(reached);
		vi.useRealTimers();
	});
});

describe('the reply of a DNATed request', () => {
	test('NAT chains are passed over, the entry gives the source back', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'gives the reply its source back: 198.51.100.1:80');
		const path = within(region('Hook path'));
		expect(path.getAllByText('not asked: not the first packet')).toHaveLength(2);
		expect(path.getByText('source, out of entry #1:')).toBeVisible();
		const current = region('Hook path').querySelector('[aria-current=step]');
		expect(current).toHaveTextContent('10.0.0.2:8080 → 198.51.100.1:80');
		const packet = region('Packet');
		expect([...packet.querySelectorAll('del')].map((one) => one.textContent)).toEqual([
			'was 10.0.0.2',
			'was 64',
			'was 8080'
		]);
		expect([...packet.querySelectorAll('ins')].map((one) => one.textContent)).toEqual([
			'now 198.51.100.1',
			'now 63',
			'now 80'
		]);
		expect(table()).toHaveTextContent('was SYN_SENT');
	});

	test('a new entry stands apart until it is confirmed', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'makes entry #1');
		expect(table()).toHaveTextContent('On the packet, not in the table yet');
		await stepTo(user, 'is confirmed');
		expect(table()).not.toHaveTextContent('not in the table yet');
		const cells = within(table()).getAllByRole('cell');
		expect(cells[3]).toHaveTextContent('198.51.100.10:40000 198.51.100.1:80');
		expect(cells[4]).toHaveTextContent('10.0.0.2:8080 DNAT 198.51.100.10:40000');
	});
});

describe('rules', () => {
	test('the rule that decided is lit', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'the rule ct status dnat accept matches');
		const lit = region('Rules').querySelectorAll('[aria-current=true]');
		expect([...lit].map((one) => one.textContent)).toEqual([
			expect.stringContaining('ct status dnat accept')
		]);
	});

	test('the policy is lit where no rule decided', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'the rule ct status dnat accept matches');
		await user.click(screen.getByRole('switch', { name: /ct status dnat accept/ }));
		expect(happened()).toHaveTextContent('the policy is drop');
		const lit = region('Rules').querySelectorAll('[aria-current=true]');
		expect([...lit].map((one) => one.textContent)).toEqual([
			expect.stringContaining('hook forward priority filter; policy drop;')
		]);
	});

	test('a rule that is switched off is asked no more, and can be switched on again', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'the rule ct status dnat accept matches');
		await user.click(screen.getByRole('switch', { name: /ct status dnat accept/ }));
		expect(happened()).toHaveTextContent('no rule wants the packet, and the policy is drop');
		const off = screen.getByRole('switch', { name: /ct status dnat accept/ });
		expect(off).not.toBeChecked();
		await user.click(off);
		expect(happened()).toHaveTextContent('the rule ct status dnat accept matches');
	});

	test('a port is changed in the text, the walk is run anew, and reset brings the first text back', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await stepTo(user, 'is rewritten as entry #1 says');
		await user.click(button('Edit the text'));
		const text = screen.getByRole<HTMLTextAreaElement>('textbox');
		const changed = text.value.replace('10.0.0.2:8080', '10.0.0.2:9090');
		await user.clear(text);
		await user.paste(changed);
		await waitFor(() => expect(happened()).toHaveTextContent('becomes 10.0.0.2:9090'));
		await user.click(button('Reset'));
		expect(happened()).toHaveTextContent('becomes 10.0.0.2:8080');
	});

	test('what is wrong says where, and what may stand there; the last walk stays', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario });
		await user.click(button('Edit the text'));
		const text = screen.getByRole<HTMLTextAreaElement>('textbox');
		await user.clear(text);
		await user.paste('table ip f {\n  chain c {\n    tcp dport eighty drop\n  }\n}');
		const alert = await screen.findByRole('alert');
		expect(alert).toHaveTextContent('Line 3, column 15:');
		expect(alert).toHaveTextContent('eighty');
		expect(text).toHaveAttribute('aria-invalid', 'true');
		expect(region('Hook path')).toHaveTextContent('ip nat prerouting');
	});

	test('a rule that a command has deleted is said to be gone', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: lessonScenario('reverse-snat-without-nat') });
		await stepTo(user, 'nft delete table ip nat');
		expect(within(region('Rules')).getAllByText('deleted')).toHaveLength(2);
	});
});

describe('a question', () => {
	test('holds its Lab back, says so, and lets go when it is answered', async () => {
		const user = userEvent.setup();
		render(GatedLab, { scenario });
		const forward = screen.getAllByRole('button', { name: 'Step forward' })[0]!;
		await user.click(screen.getAllByRole('button', { name: 'Last step' })[0]!);
		expect(happened()).toHaveTextContent('server receives');
		expect(forward).toHaveAttribute('aria-disabled', 'true');
		expect(forward).toHaveAccessibleDescription(/Answer the question/);
		await user.click(forward);
		expect(happened()).toHaveTextContent('server receives');
		await user.click(button('Answer'));
		expect(forward).toHaveAttribute('aria-disabled', 'false');
		await user.click(forward);
		expect(happened()).toHaveTextContent('server puts');
	});

	test('a page’s second Lab has regions of its own name', () => {
		render(GatedLab, { scenario });
		expect(screen.getAllByRole('region', { name: 'Network' })).toHaveLength(1);
		expect(region('Network 2')).toBeVisible();
	});
});

test('a drop is a full stop at its station', async () => {
	const user = userEvent.setup();
	const nft = 'table ip f {\nchain c {\ntype filter hook forward priority 0; policy drop;\n}\n}';
	render(Lab, { scenario: gateway(nft, [syn('10.0.0.2', 80)]) });
	await user.click(button('Last step'));
	const current = region('Hook path').querySelector('[aria-current=step]');
	expect(current).toHaveTextContent('stopped here');
	expect(within(region('Network')).getByText('dropped')).toBeVisible();
});
