/** Views that many pages never open: each is fetched when it is first shown. */
import type { Component } from 'svelte';
import type { ViewName } from './names';

type Load = () => Promise<{ default: Component }>;

export const LAZY = {
	ladder: () => import('./Ladder.svelte'),
	tcp: () => import('./Tcp.svelte'),
	transcript: () => import('./Transcript.svelte')
} satisfies Partial<Record<ViewName, Load>>;
