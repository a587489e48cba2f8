/** What is done to a Lab that is still asleep is done as soon as it can answer, in its order, and nothing else is. */
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Waking } from '$lib/lab/waking.svelte';

/** A drawn picture with two buttons and a slider between them, asleep until it is let in. */
function asleep() {
	document.body.innerHTML = `<div><button>back</button><span tabindex="0" role="slider"></span><button>forward</button></div>`;
	const box = document.body.firstElementChild as HTMLElement;
	const [back, slider, forward] = box.children as unknown as [
		HTMLElement,
		HTMLElement,
		HTMLElement
	];
	const heard: string[] = [];
	let letIn = (): void => undefined;
	const waking = new Waking(async () => {
		await new Promise<void>((resolve) => (letIn = resolve));
		for (const button of [back, forward])
			button.addEventListener('click', () => heard.push(button.textContent));
		box.addEventListener('keydown', ({ key, shiftKey }) =>
			heard.push(shiftKey ? `Shift ${key}` : key)
		);
		return {};
	});
	waking.wait(box, '0px', async () => undefined);
	const awake = async () => {
		letIn();
		await expect.poll(() => box.dataset.awake).toBe('');
		await new Promise((resolve) => setTimeout(resolve));
	};
	return { back, slider, forward, heard, awake };
}

test('keys and clicks are kept in their order', async () => {
	const { slider, forward, back, heard, awake } = asleep();
	slider.focus();
	await userEvent.keyboard('{End}{Shift>}{PageUp}{/Shift}');
	await userEvent.click(forward);
	await userEvent.click(back);
	expect(heard).toEqual([]);
	await awake();
	expect(heard.filter((one) => one !== 'Shift Shift')).toEqual([
		'End',
		'Shift PageUp',
		'forward',
		'back'
	]);
	// What comes afterwards is not for it to do.
	await userEvent.click(forward);
	expect(heard.at(-2)).toBe('back');
	expect(heard.at(-1)).toBe('forward');
});

test('a button that only got the focus is not pressed', async () => {
	const { heard, awake } = asleep();
	await userEvent.tab();
	await awake();
	expect(document.activeElement?.textContent).toBe('back');
	expect(heard).not.toContain('back');
});

test('Enter on a button presses it once', async () => {
	const { forward, heard, awake } = asleep();
	forward.focus();
	await userEvent.keyboard('{Enter}');
	await awake();
	expect(heard.filter((one) => one === 'forward')).toHaveLength(1);
});
