import type { Language } from '$lib/i18n/languages';
import { fillFacts } from './build/expand';
import { glossaryOf, type Term } from './glossary';
import { library } from './library.server';
import { lessonOrder } from './plan';
import { plan } from './plan.server';

const all = glossaryOf(
	import.meta.glob<string>('/content/*/glossary/*.md', {
		eager: true,
		query: '?raw',
		import: 'default'
	}),
	lessonOrder(plan),
	(text) => fillFacts(text, library)
);

/** All terms in one language, in that language's order. */
export function glossary(language: Language): Term[] {
	return all[language];
}
