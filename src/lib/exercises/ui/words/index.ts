import type { Language } from '$lib/i18n';
import { useLanguage } from '$lib/i18n';
import { en } from './en';
import { zh } from './zh';

export type ExerciseWords = typeof en;

const dictionaries: Record<Language, ExerciseWords> = { en, zh };

export const exerciseWords = (language: Language): ExerciseWords => dictionaries[language];

/** The exercises' words in the page's language, as a getter; call it while the component is set up. */
export function useExerciseWords(): () => ExerciseWords {
	const language = useLanguage();
	return () => exerciseWords(language());
}
