/** The reference: `content/<language>/reference/<slug>.md`, in the order of the plan. */
import * as v from 'valibot';
import { languages, type Language } from '../i18n/languages';
import { checkFrontmatter, splitFrontmatter } from './frontmatter';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

const pageSchema = v.strictObject({
	title: text,
	/** One sentence for the list of pages. */
	summary: text
});

export interface ReferencePage extends v.InferOutput<typeof pageSchema> {
	slug: string;
}

/**
 * The pages by language.
 * @param files path to text
 * @param order the slugs that there are to be, in order
 * @throws Error that lists all that is wrong
 */
export function referenceOf(
	files: Record<string, string>,
	order: readonly string[]
): Record<Language, ReferencePage[]> {
	const wrong: string[] = [];
	const found = { en: new Map(), zh: new Map() } as Record<Language, Map<string, ReferencePage>>;
	for (const [path, source] of Object.entries(files)) {
		const [, language, slug] = /([^/]+)\/reference\/([^/]+)\.md$/.exec(path) ?? [];
		if (!slug || !languages.some((known) => known === language) || !order.includes(slug)) {
			wrong.push(`${path}: not a page that course.json lists`);
			continue;
		}
		try {
			const page = checkFrontmatter(pageSchema, splitFrontmatter(source).data);
			found[language as Language].set(slug, { ...page, slug });
		} catch (error) {
			wrong.push(`${path}: ${(error as Error).message}`);
		}
	}
	for (const language of languages)
		for (const slug of order)
			if (!found[language].has(slug)) wrong.push(`${language}/reference/${slug}.md: is missing`);
	if (wrong.length > 0) throw new Error(`reference:\n${wrong.join('\n')}`);
	const pages = (language: Language) => order.map((slug) => found[language].get(slug)!);
	return { en: pages('en'), zh: pages('zh') };
}
