import type { Language } from '$lib/i18n';
import { useLanguage } from '$lib/i18n';
import { circleEn } from './circle-en';
import { circleZh } from './circle-zh';

const dictionaries: Record<Language, typeof circleEn> = { en: circleEn, zh: circleZh };

export const circleWords = (language: Language): typeof circleEn => dictionaries[language];

/** Words of the teachers' and students' pages, as a getter; call it while the component is set up. */
export function useCircleWords(): () => typeof circleEn {
	const language = useLanguage();
	return () => circleWords(language());
}
