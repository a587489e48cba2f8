/** Words of the packet, the table, the network and the hook path in detail. */
import type { Language } from '$lib/i18n';
import { wordsIn } from './shelf.svelte';

export type DetailWords = typeof import('./detail-en').en;

/** The words in a language, which have been fetched. */
export function detailWords(language: Language): DetailWords {
	return wordsIn(language).detail;
}
