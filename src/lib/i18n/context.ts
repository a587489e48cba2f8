import { getContext, setContext } from 'svelte';
import { languages, type Language } from './languages';

const key = Symbol('language');

/** Says, for all components below this one, which language they speak. Takes a getter, so that a change is seen. */
export function provideLanguage(language: () => Language): void {
	setContext(key, language);
}

/** The language of the page this component stands in, as a getter; call it while the component is set up. */
export function useLanguage(): () => Language {
	return getContext<(() => Language) | undefined>(key) ?? (() => languages[0]);
}
