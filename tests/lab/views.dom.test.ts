import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { Scenario } from '$lib/scenario/scenario';
import Lab from '$lib/lab/Lab.svelte';
import { labWords, plain } from '$lib/lab/words';
import { gateway, lessonScenario, record, syn, tellings } from './load';

const reverse = lessonScenario('reverse-snat');
const region = (name: string) => screen.getByRole('region', { name });
const table = () => screen.getByRole('table', { name: 'Connection tracking table' });

/** A Lab that stands at the first stop whose sentence has this text. */
async function open(scenario: Scenario, text: string, more: object = {}) {
	const sentences = tellings(record(scenario)).map((telling) =>
		plain(labWords('en').sentence(telling))
	);
	const start = sentences.findIndex((sentence) => sentence.includes(text));
	if (start < 0) throw new Error(`no step says: ${text}`);
	render(Lab, { scenario, start, ...more });
	return userEvent.setup();
}
const fieldOf = (key: string) =>
	region('Packet').querySelector<HTMLButtonElement>(`[data-field="${key}"]`)!;
const lit = () =>
	[...region('Packet').querySelectorAll('.cell.lit')].map(({ textContent }) => textContent);

describe('the packet', () => {
	test('a field that has the focus lights its bytes and says who rewrote it', async () => {
		await open(reverse, 'gives the reply its source back');
		fieldOf('ipv4.src').focus();
		await Promise.resolve();
		expect(lit()).toEqual(['c6', '33', '64', '01']);
		const packet = region('Packet');
		expect(packet).toHaveTextContent('10.0.0.2 → 198.51.100.1');
		expect(packet).toHaveTextContent('on gateway at POSTROUTING, priority 100');
		expect(packet).toHaveTextContent('The entry, without any rule: entry #1');
	});

	test('of the request, the rule is named', async () => {
		const user = await open(reverse, 'Chain ip filter forward');
		await user.click(fieldOf('ipv4.dst'));
		expect(fieldOf('ipv4.dst')).toHaveAttribute('aria-pressed', 'true');
		expect(region('Packet')).toHaveTextContent(/Decided by the rule .*dnat to 10.0.0.2:8080/);
	});

	test('up and down go from field to field, one of them is reached with Tab', async () => {
		const user = await open(reverse, 'client puts');
		const stops = () => region('Packet').querySelectorAll('[data-field][tabindex="0"]');
		expect(stops()).toHaveLength(1);
		fieldOf('ipv4.src').focus();
		await user.keyboard('{ArrowDown}');
		expect(fieldOf('ipv4.dst')).toHaveFocus();
		await user.keyboard('{ArrowUp}{ArrowUp}');
		expect(fieldOf('ipv4.src')).toHaveFocus();
		expect(stops()).toHaveLength(1);
	});

	test('bytes lead back to their field', async () => {
		const user = await open(reverse, 'client puts');
		const cells = region('Packet').querySelectorAll<HTMLElement>('.cell');
		// The 22nd byte is the second of TCP's source port.
		await user.click(cells[21]!);
		expect(fieldOf('tcp.sport')).toHaveAttribute('aria-pressed', 'true');
		expect(lit()).toEqual(['9c', '40']);
	});

	test('the entry that rewrote it leads to its row', async () => {
		const user = await open(reverse, 'gives the reply its source back');
		await user.click(fieldOf('ipv4.src'));
		const links = await within(region('Packet')).findAllByRole('button', {
			name: 'entry #1: go to its row'
		});
		await user.click(links.at(-1)!);
		await waitFor(() => expect(document.activeElement).toHaveAttribute('data-entry', '1'));
		expect(document.activeElement).toHaveAttribute('role', 'row');
	});

	test('where the table is not shown, the entry is named only', async () => {
		await open(reverse, 'gives the reply its source back', { views: ['packet'] });
		fieldOf('ipv4.src').focus();
		await Promise.resolve();
		expect(region('Packet')).toHaveTextContent('entry #1');
		expect(within(region('Packet')).queryByRole('button', { name: /go to its row/ })).toBeNull();
	});

	test('bytes can be copied, and that is said', async () => {
		const user = await open(reverse, 'client puts');
		await user.click(screen.getByRole('button', { name: 'Copy bytes' }));
		expect(await navigator.clipboard.readText()).toMatch(/^0000 {2}45 00 /);
		expect(within(region('Packet')).getByRole('status')).toHaveTextContent('Copied');
	});

	test('where the browser does not let anything be copied, that is said', async () => {
		const user = await open(reverse, 'gives the reply its source back');
		const copy = within(region('Packet')).getByRole('button', { name: /^Copy/ });
		// As over plain HTTP.
		vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: undefined } }));
		await user.click(copy);
		vi.unstubAllGlobals();
		const said = within(region('Packet')).getByRole('status');
		await waitFor(() => expect(said).toHaveTextContent('The browser did not allow copying.'));
		expect(said).not.toHaveClass('visually-hidden');
	});

	test('an error shows the packet that it quotes, apart', async () => {
		const rules = 'table ip f {\nchain c {\ntype filter hook forward priority 0;\nreject\n}\n}';
		await open(gateway(rules, [syn('10.0.0.2', 80)]), 'client receives an ICMP');
		const quoted = within(region('Packet')).getByRole('group', {
			name: 'It quotes the packet that it is about:'
		});
		expect(within(quoted).getByRole('group', { name: 'IPv4' })).toHaveTextContent('10.0.0.2');
		expect(within(quoted).getByRole('group', { name: 'TCP' })).toHaveTextContent('80');
	});
});

const six = gateway(
	'',
	[1, 2, 3, 4, 5, 6].map((n) => syn('10.0.0.2', 80 + n))
);

