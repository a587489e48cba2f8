import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Lab from '$lib/lab/Lab.svelte';
import { lessonScenario } from './load';

const scenario = lessonScenario('reverse-snat');
type Seen = (seen: { isIntersecting: boolean }[]) => void;
/** What watches each view. */
let eyes: Seen[] = [];

beforeEach(() => {
	eyes = [];
	vi.stubGlobal(
		'IntersectionObserver',
		class {
			constructor(seen: Seen) {
				eyes.push(seen);
			}
			observe() {}
			disconnect() {}
		}
	);
});
afterEach(() => vi.unstubAllGlobals());

const scroll = (isIntersecting: boolean) => eyes.forEach((seen) => seen([{ isIntersecting }]));
const path = () => screen.getByRole('region', { name: 'Hook path' });
const current = () => path().querySelector('[aria-current=step]');

test('what is out of sight waits for the reader to rest; what is said does not', async () => {
	const user = userEvent.setup();
	render(Lab, { scenario, views: ['path'] });
	await user.click(screen.getByRole('button', { name: 'Next packet' }));
	scroll(false);
	await user.keyboard('hh');
	expect(screen.getByRole('region', { name: 'What happened' })).toHaveTextContent('Chain');
	expect(current()).toBeNull();
	await vi.waitFor(() => expect(current()).toHaveTextContent('ip filter forward'), 30_000);
});

test('what comes into sight is up to date at once', async () => {
	const user = userEvent.setup();
	render(Lab, { scenario, views: ['path'] });
	await user.click(screen.getByRole('button', { name: 'Next packet' }));
	scroll(false);
	await user.keyboard('hh');
	scroll(true);
	await Promise.resolve();
	expect(current()).toHaveTextContent('ip filter forward');
});

test('another branch is never shown with a moment of this one', async () => {
	const user = userEvent.setup();
	render(Lab, { scenario, views: ['path', 'rules'] });
	await user.click(screen.getByRole('button', { name: 'Last step' }));
	scroll(false);
	await user.click(screen.getByRole('switch', { name: /ct status dnat accept/ }));
	expect(path()).toHaveTextContent('policy drop');
	expect(path()).not.toHaveTextContent('ct status dnat accept');
});
