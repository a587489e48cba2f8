import { error } from '@sveltejs/kit';
import { exercises } from '$lib/exercises/site/catalogue.server';
import { languages } from '$lib/i18n';

export const entries = () =>
	languages.flatMap((lang) => exercises.map(({ slug }) => ({ lang, slug })));

export function load({ params }) {
	const exercise = exercises.find(({ slug }) => slug === params.slug);
	if (!exercise) error(404, 'no such exercise');
	return { exercise };
}
