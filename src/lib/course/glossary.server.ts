import type { Language } from '$lib/i18n/languages';
import { glossaryOf, type Term } from './glossary';
import { lessonOrder } from './plan';
import { plan } from './plan.server';

const all = glossaryOf(
	import.meta.glob<string>('/content/*/glossary/*.md', {
		eager: true,
		query: '?raw',
		import: 'default'
	}),
	lessonOrder(plan)
);

/** All terms in one language, in that language's order. */
export function glossary(language: Language): Term[] {
	return all[language];
}
