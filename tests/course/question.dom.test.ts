import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import GatedPage from './GatedPage.svelte';

describe('a question', () => {
	test('says whether the answer is right, and why', async () => {
		const user = userEvent.setup();
		render(GatedPage);
		const check = screen.getByRole('button', { name: 'Check' });
		const feedback = screen.getByRole('status');
		expect(feedback.textContent).toBe('');

		await user.click(check);
		expect(feedback).toHaveTextContent('Choose an answer first.');

		await user.click(screen.getByRole('radio', { name: 'A rule' }));
		await user.click(check);
		expect(feedback).toHaveTextContent('Not so. No rule is asked.');

		await user.click(screen.getByRole('radio', { name: 'The entry' }));
		await user.click(check);
		expect(feedback).toHaveTextContent('Right. It remembers.');
	});

	test('opens its gate with any answer, but not before', async () => {
		const user = userEvent.setup();
		render(GatedPage);
		expect(screen.getByText('reply: closed')).toBeInTheDocument();
		await user.click(screen.getByRole('button', { name: 'Check' }));
		expect(screen.getByText('reply: closed')).toBeInTheDocument();
		await user.click(screen.getByRole('radio', { name: 'A rule' }));
		expect(screen.getByText('reply: closed')).toBeInTheDocument();
		await user.click(screen.getByRole('button', { name: 'Check' }));
		expect(screen.getByText('reply: open')).toBeInTheDocument();
	});

	test('that is not on the page holds nothing back', () => {
		render(GatedPage);
		expect(screen.getByText('elsewhere: open')).toBeInTheDocument();
	});
});
