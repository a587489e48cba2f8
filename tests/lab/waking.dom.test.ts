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

test('a slider that was drawn and a switch that was turned are set again', async () => {
	document.body.innerHTML = `<div><input type="range" min="0" max="9" value="0" /><input type="checkbox" checked /></div>`;
	const box = document.body.firstElementChild as HTMLElement;
	const [slider, lamp] = box.children as unknown as [HTMLInputElement, HTMLInputElement];
	const heard: string[] = [];
	let letIn = (): void => undefined;
	const waking = new Waking(async () => {
		await new Promise<void>((resolve) => (letIn = resolve));
		// Coming alive shows what it holds.
		slider.value = '0';
		lamp.checked = true;
		slider.addEventListener('input', () => heard.push(`slider ${slider.value}`));
		lamp.addEventListener('change', () => heard.push(`lamp ${lamp.checked}`));
		return {};
	});
	waking.wait(box, '0px', async () => undefined);
	for (const value of ['4', '7']) {
		slider.value = value;
		slider.dispatchEvent(new Event('input', { bubbles: true }));
	}
	await userEvent.click(lamp);
	expect(heard).toEqual([]);
	letIn();
	await expect.poll(() => heard).toEqual(['slider 4', 'slider 7', 'lamp false']);
	expect(lamp.checked).toBe(false);
	expect(slider.value).toBe('7');
});

test('a choice in a list is made again', async () => {
	document.body.innerHTML = `<div><select><option>client</option><option>gateway</option></select></div>`;
	const box = document.body.firstElementChild as HTMLElement;
	const select = box.querySelector('select')!;
	const heard: string[] = [];
	let letIn = (): void => undefined;
	const waking = new Waking(async () => {
		await new Promise<void>((resolve) => (letIn = resolve));
		// Coming alive shows what it holds.
		select.value = 'client';
		select.addEventListener('change', () => heard.push(select.value));
		return {};
	});
	waking.wait(box, '0px', async () => undefined);
	await userEvent.selectOptions(select, 'gateway');
	expect(heard).toEqual([]);
	letIn();
	await expect.poll(() => heard).toEqual(['gateway']);
	expect(select).toHaveValue('gateway');
});
