import { error } from '@sveltejs/kit';
import { makeExercise } from '$lib/exercises/format/make';
import { fetchTemplate } from '$lib/exercises/site/fetch';

export async function load({ params, data }) {
	const template = await fetchTemplate(params.slug);
	if (!template) error(404, 'no such exercise');
	return { ...data, task: makeExercise(template, null) };
}
