import { findables } from '$lib/course/search/documents.server';
import { makeIndex } from '$lib/course/search/engine';
import { isLanguage, languages } from '$lib/i18n';

export const prerender = true;

export const entries = () => languages.map((lang) => ({ lang }));

/** The search's index, fetched when somebody searches. */
export function GET({ params }) {
	const index = makeIndex(findables(isLanguage(params.lang) ? params.lang : languages[0]));
	return new Response(JSON.stringify(index), { headers: { 'content-type': 'application/json' } });
}
