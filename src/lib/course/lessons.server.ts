import type { Language } from '$lib/i18n/languages';
import type { Lesson } from './lesson';
import { glossary } from './glossary.server';
import { courseOf } from './lesson-index';
import { plan } from './plan.server';

// Read when the site is built; a page gets only what it lists. The lessons themselves are loaded one by one.
const course = courseOf(
	import.meta.glob<string>('/content/*/lessons/*.md', {
		eager: true,
		query: '?raw',
		import: 'default'
	}),
	plan,
	glossary('en').map(({ id }) => id)
);

/** All lessons in one language, in the order of the course. */
export function lessons(language: Language): Lesson[] {
	return course[language];
}
