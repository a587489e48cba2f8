import type { Language } from '$lib/i18n/languages';
import { expand } from '../build/expand';
import { scan } from '../build/scan';
import { glossary } from '../glossary.server';
import { lessons } from '../lessons.server';
import { library } from '../library.server';
import { reference } from '../reference.server';
import type { Findable } from './engine';
import { plainSections, withoutMarkup } from './plain';

const texts = import.meta.glob<string>(['/content/*/lessons/*.md', '/content/*/reference/*.md'], {
	eager: true,
	query: '?raw',
	import: 'default'
});

/** Everything that the search of a language finds: sections of lessons and of the reference, and terms. */
export function findables(language: Language): Findable[] {
	const all: Omit<Findable, 'id'>[] = [];
	const page = (
		kind: 'lesson' | 'reference',
		folder: string,
		slug: string,
		title: string,
		about: string
	) => {
		const source = texts[`/content/${language}/${folder}/${slug}.md`] ?? '';
		const { text } = expand(scan(source), library, language);
		for (const section of plainSections(text))
			all.push({
				kind,
				title: withoutMarkup(title),
				section: section.heading,
				path: `${folder}/${slug}/${section.id && `#${section.id}`}`,
				about: section.id === '' ? about : '',
				text: section.text
			});
	};
	for (const { slug, title, summary } of lessons(language))
		page('lesson', 'lessons', slug, title, summary);
	for (const { slug, title, summary } of reference(language))
		page('reference', 'reference', slug, title, summary);
	for (const { id, term, also, definition } of glossary(language))
		all.push({
			kind: 'term',
			title: term,
			section: '',
			path: `glossary/#${id}`,
			about: definition.replaceAll('`', ''),
			text: also.join(' ')
		});
	return all.map((one, id) => ({ ...one, id }));
}
