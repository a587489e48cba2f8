import type { Handle } from '@sveltejs/kit';
import { htmlLang, isLanguage, languages } from '$lib/i18n';

/** The script that SvelteKit writes into each page to start it. */
const START = /<script>(?=\s*\{\s*__sveltekit_)/;

/** Writes the page's language into `<html lang>`, and lets its text stand before its scripts are fetched (`app.html`). */
export const handle: Handle = ({ event, resolve }) => {
	const { lang } = event.params;
	const language = isLanguage(lang) ? lang : languages[0];
	return resolve(event, {
		transformPageChunk: ({ html }) => {
			const page = html.replace('%lang%', htmlLang[language]);
			if (!START.test(page)) return page;
			return page
				.replaceAll(' rel="modulepreload"', ' rel="later"')
				.replace(START, '<script type="later">');
		}
	});
};
