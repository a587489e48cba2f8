import { lessons } from '$lib/course/lessons.server';
import { plan } from '$lib/course/plan.server';
import { isLanguage, languages } from '$lib/i18n';

export function load({ params }) {
	// The route's matcher lets nothing else through.
	const language = isLanguage(params.lang) ? params.lang : languages[0];
	return { language, lessons: lessons(language), parts: plan.parts };
}
