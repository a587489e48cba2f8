/**
 * The Lab as pages of text fetch it. A module of its own, because SvelteKit links the styles of a first picture by the
 * module that a page names, and bundlers put Lab.svelte itself wherever it serves them.
 */
import Lab from './Lab.svelte';

export const pageLab = { Lab };
