import { useLanguage } from './context';
import { en } from './en';
import type { Language } from './languages';
import { zh } from './zh';

export { provideLanguage, useLanguage } from './context';
export {
	htmlLang,
	isLanguage,
	languageName,
	languages,
	otherLanguage,
	preferredLanguage,
	type Language
} from './languages';

/** The words of the site, without those of the lessons and of the Lab. The English file says which there are. */
export type Dictionary = typeof en;

const dictionaries: Record<Language, Dictionary> = { en, zh };

/** The site's words in one language. */
export function words(language: Language): Dictionary {
	return dictionaries[language];
}

/** The site's words in the page's language, as a getter; call it while the component is set up. */
export function useWords(): () => Dictionary {
	const language = useLanguage();
	return () => words(language());
}
