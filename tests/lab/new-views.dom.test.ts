import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import PacketView from '$lib/lab/alone/PacketView.svelte';
import { TRANSITIONS } from '$lib/lab/model/tcp-machine';
import type { ViewName } from '$lib/lab/views/names';
import AloneViews from './AloneViews.svelte';
import GatedLab from './GatedLab.svelte';
import { lessonScenario } from './load';

const scenario = lessonScenario('reverse-snat');
const button = (name: string) => screen.getByRole('button', { name });
const open = (views: ViewName[], more: object = {}) => render(Lab, { scenario, views, ...more });

afterEach(() => vi.restoreAllMocks());

describe('the ladder', () => {
	test('is a list of what went where; choosing a row goes to its step', async () => {
		const user = userEvent.setup();
		open(['ladder']);
		const ladder = await screen.findByRole('region', { name: 'Ladder' });
		const rows = within(ladder).getAllByRole('listitem');
		expect(rows[0]).toHaveAttribute('aria-posinset', '1');
		const row = within(ladder).getAllByRole('button', {
			name: 'gateway, POSTROUTING: source 10.0.0.2:8080 becomes 198.51.100.1:80'
		})[0]!;
		expect(row).not.toHaveAttribute('aria-current');
		await user.click(row);
		expect(row).toHaveAttribute('aria-current', 'step');
		expect(screen.getByRole('region', { name: 'What happened' })).toHaveTextContent(
			'gives the reply its source back'
		);
	});

	test('Up and Down go from row to row, Enter goes there; Tab comes to one row only', async () => {
		const user = userEvent.setup();
		open(['ladder']);
		const ladder = await screen.findByRole('region', { name: 'Ladder' });
		const buttons = within(ladder).getAllByRole('button');
		expect(buttons.filter((one) => one.tabIndex === 0)).toHaveLength(1);
		buttons[0]!.focus();
		await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
		expect(within(ladder).getAllByRole('button')[2]).toHaveFocus();
		expect(screen.getByRole('region', { name: 'What happened' })).toHaveTextContent(
			'sends the packet out of int'
		);
	});

	test('does not give away what a question asks for', async () => {
		const user = userEvent.setup();
		render(GatedLab, { scenario });
		await user.click(screen.getAllByRole('button', { name: 'Ladder' })[0]!);
		const ladder = await screen.findByRole('region', { name: 'Ladder' });
		expect(within(ladder).getAllByRole('listitem')).toHaveLength(3);
		expect(ladder).toHaveTextContent('behind the question');
		await user.click(button('Answer'));
		expect(within(ladder).getAllByRole('listitem').length).toBeGreaterThan(6);
	});
});

describe('the TCP machine', () => {
	test('says what was taken and why, and what each segment would do next', async () => {
		open(['tcp'], { start: 14 });
		const view = await screen.findByRole('region', { name: 'TCP machine' });
		expect(view).toHaveTextContent('SYN/ACK in the reply direction');
		expect(view).toHaveTextContent('The SYN is answered.');
		const next = within(view).getByRole('table', { name: /From SYN_RECV/ });
		const ack = within(next).getByRole('row', { name: /^ACK/ });
		expect(
			within(ack)
				.getAllByRole('cell')
				.map((one) => one.textContent)
		).toEqual(['ESTABLISHED', 'stays']);
		expect(within(view).getByRole('group', { name: 'Windows' })).toHaveTextContent(
			'segment 5000 up to 5001: in the window'
		);
	});

	test('every transition is drawn, one is lit', async () => {
		open(['tcp'], { start: 14 });
		const view = await screen.findByRole('region', { name: 'TCP machine' });
		const wide = view.querySelector('svg.wide')!;
		expect(wide.querySelectorAll('.line')).toHaveLength(TRANSITIONS.length);
		expect(wide.querySelectorAll('.on > .line')).toHaveLength(1);
		expect(wide.querySelector('.state.now')).toHaveTextContent('SYN_RECV');
		expect(wide.querySelector('.state.before')).toHaveTextContent('SYN_SENT');
	});

	test('in Chinese, and before anything has happened', async () => {
		open(['tcp'], { lang: 'zh' });
		const view = await screen.findByRole('region', { name: 'TCP 状态机' });
		expect(view).toHaveTextContent('还没有见过任何包');
		expect(view.querySelectorAll('.on')).toHaveLength(0);
	});
});

describe('the transcript', () => {
	test('every step is a row; the one at hand is marked; its number goes there', async () => {
		const user = userEvent.setup();
		open(['transcript']);
		const table = await screen.findByRole('table', { name: 'Steps' });
		const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Timeline' });
		expect(table.querySelectorAll('tr[data-at] button')).toHaveLength(Number(slider.max));
		await user.click(table.querySelector('[aria-label="Go to step 19"]')!);
		expect(slider.value).toBe('19');
		const now = table.querySelector('[aria-current=step]')!;
		expect(now).toHaveTextContent('gives the reply its source back');
		expect(now.querySelector('td.packet del')).toHaveTextContent('was SYN,ACK 10.0.0.2:8080');
	});

	test('is copied as text and saved as a file', async () => {
		const user = userEvent.setup();
		const files: Blob[] = [];
		URL.createObjectURL = (file) => {
			files.push(file as Blob);
			return 'blob:x';
		};
		URL.revokeObjectURL = () => undefined;
		const names: string[] = [];
		vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
			this: HTMLAnchorElement
		) {
			names.push(this.download);
		});
		open(['transcript']);
		await screen.findByRole('table', { name: 'Steps' });
		await user.click(button('Copy as text'));
		expect(await navigator.clipboard.readText()).toContain('1. [0 s] client: client puts');
		await user.click(button('CSV'));
		await user.click(button('Text file'));
		expect(names.map((name) => name.split('.').at(-1))).toEqual(['csv', 'txt']);
		const bytes = new Uint8Array(await files[0]!.arrayBuffer());
		// A spreadsheet knows UTF-8 by it.
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	});
});

test('a view that is closed is not there', async () => {
	const user = userEvent.setup();
	open(['tcp']);
	await screen.findByRole('region', { name: 'TCP machine' });
	await user.click(button('TCP machine'));
	expect(screen.queryByRole('region', { name: 'TCP machine' })).toBeNull();
	expect(screen.queryByRole('region', { name: 'Ladder' })).toBeNull();
});

describe('views that stand alone', () => {
	test('share one moment; another time on the page has its own', async () => {
		const user = userEvent.setup();
		render(AloneViews, { scenario });
		const one = within(screen.getByTestId('one'));
		const two = within(screen.getByTestId('two'));
		const steppers = await waitFor(() => {
			expect(screen.getAllByRole('slider')).toHaveLength(2);
			return screen.getAllByRole<HTMLInputElement>('slider');
		});
		await one.findByRole('region', { name: 'Ladder' });
		await one.findByRole('region', { name: 'TCP machine' });
		await two.findByRole('region', { name: 'Packet 2' });
		const transcript = await one.findByRole('table', { name: 'Steps' });
		await user.click(transcript.querySelector('[aria-label="Go to step 14"]')!);
		expect(steppers[0]!.value).toBe('14');
		await waitFor(() =>
			expect(one.getByRole('table', { name: 'Connection tracking table' })).toHaveTextContent(
				'SYN_RECV'
			)
		);
		expect(steppers[1]!.value).toBe('0');
		expect(two.getByRole('region', { name: 'Packet 2' })).toHaveTextContent(
			'No packet is on its way.'
		);
	});

	test('outside of a time a view says what it wants', () => {
		expect(() => render(PacketView)).toThrow('<PacketView> has to stand inside a <LabTime>');
	});
});
