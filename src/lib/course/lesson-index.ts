import * as v from 'valibot';
import { parse } from 'yaml';
import { languages, type Language } from '$lib/i18n/languages';
import { frontmatterSchema, type Frontmatter, type Lesson } from './lesson';

/**
 * The course, from the lessons' Markdown: in each language the same lessons, each after those that it builds on.
 * @param files path (`…/<language>/lessons/<slug>.md`) to text
 * @throws Error that lists all that is wrong: a field that is missing, a lesson without its twin, a lesson that builds
 *   on one that does not exist
 */
export function courseOf(files: Record<string, string>): Record<Language, Lesson[]> {
	const wrong: string[] = [];
	const found = new Map<string, Partial<Record<Language, Frontmatter>>>();
	for (const [path, text] of Object.entries(files)) {
		const [, language, slug] = /([^/]+)\/lessons\/([^/]+)\.md$/.exec(path) ?? [];
		if (!slug || !languages.some((known) => known === language)) {
			wrong.push(`${path}: not at <language>/lessons/<slug>.md`);
			continue;
		}
		try {
			const twins = found.get(slug) ?? {};
			found.set(slug, { ...twins, [language as Language]: frontmatterOf(text) });
		} catch (error) {
			wrong.push(`${path}: ${(error as Error).message}`);
		}
	}
	// What is said of lessons that could not be read would only repeat the error.
	if (wrong.length === 0) wrong.push(...mismatches(found));
	if (wrong.length > 0) throw new Error(`lessons:\n${wrong.join('\n')}`);

	const order = inOrder(found);
	const course = {} as Record<Language, Lesson[]>;
	for (const language of languages)
		course[language] = order.map((slug, index) => ({
			...found.get(slug)![language]!,
			slug,
			number: index + 1
		}));
	return course;
}

/**
 * The frontmatter of one lesson, checked.
 * @throws Error `FIELD: WHAT`
 */
export function frontmatterOf(text: string): Frontmatter {
	const yaml = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text)?.[1];
	if (yaml === undefined) throw new Error('has no frontmatter');
	const result = v.safeParse(frontmatterSchema, parse(yaml));
	if (result.success) return result.output;
	throw new Error(
		result.issues
			.map((issue) => `${v.getDotPath(issue) ?? 'frontmatter'}: ${issue.message}`)
			.join('; ')
	);
}

function mismatches(found: Map<string, Partial<Record<Language, Frontmatter>>>): string[] {
	const wrong: string[] = [];
	for (const [slug, twins] of found) {
		for (const language of languages) {
			const lesson = twins[language];
			if (!lesson) wrong.push(`${language}/lessons/${slug}.md: is missing, its twin is there`);
			for (const earlier of lesson?.buildsOn ?? [])
				if (!found.has(earlier))
					wrong.push(`${language}/lessons/${slug}.md: buildsOn: no lesson ${earlier}`);
		}
		const lists = languages.flatMap((language) => twins[language]?.buildsOn.join(' ') ?? []);
		if (new Set(lists).size > 1) wrong.push(`${slug}: buildsOn: not the same in all languages`);
	}
	return wrong;
}

/** Slugs, each after those that it builds on, otherwise by the alphabet. */
function inOrder(found: Map<string, Partial<Record<Language, Frontmatter>>>): string[] {
	const order: string[] = [];
	const open = new Set([...found.keys()].sort());
	while (open.size > 0) {
		const next = [...open].find((slug) =>
			found.get(slug)![languages[0]]!.buildsOn.every((earlier) => order.includes(earlier))
		);
		if (!next) throw new Error(`lessons:\nbuildsOn goes in a circle: ${[...open].join(', ')}`);
		order.push(next);
		open.delete(next);
	}
	return order;
}
