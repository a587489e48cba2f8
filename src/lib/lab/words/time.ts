/** Words of going through time and of branches. */
import type { Language } from '$lib/i18n';
import type { Branch } from '$lib/timeline/branches';
import { wordsIn } from './shelf.svelte';

export type Unit = 'packet' | 'hook' | 'change';

export interface TimeWords {
	/** Jumps, branches, shortcuts: a group of buttons. */
	readonly tools: string;
	readonly unit: Readonly<Record<Unit, string>>;
	readonly next: Readonly<Record<Unit, string>>;
	readonly previous: Readonly<Record<Unit, string>>;
	readonly tryOut: string;
	readonly shortcuts: string;
	readonly branch: string;
	readonly forget: string;
	/** A branch in a list. */
	branchName(branch: Branch): string;
	readonly unloaded: string;
}

/** The words in a language, which have been fetched. */
export function timeWords(language: Language): TimeWords {
	return wordsIn(language).time;
}
