import { getContext, setContext } from 'svelte';
import type { Scenario } from '$lib/scenario/scenario';

/** What a Lab shows at this moment. */
export interface Shown {
	readonly scenario: Scenario;
	readonly stop: number;
	readonly host: string;
}

/**
 * What page a Lab is on. In a lesson a link can name the page's Lab; on the page for scenarios of one's own it has to
 * carry the scenario, and that page wants to know what becomes of it.
 */
export type LabHome =
	{ readonly kind: 'lesson' } | { readonly kind: 'page'; readonly watch: (shown: Shown) => void };

const key = Symbol('lab home');

export function provideLabHome(home: LabHome): void {
	setContext(key, home);
}

/** Call while setting up. */
export function labHome(): LabHome {
	return getContext<LabHome | undefined>(key) ?? { kind: 'lesson' };
}
