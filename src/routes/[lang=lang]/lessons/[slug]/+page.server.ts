import { error } from '@sveltejs/kit';
import { glossary } from '$lib/course/glossary.server';
import { lessons } from '$lib/course/lessons.server';
import { languages } from '$lib/i18n';

export const entries = () =>
	languages.flatMap((lang) => lessons(lang).map(({ slug }) => ({ lang, slug })));

export async function load({ params, parent }) {
	const { lessons: all, language } = await parent();
	const index = all.findIndex(({ slug }) => slug === params.slug);
	const lesson = all[index];
	if (!lesson) error(404, 'no such lesson');
	const terms = glossary(language).filter(({ id }) => lesson.terms.includes(id));
	return { lesson, terms, previous: all[index - 1], next: all[index + 1] };
}
