/** What is said about taking a Lab along. */
import type { Language } from '$lib/i18n';
import { wordsIn } from '../words/shelf.svelte';

export type ShareWords = typeof import('./words-en').en;

/** By language, of those that have been fetched. */
export const shareWords: Readonly<Record<Language, ShareWords>> = {
	get en() {
		return wordsIn('en').share;
	},
	get zh() {
		return wordsIn('zh').share;
	}
};
