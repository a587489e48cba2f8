/** The words of the ladder: they are loaded with it and not before. */
import type { Language } from '$lib/i18n';
import { en } from './ladder-en';
import type { LadderWords } from './ladder-en';
import { zh } from './ladder-zh';

const all: Readonly<Record<Language, LadderWords>> = { en, zh };

export function ladderWords(language: Language): LadderWords {
	return all[language];
}

export type { LadderWords };
