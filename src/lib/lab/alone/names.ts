/** Views that can stand alone in a lesson: those of a Lab, and what one steps with. */
import type { Component } from 'svelte';
import type { ViewName } from '../views/names';

export type AloneName = ViewName | 'stepper';

/** Where each of them comes from. */
export const VIEWS: Readonly<Record<AloneName, () => Promise<{ default: Component }>>> = {
	network: () => import('../views/Network.svelte'),
	path: () => import('../views/HookPath.svelte'),
	packet: () => import('../views/PacketView.svelte'),
	table: () => import('../views/TableView.svelte'),
	ladder: () => import('../views/Ladder.svelte'),
	tcp: () => import('../views/Tcp.svelte'),
	rules: () => import('./EditableRules.svelte'),
	transcript: () => import('../views/Transcript.svelte'),
	stepper: () => import('./Steps.svelte')
};
