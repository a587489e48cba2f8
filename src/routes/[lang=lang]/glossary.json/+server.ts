import { json } from '@sveltejs/kit';
import { glossary } from '$lib/course/glossary.server';
import { isLanguage, languages } from '$lib/i18n';

export const prerender = true;

export const entries = () => languages.map((lang) => ({ lang }));

/** The glossary, for terms that are opened where they are said. */
export function GET({ params }) {
	return json(glossary(isLanguage(params.lang) ? params.lang : languages[0]));
}
