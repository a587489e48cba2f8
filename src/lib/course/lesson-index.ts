import { languages, type Language } from '../i18n/languages';
import { checkFrontmatter, splitFrontmatter } from './frontmatter';
import { frontmatterSchema, type Frontmatter, type Lesson } from './lesson';
import { lessonOrder, type Plan } from './plan';

type Twins = Partial<Record<Language, Frontmatter>>;

/**
 * The course, from the lessons' Markdown: in each language the same lessons, in the order of the plan. Lessons that
 * are planned and not written yet are left out.
 * @param files path (`…/<language>/lessons/<slug>.md`) to text
 * @param terms ids of the glossary; a lesson's terms are among them
 * @throws Error that lists all that is wrong: a field that is missing, a lesson without its twin, one that is not in
 *   the plan, one that builds on what comes later or not at all, a term that the glossary does not have
 */
export function courseOf(
	files: Record<string, string>,
	plan: Plan,
	terms: readonly string[]
): Record<Language, Lesson[]> {
	const wrong: string[] = [];
	const found = new Map<string, Twins>();
	const order = lessonOrder(plan);
	for (const [path, text] of Object.entries(files)) {
		const [, language, slug] = /([^/]+)\/lessons\/([^/]+)\.md$/.exec(path) ?? [];
		if (!slug || !languages.some((known) => known === language)) {
			wrong.push(`${path}: not at <language>/lessons/<slug>.md`);
			continue;
		}
		if (!order.includes(slug)) wrong.push(`${path}: the lesson is not in course.json`);
		try {
			const lesson = frontmatterOf(text);
			found.set(slug, { ...found.get(slug), [language as Language]: lesson });
			for (const term of lesson.terms)
				if (!terms.includes(term)) wrong.push(`${path}: terms: no ${term} in the glossary`);
		} catch (error) {
			wrong.push(`${path}: ${(error as Error).message}`);
		}
	}
	// What is said of lessons that could not be read would only repeat the error.
	if (wrong.length === 0) wrong.push(...mismatches(found, order));
	if (wrong.length > 0) throw new Error(`lessons:\n${wrong.join('\n')}`);

	const course = {} as Record<Language, Lesson[]>;
	for (const language of languages)
		course[language] = order.flatMap((slug, index) => {
			const lesson = found.get(slug)?.[language];
			const part = plan.parts.find(({ lessons }) => lessons.includes(slug))!.id;
			return lesson ? [{ ...lesson, slug, number: index + 1, part }] : [];
		});
	return course;
}

/**
 * The frontmatter of one lesson, checked.
 * @throws Error `FIELD: WHAT`
 */
export function frontmatterOf(text: string): Frontmatter {
	return checkFrontmatter(frontmatterSchema, splitFrontmatter(text).data);
}

function mismatches(found: Map<string, Twins>, order: readonly string[]): string[] {
	const wrong: string[] = [];
	for (const [slug, twins] of found) {
		for (const language of languages) {
			const lesson = twins[language];
			const file = `${language}/lessons/${slug}.md`;
			if (!lesson) wrong.push(`${file}: is missing, its twin is there`);
			for (const earlier of lesson?.buildsOn ?? [])
				if (!order.includes(earlier)) wrong.push(`${file}: buildsOn: no lesson ${earlier}`);
				else if (order.indexOf(earlier) >= order.indexOf(slug))
					wrong.push(`${file}: buildsOn: ${earlier} does not come before it`);
		}
		for (const field of ['buildsOn', 'terms'] as const) {
			const lists = languages.flatMap((language) => twins[language]?.[field].join(' ') ?? []);
			if (new Set(lists).size > 1) wrong.push(`${slug}: ${field}: not the same in all languages`);
		}
	}
	return wrong;
}
