/** The page for scenarios of one's own: what is open there, and what has become of it, is not lost unasked. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Language } from '$lib/i18n';
import { networks, usualChoices } from '$lib/lab/networks';
import type { Kept } from '$lib/lab/own/keep';
import OwnLab from '$lib/lab/own/OwnLab.svelte';
import { scenarioToLink } from '$lib/scenario/link';
import { LONGEST_FRAGMENT, scenarioFragment } from '$lib/lab/share/fragment';
import type { Scenario } from '$lib/scenario/scenario';
import InLanguage from './InLanguage.svelte';

vi.mock('$app/navigation', () => ({
	replaceState: () => history.replaceState(null, '', location.pathname)
}));

/** Whether what a Lab needs can be fetched. */
let online = true;
vi.mock('$lib/lab/engine', async (load) => {
	const engine = await load<typeof import('$lib/lab/engine')>();
	return {
		...engine,
		fetchEngine: () =>
			online ? engine.fetchEngine() : Promise.reject(new TypeError('Failed to fetch'))
	};
});

const network = networks.find(({ id }) => id === 'gateway')!;
const mine: Scenario = {
	title: 'Mine',
	...network.scenario(usualChoices(network), { nft: network.sample.nft })
};
const KEY = 'conntrack-lab:own';
const page = (lang: Language = 'en') => ({ lang, what: OwnLab, given: { lessons: [] } });

// jsdom has the element but not its methods.
beforeEach(() => {
	online = true;
	sessionStorage.clear();
	location.hash = '';
	HTMLDialogElement.prototype.showModal = function () {
		this.open = true;
	};
	HTMLDialogElement.prototype.close = function () {
		this.open = false;
	};
});

/** The page as it is loaded again, with a scenario open. */
async function opened(scenario: Scenario = mine, more: Partial<Kept> = {}) {
	const place = { stop: 0, host: '', link: null };
	const was: Kept = { scenario, ...place, grown: [], branch: 0, changed: false, ...more };
	sessionStorage.setItem(KEY, JSON.stringify(was));
	const view = render(InLanguage, page());
	await lab();
	return view;
}

/** The page loaded again. */
async function again() {
	const view = render(InLanguage, page());
	await lab();
	return view;
}

const lab = () => screen.findByRole('slider', { name: 'Timeline' });
const place = () =>
	Number(document.querySelector<HTMLInputElement>('.now input[type=range]')!.value);
const switches = () => [...document.querySelectorAll<HTMLInputElement>('.now .view [role=switch]')];

describe('another language', () => {
	test('leaves the Lab as it is', async () => {
		const user = userEvent.setup();
		const view = await opened();
		await user.click(screen.getByRole('button', { name: 'Step forward' }));
		await user.click(switches()[0]!);
		const stood = place();
		expect(switches()[0]).not.toBeChecked();
		await view.rerender(page('zh'));
		expect(await screen.findByRole('heading', { name: '自己的实验台' })).toBeVisible();
		await screen.findByRole('slider', { name: '时间轴' });
		expect(place()).toBe(stood);
		expect(switches()[0]).not.toBeChecked();
	});
});

