/** The page for scenarios of one's own: what is open there, and what has become of it, is not lost unasked. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Language } from '$lib/i18n';
import { networks, usualChoices } from '$lib/lab/networks';
import type { Kept } from '$lib/lab/own/keep';
import OwnLab from '$lib/lab/own/OwnLab.svelte';
import type { Scenario } from '$lib/scenario/scenario';
import InLanguage from './InLanguage.svelte';

vi.mock('$app/navigation', () => ({
	replaceState: () => history.replaceState(null, '', location.pathname)
}));

const network = networks.find(({ id }) => id === 'gateway')!;
const mine: Scenario = {
	title: 'Mine',
	...network.scenario(usualChoices(network), { nft: network.sample.nft })
};
const KEY = 'conntrack-lab:own';
const page = (lang: Language = 'en') => ({ lang, what: OwnLab, given: { lessons: [] } });

// jsdom has the element but not its methods.
beforeEach(() => {
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
	const was: Kept = { scenario, stop: 0, host: '', link: null, changed: false, ...more };
	sessionStorage.setItem(KEY, JSON.stringify(was));
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
