// The box for a ruleset: what it says of what is written in it, and that nothing that was written goes away.
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import PasteRules from '../../src/lib/lab/own/PasteRules.svelte';

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' });
const write = (text: string) => fireEvent.input(box(), { target: { value: text } });
const play = () => screen.getByRole('button', { name: 'Play it' });

describe('the box for rules', () => {
	beforeEach(() => sessionStorage.clear());

	test('says what to paste in place of shell commands, the commands as code', async () => {
		render(PasteRules, { onplay: vi.fn() });
		await write('nft add table ip nat');
		expect(screen.getByRole('status')).toHaveTextContent('These are nft commands');
		await write('iptables -A INPUT -j DROP');
		expect(screen.getByRole('status')).toHaveTextContent('Paste what iptables-save prints');
	});

	test('keeps what was written, and for which network, over a reload of the page', async () => {
		const user = userEvent.setup();
		const { unmount } = render(PasteRules, { onplay: vi.fn() });
		await user.click(screen.getByRole('radio', { name: /A load balancer/ }));
		await user.selectOptions(screen.getByRole('combobox', { name: 'Written in' }), 'nft');
		await write('table ip half { chain');
		await fireEvent(window, new Event('pagehide'));
		unmount();
		render(PasteRules, { onplay: vi.fn() });
		expect(box()).toHaveValue('table ip half { chain');
		expect(screen.getByRole('radio', { name: /A load balancer/ })).toBeChecked();
		expect(screen.getByRole('combobox', { name: 'Written in' })).toHaveValue('nft');
	});

	test.each([
		['no JSON', '{'],
		['something else', '[1]'],
		[
			'a network that does not stand ready',
			'{"text":"x","written":"nft","chosen":"moon","every":{}}'
		]
	])('begins anew where what was kept is %s', (_, kept) => {
		sessionStorage.setItem('conntrack-lab:rules', kept);
		render(PasteRules, { onplay: vi.fn() });
		expect(box()).toHaveValue('');
	});

	test('a name of an interface is put right in the place where it is wrong', async () => {
		const user = userEvent.setup();
		const onplay = vi.fn();
		render(PasteRules, { onplay });
		await user.click(screen.getByText('Names and addresses'));
		const name = screen.getByRole('textbox', { name: 'Outside: name of the interface' });
		await user.clear(name);
		await user.click(play());
		expect(name).toHaveFocus();
		await user.type(name, 'wan0');
		expect(name).toHaveValue('wan0');
		expect(name).toHaveFocus();
		expect(name.closest('details')).toHaveAttribute('open');
		await user.click(play());
		expect(onplay).toHaveBeenCalledOnce();
		expect(name.closest('details')).toHaveAttribute('open');
	});

	test('a port that is none stays as it was written', async () => {
		const user = userEvent.setup();
		render(PasteRules, { onplay: vi.fn() });
		await user.click(screen.getByText('Names and addresses'));
		const port = screen.getByRole('textbox', { name: /port/i });
		await user.clear(port);
		await user.type(port, '1e3');
		expect(port).toHaveValue('1e3');
		expect(port).toHaveAttribute('aria-invalid', 'true');
	});

	test('the example is one that can be read, whatever language was chosen', async () => {
		const user = userEvent.setup();
		const onplay = vi.fn();
		render(PasteRules, { onplay });
		await user.selectOptions(screen.getByRole('combobox', { name: /Written in/ }), 'ipset save');
		await user.click(screen.getByRole('button', { name: 'Put an example in' }));
		await user.click(play());
		expect(onplay).toHaveBeenCalledOnce();
	});
});
