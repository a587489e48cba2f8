import type { Handle } from '@sveltejs/kit';
import { htmlLang, isLanguage, languages } from '$lib/i18n';

/** Writes the page's language into `<html lang>`, and lets its text come before its scripts on a slow line. */
export const handle: Handle = ({ event, resolve }) => {
	const { lang } = event.params;
	const language = isLanguage(lang) ? lang : languages[0];
	return resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%lang%', htmlLang[language])
				.replaceAll(' rel="modulepreload"', ' rel="modulepreload" fetchpriority="low"')
	});
};
