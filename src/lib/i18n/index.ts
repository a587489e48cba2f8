import { useLanguage } from './context';
import { languages, type Language } from './languages';

export { both } from './both';
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
export type Dictionary = typeof import('./en').en;

const fetching: Readonly<Record<Language, () => Promise<Dictionary>>> = {
	en: async () => (await import('./en')).en,
	zh: async () => (await import('./zh')).zh
};
const dictionaries: Partial<Record<Language, Dictionary>> = {};

/** Fetches the site's words in one language, once. A page does it for its own before it is shown. */
export async function fetchDictionary(language: Language): Promise<void> {
	dictionaries[language] ??= await fetching[language]();
}

// Pages are made with all of them when the site is built, and so are tests. A browser waits for nothing here.
if (import.meta.env.SSR || import.meta.env.MODE === 'test')
	await Promise.all(languages.map(fetchDictionary));

/** The site's words in one language, which have been fetched. */
export function words(language: Language): Dictionary {
	const dictionary = dictionaries[language];
	if (!dictionary) throw new Error(`the words (${language}) have not been fetched`);
	return dictionary;
}

/** The site's words in the page's language, as a getter; call it while the component is set up. */
export function useWords(): () => Dictionary {
	const language = useLanguage();
	return () => words(language());
}