describe('the table', () => {
	test('is filtered by what is typed, says how many fit, and what it does not know', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: six, start: 999 });
		const rows = () => within(table()).getAllByRole('row').length - 1;
		expect(rows()).toBe(6);
		await user.type(screen.getByRole('searchbox', { name: 'Filter' }), 'dport=83');
		expect(rows()).toBe(1);
		expect(screen.getByText('1 of 6 entries')).toHaveAttribute('role', 'status');
		await user.clear(screen.getByRole('searchbox', { name: 'Filter' }));
		await user.type(screen.getByRole('searchbox', { name: 'Filter' }), 'colour=red');
		expect(screen.getByText('There is no key “colour”.')).toBeVisible();
		expect(table()).toHaveTextContent('No entry matches the filter.');
	});

	test('an entry opens to its status bits', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: six, start: 999 });
		const button = within(table()).getByRole('button', { name: '#1: Status' });
		expect(table()).not.toHaveTextContent('CONFIRMED');
		await user.click(button);
		expect(button).toHaveAttribute('aria-expanded', 'true');
		expect(table()).toHaveTextContent('CONFIRMED in the table');
		expect(table()).toHaveTextContent('The reply tuple is the original turned round.');
	});

	test('a full table says so', () => {
		const full = gateway('', [syn('10.0.0.2', 80)], {
			sysctl: { 'net.ipv4.ip_forward': 1, 'net.netfilter.nf_conntrack_max': 1 }
		});
		render(Lab, { scenario: full, start: 999 });
		expect(screen.getByText(/^The table is full/)).toBeInTheDocument();
		expect(screen.getByText('1 of at most 1 (nf_conntrack_max)')).toBeInTheDocument();
	});

	test('the list and the log are copied whole', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: six, start: 999 });
		await user.click(screen.getByRole('button', { name: 'Copy list' }));
		expect((await navigator.clipboard.readText()).trimEnd().split('\n')).toHaveLength(6);
		await user.click(screen.getByRole('button', { name: /^conntrack -E/ }));
		await user.click(screen.getByRole('button', { name: 'Copy log' }));
		const log = (await navigator.clipboard.readText()).trimEnd().split('\n');
		expect(log).toHaveLength(6);
		expect(log[0]).toMatch(/^\[NEW\] tcp 6 120 SYN_SENT src=198\.51\.100\.10/);
	});

	test('the log is told up to this moment', async () => {
		const user = userEvent.setup();
		render(Lab, { scenario: six });
		await user.click(screen.getByRole('button', { name: /^conntrack -E/ }));
		expect(screen.getByText('Nothing has been reported yet.')).toBeVisible();
	});

	test('time that has passed is seen in what is left', () => {
		render(Lab, { scenario: gateway('', [syn('10.0.0.2', 80), { advance: 30 }]), start: 999 });
		expect(within(table()).getAllByRole('cell')[2]).toHaveTextContent('120 s 90 s');
	});
});

describe('packets that wait', () => {
	const query = (payload: string, hold?: object) => ({
		send: {
			from: 'client/eth0',
			packet: {
				ip: { src: '198.51.100.10', dst: '10.0.0.2' },
				udp: { sport: 5000, dport: 53 },
				payload
			},
			...(hold ? { hold } : {})
		}
	});
	const race = gateway(
		'table ip f {\nchain c {\ntype filter hook forward priority 0; policy accept;\n}\n}',
		[query('one', { on: 'gateway', hook: 'forward' }), query('two')]
	);

	test('stand in their host and in their hook while another one goes by', () => {
		render(Lab, { scenario: race, start: 999 });
		expect(region('Network')).toHaveTextContent('UDP is held on gateway in FORWARD');
		expect(region('Hook path')).toHaveTextContent('UDP is held on gateway in FORWARD');
	});
});

test('a host with a chain of many rules folds them, and shows them all when asked', async () => {
	const user = userEvent.setup();
	const rules = Array.from({ length: 30 }, (_, i) => `tcp dport ${9000 + i} drop`).join('\n');
	render(Lab, {
		scenario: gateway(
			`table ip f {\nchain c {\ntype filter hook forward priority 0; policy accept;\n${rules}\n}\n}`,
			[syn('10.0.0.2', 80)]
		),
		start: 999,
		views: ['path']
	});
	const path = region('Hook path');
	expect(path).toHaveTextContent('28 rules that do not match');
	expect(path).not.toHaveTextContent('tcp dport 9020');
	await user.click(within(path).getByRole('button', { name: 'Show all rules of ip f c' }));
	expect(path).toHaveTextContent('tcp dport 9020');
	await user.click(within(path).getByRole('button', { name: 'Show fewer rules of ip f c' }));
	expect(path).not.toHaveTextContent('tcp dport 9020');
});

test('an address that an interface has twice is drawn twice', () => {
	const given = gateway('', [syn('10.0.0.2', 80)]);
	const address = ['198.51.100.1/24', '198.51.100.1/24'];
	const ext = { ...given.hosts.gateway!.interfaces.ext, address };
	const hosts = {
		...given.hosts,
		gateway: { ...given.hosts.gateway!, interfaces: { ...given.hosts.gateway!.interfaces, ext } }
	};
	render(Lab, { scenario: { ...given, hosts } as Scenario });
	expect(screen.getAllByText('198.51.100.1/24')).toHaveLength(2);
});

test('a host without rules says so', () => {
	render(Lab, { scenario: gateway('', [syn('10.0.0.2', 80)]), start: 1, views: ['path'] });
	expect(region('Hook path')).toHaveTextContent('only connection tracking works here');
});
