/** The keyboard of a Lab: works wherever the focus is within it, text fields excepted. */
import type { LabState } from './lab-state.svelte';

/** Whether a key is text, or a choice, for the element that has the focus. */
function isTaken(target: EventTarget | null, key: string): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('textarea, select, [contenteditable]')) return true;
	const input = target.closest('input');
	if (input && !['checkbox', 'range', 'button'].includes(input.type)) return true;
	// Space presses a button, ticks a box and opens a summary.
	return key === ' ' && target.closest('button, input[type=checkbox], summary, a') !== null;
}

/** Does what a key asks for; says whether it did. */
export function pressKey(lab: LabState, event: KeyboardEvent): boolean {
	if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false;
	if (event.shiftKey || isTaken(event.target, event.key)) return false;
	switch (event.key) {
		case 'ArrowRight':
			lab.forward();
			return true;
		case 'ArrowLeft':
			lab.back();
			return true;
		case 'Home':
			lab.goTo(0);
			return true;
		case 'End':
			lab.goTo(lab.limit);
			return true;
		case 'PageDown':
			lab.nextPacket();
			return true;
		case 'PageUp':
			lab.previousPacket();
			return true;
		case ' ':
			lab.togglePlay();
			return true;
		default:
			return false;
	}
}
