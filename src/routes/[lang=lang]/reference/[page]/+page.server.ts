import { error } from '@sveltejs/kit';
import { reference } from '$lib/course/reference.server';
import { languages } from '$lib/i18n';

export const entries = () =>
	languages.flatMap((lang) => reference(lang).map(({ slug }) => ({ lang, page: slug })));

export async function load({ params, parent }) {
	const { language } = await parent();
	const page = reference(language).find(({ slug }) => slug === params.page);
	if (!page) error(404, 'no such page');
	return { page };
}
