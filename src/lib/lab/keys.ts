/** The keyboard of a Lab: works wherever the focus is within it, text fields excepted. */
import type { LabState } from './lab-state.svelte';
import { letters } from './letters.svelte';

export type Action =
	| 'forward'
	| 'back'
	| 'first'
	| 'last'
	| 'nextPacket'
	| 'previousPacket'
	| 'nextHook'
	| 'previousHook'
	| 'nextChange'
	| 'previousChange'
	| 'play'
	| 'faster'
	| 'slower'
	| 'tryOut'
	| 'shortcuts';

export interface Shortcut {
	readonly action: Action;
	/** As `KeyboardEvent.key` has it; letters small. */
	readonly key: string;
	readonly shift?: boolean;
}

/** In the order in which they are listed. */
export const SHORTCUTS: readonly Shortcut[] = [
	{ action: 'forward', key: 'ArrowRight' },
	{ action: 'back', key: 'ArrowLeft' },
	{ action: 'first', key: 'Home' },
	{ action: 'last', key: 'End' },
	{ action: 'nextPacket', key: 'PageDown' },
	{ action: 'nextPacket', key: 'p' },
	{ action: 'previousPacket', key: 'PageUp' },
	{ action: 'previousPacket', key: 'p', shift: true },
	{ action: 'nextHook', key: 'h' },
	{ action: 'previousHook', key: 'h', shift: true },
	{ action: 'nextChange', key: 't' },
	{ action: 'previousChange', key: 't', shift: true },
	{ action: 'play', key: ' ' },
	{ action: 'faster', key: '+' },
	{ action: 'slower', key: '-' },
	{ action: 'tryOut', key: 'w' },
	{ action: 'shortcuts', key: '?' }
];

/** Whether a key is a single character that speech or a slip could type. */
export function isCharacter(key: string): boolean {
	return key.length === 1 && key !== ' ';
}

const isLetter = (key: string): boolean => /^[a-z]$/.test(key);

/** Whether a key is text, or a choice, for the element that has the focus. */
function isTaken(target: EventTarget | null, key: string): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('textarea, select, dialog, [contenteditable]')) return true;
	const input = target.closest('input');
	if (input && !['checkbox', 'range', 'button'].includes(input.type)) return true;
	// Space presses a button, ticks a box and opens a summary.
	return key === ' ' && target.closest('button, input[type=checkbox], summary, a') !== null;
}

/** Those that are more than a call of the method of their name. */
const ACTIONS = {
	first: (lab: LabState) => lab.goTo(0),
	last: (lab: LabState) => lab.goTo(lab.limit),
	play: (lab: LabState) => lab.togglePlay(),
	tryOut: (lab: LabState) => lab.openDialog('what-if'),
	shortcuts: (lab: LabState) => lab.openDialog('shortcuts')
};

/** What a key press asks for; `null` when it is none of ours. */
function actionOf(event: KeyboardEvent): Action | null {
	if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return null;
	const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
	if (isTaken(event.target, key)) return null;
	if (isCharacter(key) && !letters.on) return null;
	const found = SHORTCUTS.find(
		(one) =>
			one.key === key &&
			// Where a sign is on the keyboard, with Shift or without, is the keyboard's affair.
			((isCharacter(key) && !isLetter(key)) || (one.shift ?? false) === event.shiftKey)
	);
	return found?.action ?? null;
}

/** Does what a key asks for; says whether it did. */
export function pressKey(lab: LabState, event: KeyboardEvent): boolean {
	const action = actionOf(event);
	if (!action) return false;
	if (action in ACTIONS) ACTIONS[action as keyof typeof ACTIONS](lab);
	else lab[action as Exclude<Action, keyof typeof ACTIONS>]();
	return true;
}
