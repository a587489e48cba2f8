/** The glossary: `content/<language>/glossary/<id>.md`, one term a file, each with its twin. */
import * as v from 'valibot';
import { languages, type Language } from '../i18n/languages';
import { checkFrontmatter, splitFrontmatter } from './frontmatter';
import { slug } from './lesson';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

const termSchema = v.strictObject({
	/** The term itself, without markup. */
	term: text,
	/** Other forms of the word by which prose may say it: plurals, abbreviations, other names. */
	also: v.optional(v.array(text), []),
	/** Words that contain one of these and mean something else: 链路 is no 链. */
	not: v.optional(v.array(text), []),
	/** Slug of the lesson that explains it. */
	lesson: slug,
	/** Ids of terms that belong to it. */
	see: v.optional(v.array(slug), [])
});

export interface Term extends v.InferOutput<typeof termSchema> {
	id: string;
	/** One or two sentences, in which `backticks` make code. */
	definition: string;
}

/** Turns the text of a definition before it is kept: facts are filled in by the build. */
export type Fill = (text: string, path: string) => string;

/**
 * The glossary, by language, sorted as a dictionary of that language is.
 * @param files path (`…/<language>/glossary/<id>.md`) to text
 * @param lessons slugs that a term may name
 * @throws Error that lists all that is wrong
 */
export function glossaryOf(
	files: Record<string, string>,
	lessons: readonly string[],
	fill: Fill = (text) => text
): Record<Language, Term[]> {
	const wrong: string[] = [];
	const found = { en: new Map(), zh: new Map() } as Record<Language, Map<string, Term>>;
	for (const [path, text] of Object.entries(files)) {
		const [, language, id] = /([^/]+)\/glossary\/([^/]+)\.md$/.exec(path) ?? [];
		if (!id || !languages.some((known) => known === language)) {
			wrong.push(`${path}: not at <language>/glossary/<id>.md`);
			continue;
		}
		try {
			const { data, body } = splitFrontmatter(text);
			const definition = fill(body, path).trim();
			if (definition === '') throw new Error('says nothing');
			const term = { ...checkFrontmatter(termSchema, data), id, definition };
			if (!lessons.includes(term.lesson)) wrong.push(`${path}: lesson: no lesson ${term.lesson}`);
			found[language as Language].set(id, term);
		} catch (error) {
			wrong.push(`${path}: ${(error as Error).message}`);
		}
	}
	for (const language of languages)
		for (const [id, term] of found[language]) {
			const file = `${language}/glossary/${id}.md`;
			for (const other of languages)
				if (!found[other].has(id))
					wrong.push(`${other}/glossary/${id}.md: is missing, its twin is there`);
			for (const see of term.see)
				if (!found[language].has(see)) wrong.push(`${file}: see: no term ${see}`);
		}
	for (const language of languages)
		wrong.push(...saidTwice(language, [...found[language].values()]));
	if (wrong.length > 0) throw new Error(`glossary:\n${wrong.join('\n')}`);
	const sorted = (language: Language) => {
		const { compare } = new Intl.Collator(language === 'zh' ? 'zh-Hans-u-co-pinyin' : 'en');
		return [...found[language].values()].sort((a, b) => compare(a.term, b.term));
	};
	return { en: sorted('en'), zh: sorted('zh') };
}

/** A word that stands for two terms could not be marked in prose. */
function saidTwice(language: Language, terms: readonly Term[]): string[] {
	const owner = new Map<string, string>();
	const wrong: string[] = [];
	for (const { id, term, also } of terms)
		for (const word of new Set([term, ...also])) {
			const other = owner.get(word);
			if (other) wrong.push(`${language}/glossary/${id}.md: "${word}" is said of ${other} too`);
			owner.set(word, id);
		}
	return wrong;
}
