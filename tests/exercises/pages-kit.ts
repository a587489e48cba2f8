/** The teachers' and students' pages in a test: an assignment pasted, files chosen, buttons found by their words. */
import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Assignment } from '../../src/lib/exercises/circle/assignment';
import { assignmentText } from '../../src/lib/exercises/circle/assignment';
import { assignment } from './circle-kit';

export const assignmentOf = (id: string, title: string, exercises: string[]): Assignment => ({
	...assignment,
	id,
	title,
	exercises
});

/** Pastes into the box for an assignment's link, and opens it. */
export async function paste(text: string | Assignment, label: string | RegExp): Promise<void> {
	const user = userEvent.setup();
	const box = screen.getByLabelText(label);
	await user.clear(box);
	await user.click(box);
	await user.paste(typeof text === 'string' ? text : assignmentText(text));
	await user.click(screen.getByRole('button', { name: 'Open' }));
}

export const fileOf = (name: string, text: string): File =>
	Object.defineProperty(new File([text], name), 'webkitRelativePath', { value: '' });

export const pressed = (name: string | RegExp): Promise<void> =>
	userEvent.click(screen.getByRole('button', { name }));

/** A promise, and what ends it. */
export function later<T>(): {
	promise: Promise<T>;
	end: (value: T) => void;
	fail: (reason: unknown) => void;
} {
	let end!: (value: T) => void;
	let fail!: (reason: unknown) => void;
	const promise = new Promise<T>((resolve, reject) => {
		end = resolve;
		fail = reject;
	});
	return { promise, end, fail };
}
