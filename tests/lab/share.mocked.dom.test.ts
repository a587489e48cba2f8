/** A link to a Lab names what it would not show by itself. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { scenarioLink } from '$lib/lab/share/fragment';
import { gateway, syn } from './load';

const given = gateway(
	'table ip f {\nchain c {\ntype filter hook forward priority 0;\naccept\n}\n}',
	[syn('10.0.0.2', 80)]
);
const scenario = {
	...given,
	hosts: { ...given.hosts, other: { kind: 'linux' as const, interfaces: {} } }
};
afterEach(() => void vi.doUnmock('$lib/scenario/link'));

const press = (user: ReturnType<typeof userEvent.setup>) =>
	user.click(screen.getByRole('button', { name: 'Link to this Lab at this step' }));

test('what makes a link cannot be fetched: that is told, and a link to the page is there', async () => {
	vi.doMock('$lib/scenario/link', () => {
		throw new TypeError('Failed to fetch dynamically imported module');
	});
	const user = userEvent.setup();
	render(Lab, { scenario });
	await press(user);
	expect(screen.getByRole('textbox', { name: 'Address' })).toHaveValue(
		`${location.href}#lab=1&stop=0`
	);
	await user.click(screen.getAllByRole('switch')[0]!);
	await press(user);
	expect(await screen.findByText('This part could not be loaded. Try again.')).toBeVisible();
	expect(screen.queryByRole('textbox', { name: 'Address' })).toBeNull();
});

test('of a Lab that was opened at another host than its first', async () => {
	const user = userEvent.setup();
	render(Lab, { scenario, host: 'other' });
	await press(user);
	expect(screen.getByRole('textbox', { name: 'Address' })).toHaveValue(
		`${location.href}#lab=1&stop=0`
	);
	const own = await screen.findByRole<HTMLAnchorElement>('link', {
		name: 'Open on a page of its own'
	});
	await waitFor(() => expect(scenarioLink(own.hash)).toMatchObject({ host: 'other' }));
});
