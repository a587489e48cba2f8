import type { Language } from '$lib/i18n/languages';
import { plan } from './plan.server';
import { referenceOf, type ReferencePage } from './reference';

const all = referenceOf(
	import.meta.glob<string>('/content/*/reference/*.md', {
		eager: true,
		query: '?raw',
		import: 'default'
	}),
	plan.reference
);

/** The pages of the reference in one language, in order. */
export function reference(language: Language): ReferencePage[] {
	return all[language];
}