describe('the page is loaded again', () => {
	const branches = () => screen.queryByRole<HTMLSelectElement>('combobox', { name: 'Branch' });

	test('every branch is there, and the one that was shown is shown at its place', async () => {
		const user = userEvent.setup();
		const { unmount } = await opened();
		await user.click(switches()[0]!);
		expect(branches()!.options).toHaveLength(2);
		await user.click(screen.getByRole('button', { name: 'Step forward' }));
		const stood = place();
		unmount();
		const view = await again();
		expect(branches()!.options).toHaveLength(2);
		expect(branches()!.selectedIndex).toBe(1);
		expect(switches()[0]).not.toBeChecked();
		expect(place()).toBe(stood);
		await user.selectOptions(branches()!, branches()!.options[0]!);
		expect(switches()[0]).toBeChecked();
		view.unmount();
		await again();
		expect(branches()!.options).toHaveLength(2);
		expect(branches()!.selectedIndex).toBe(0);
	});

	test('the views are open that were', async () => {
		const user = userEvent.setup();
		const { unmount } = await opened();
		const view = (name: string) => screen.getByRole('button', { name });
		await user.click(view('Packet'));
		await user.click(view('Ladder'));
		unmount();
		await again();
		expect(view('Packet')).toHaveAttribute('aria-pressed', 'false');
		expect(view('Ladder')).toHaveAttribute('aria-pressed', 'true');
		expect(view('Network')).toHaveAttribute('aria-pressed', 'true');
		expect(screen.queryByRole('region', { name: 'Packet' })).toBeNull();
	});

	test('rules that cannot be read yet are there, with what is wrong with them', async () => {
		const user = userEvent.setup();
		const { unmount } = await opened();
		await user.click(switches()[0]!);
		await user.click(screen.getByRole('button', { name: 'Edit the text' }));
		const text = () =>
			screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the nft rules' });
		await user.type(text(), 'half a rule');
		expect(await screen.findByText(/cannot be read/)).toBeVisible();
		unmount();
		await again();
		expect(screen.getByText(/cannot be read/)).toBeVisible();
		await user.click(screen.getByRole('button', { name: 'Edit the text' }));
		expect(text().value).toMatch(/half a rule$/);
		await user.clear(text());
		await user.paste(network.sample.nft);
		await waitFor(() => expect(screen.queryByText(/cannot be read/)).toBeNull());
	});

	test('a branch that was spoilt is left out, and the scenario opens', async () => {
		await opened(mine, { grown: [{ from: 0, hosts: { gateway: {} } }] as never, branch: 1 });
		expect(branches()).toBeNull();
		expect(switches()[0]).toBeChecked();
	});
});

describe('something else is opened', () => {
	const asked = () => screen.queryByRole('dialog', { name: 'Put away what is here?' });
	const another = () => screen.getAllByRole('button', { name: /^Play: / })[1]!;

	test('at once, where nothing was changed', async () => {
		const user = userEvent.setup();
		await opened();
		await user.click(another());
		expect(asked()).toBeNull();
		expect(screen.queryByRole('region', { name: 'Now playing: Mine' })).toBeNull();
	});

	test('not before it was asked whether other branches may go', async () => {
		const user = userEvent.setup();
		await opened();
		await user.click(switches()[0]!);
		// The scenario as it was opened is shown again, and what was tried out stands beside it.
		const branches = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Branch' });
		await user.selectOptions(branches, branches.options[0]!);
		await user.click(another());
		expect(asked()).toHaveTextContent('It was changed since it was opened.');
		await user.click(screen.getByRole('button', { name: 'Keep what is here' }));
		expect(branches.options).toHaveLength(2);
	});

	test('nor whether rules may go that cannot be read yet', async () => {
		const user = userEvent.setup();
		await opened();
		await user.click(screen.getByRole('button', { name: 'Edit the text' }));
		await user.type(screen.getByRole('textbox', { name: 'Text of the nft rules' }), 'half a rule');
		expect(await screen.findByText(/cannot be read/)).toBeVisible();
		await user.click(another());
		expect(asked()).not.toBeNull();
	});
});

describe('a link', () => {
	/** Two Linux hosts, whose insides can be shown. */
	const two: Scenario = {
		...mine,
		title: 'Two',
		hosts: { ...mine.hosts, other: { kind: 'linux', interfaces: {} } }
	};
	const host = () => document.querySelector<HTMLSelectElement>('.now .heading select')!.value;

	function linkTo(stop: number, more: { host?: string } = {}) {
		const link = scenarioToLink(two);
		if (!link.ok) throw new Error('too long');
		return scenarioFragment({ packed: link.packed, stop, ...more });
	}

	/** The page is loaded at an address. */
	async function loadedAt(hash: string) {
		location.hash = hash;
		const view = render(InLanguage, page());
		await lab();
		return view;
	}

	test('to another step and host of what is open goes there, and keeps what was tried out', async () => {
		const user = userEvent.setup();
		const view = await loadedAt(linkTo(3));
		expect(place()).toBe(3);
		const first = host();
		await user.click(switches()[0]!);
		location.hash = linkTo(7, { host: 'other' });
		await waitFor(() => expect(place()).toBe(7));
		expect(host()).toBe('other');
		location.hash = linkTo(8);
		await waitFor(() => expect(place()).toBe(8));
		expect(host()).toBe(first);
		expect(switches()[0]).not.toBeChecked();
		expect(screen.queryByRole('dialog')).toBeNull();
		view.unmount();
	});

	test('goes there as well when the page has been left between', async () => {
		(await loadedAt(linkTo(3))).unmount();
		await loadedAt(linkTo(7, { host: 'other' }));
		expect([place(), host()]).toEqual([7, 'other']);
	});

	test('that the page is loaded at again leaves the reader where they were', async () => {
		const user = userEvent.setup();
		const view = await loadedAt(linkTo(3));
		await user.click(screen.getByRole('button', { name: 'Step forward' }));
		view.unmount();
		await loadedAt(linkTo(3));
		expect(place()).toBe(4);
	});

	test('that is too long is told as that', async () => {
		location.hash = `#s=${'A'.repeat(LONGEST_FRAGMENT)}`;
		render(InLanguage, page());
		expect(await screen.findByRole('alert')).toHaveTextContent(
			'more than is read from a link (8192 characters)'
		);
	});
});

