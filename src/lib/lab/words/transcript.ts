/** The words of the transcript: they are loaded with it and not before. */
import type { Language } from '$lib/i18n';
import { en } from './transcript-en';
import type { TranscriptWords } from './transcript-en';
import { zh } from './transcript-zh';

const all: Readonly<Record<Language, TranscriptWords>> = { en, zh };

export function transcriptWords(language: Language): TranscriptWords {
	return all[language];
}

export type { TranscriptWords };
