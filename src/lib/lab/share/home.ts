import { getContext, setContext } from 'svelte';
import type { LabState } from '../lab-state.svelte';

/**
 * What page a Lab is on. In a lesson a link can name the page's Lab; on the page for scenarios of one's own it has to
 * carry the scenario, and that page wants to know what becomes of it: `watch` is called again when something that it
 * looked at has changed.
 */
export type LabHome =
	{ readonly kind: 'lesson' } | { readonly kind: 'page'; readonly watch: (lab: LabState) => void };

const key = Symbol('lab home');

export function provideLabHome(home: LabHome): void {
	setContext(key, home);
}

/** Call while setting up. */
export function labHome(): LabHome {
	return getContext<LabHome | undefined>(key) ?? { kind: 'lesson' };
}
