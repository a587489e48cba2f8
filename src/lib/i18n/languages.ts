/** The languages that the site is written in; the first is what a reader gets who asked for none of them. */
export const languages = ['en', 'zh'] as const;

export type Language = (typeof languages)[number];

/** What stands in `<html lang>` and `hreflang`. */
export const htmlLang: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };

/** Each language's own name for itself. */
export const languageName: Record<Language, string> = { en: 'English', zh: '简体中文' };

export function isLanguage(value: unknown): value is Language {
	return languages.includes(value as Language);
}

/** The other language of the pair: every page has its twin there. */
export function otherLanguage(language: Language): Language {
	return language === 'en' ? 'zh' : 'en';
}

/**
 * The first of the reader's wishes that the site can fulfil.
 * @param wishes BCP 47 tags, most wanted first (`navigator.languages`)
 */
export function preferredLanguage(wishes: readonly string[]): Language {
	for (const wish of wishes) {
		const primary = wish.toLowerCase().split('-')[0];
		if (isLanguage(primary)) return primary;
	}
	return languages[0];
}
