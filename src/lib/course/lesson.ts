import * as v from 'valibot';

/** A name in addresses and files: small letters, digits and single hyphens. */
export const slug = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug: small letters, digits and single hyphens')
);
const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

/** What a lesson's frontmatter has to say; nothing else may stand there. */
export const frontmatterSchema = v.strictObject({
	/** The lesson's name, without markup. */
	title: text,
	/** One sentence for the list of lessons. */
	summary: text,
	/** The wrong belief that the lesson is written against, in one sentence. */
	misconception: text,
	/** Reading and stepping time, in whole minutes. */
	minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(120)),
	/** Slugs of the lessons that come before this one. */
	buildsOn: v.array(slug),
	/** The terms that the lesson explains: ids of the glossary. */
	terms: v.array(slug)
});

export type Frontmatter = v.InferOutput<typeof frontmatterSchema>;

/** A heading of a lesson, for its table of contents. `depth` is 2 or 3. */
export interface Heading {
	depth: number;
	id: string;
	text: string;
}

/** What a lesson's Markdown module exports as `metadata`. */
export type LessonModuleMetadata = Frontmatter & { headings: Heading[] };

/** One lesson in one language, as lists and frames need it. */
export interface Lesson extends Frontmatter {
	slug: string;
	/** Its place in the course as planned, from 1. */
	number: number;
	/** The part of the course that it stands in, by id. */
	part: string;
}