describe('what cannot be fetched', () => {
	test('the Lab: that is told, and it can be tried again', async () => {
		const user = userEvent.setup();
		online = false;
		render(InLanguage, page());
		await user.click(screen.getAllByRole('button', { name: /^Play: / })[0]!);
		expect(await screen.findByRole('alert')).toHaveTextContent('The Lab could not be fetched.');
		online = true;
		await user.click(screen.getByRole('button', { name: 'Try again' }));
		expect(await lab()).toBeVisible();
	});

	test('a lesson’s Lab: that is told beside the list', async () => {
		const user = userEvent.setup();
		let load = () => Promise.reject<Scenario>(new TypeError('Failed to fetch'));
		const lessons = [{ title: 'A lesson', labs: [{ title: 'One', load: () => load() }] }];
		render(InLanguage, { ...page(), given: { lessons } });
		await user.click(screen.getByText('A lesson'));
		const play = screen.getByRole('button', { name: 'Play: One', hidden: true });
		await user.click(play);
		expect(await screen.findByRole('alert')).toHaveTextContent('“One” could not be fetched.');
		load = () => Promise.resolve(mine);
		await user.click(play);
		expect(await screen.findByRole('region', { name: 'Now playing: One' })).toBeVisible();
		expect(screen.queryByRole('alert')).toBeNull();
	});
});

describe('closing', () => {
	const close = () => screen.getByRole('button', { name: 'Close' });

	test('asks before what was changed is gone', async () => {
		const user = userEvent.setup();
		await opened();
		await user.click(switches()[0]!);
		await user.click(close());
		const dialog = screen.getByRole('dialog', { name: 'Close what is here?' });
		expect(dialog).toHaveTextContent('“Mine” is open here, and would be gone. It was changed');
		await user.click(screen.getByRole('button', { name: 'Keep what is here' }));
		expect(switches()[0]).not.toBeChecked();
		await user.click(close());
		await user.click(screen.getByRole('button', { name: 'Close it' }));
		expect(screen.queryByRole('slider')).toBeNull();
		expect(sessionStorage.getItem(KEY)).toBeNull();
	});

	test('asks nothing where nothing would be lost', async () => {
		const user = userEvent.setup();
		await opened();
		await user.click(close());
		expect(screen.queryByRole('dialog')).toBeNull();
		expect(screen.queryByRole('slider')).toBeNull();
	});
});

describe('what was asked for', () => {
	test('has the keys: a scenario that is played', async () => {
		const user = userEvent.setup();
		render(InLanguage, page());
		await user.click(screen.getByRole('button', { name: 'Put an example in' }));
		await user.click(screen.getByRole('button', { name: 'Play it' }));
		await lab();
		await waitFor(() => expect(document.querySelector('.now .lab')).toHaveFocus());
		await user.keyboard('{ArrowRight}');
		expect(place()).toBe(1);
	});

	test('and a file that cannot be opened has its list of faults in sight', async () => {
		const user = userEvent.setup();
		render(InLanguage, page());
		const file = new File(['{'], 'broken.json', { type: 'application/json' });
		await user.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file);
		const faults = await screen.findByRole('alert');
		expect(faults).toHaveTextContent('broken.json is not opened');
		expect(faults).toHaveFocus();
	});
});
