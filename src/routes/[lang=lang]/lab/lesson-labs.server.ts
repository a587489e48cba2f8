/** Which Labs the lessons have, read out of their Markdown when the site is built. */
import type { Lesson } from '$lib/course/lesson';

const sources = import.meta.glob<string>('/content/*/lessons/*.md', {
	eager: true,
	query: '?raw',
	import: 'default'
});

export interface LessonLabs {
	readonly title: string;
	readonly labs: readonly {
		readonly title: string;
		/** Name of its file below `content/scenarios/`, without ending. */
		readonly file: string;
	}[];
}

/** The Labs of one lesson's Markdown: what it imports as a scenario, by the title that its `<Lab>` has. */
function labsOf(source: string): LessonLabs['labs'] {
	const files = new Map(
		[...source.matchAll(/^\s*import (\w+) from '\$content\/scenarios\/([\w-]+)\.json'/gm)].map(
			([, name, file]) => [name!, file!]
		)
	);
	return [...source.matchAll(/^<Lab\s([^>]*)>/gm)].flatMap(([, attributes = '']) => {
		const file = files.get(/\bscenario=\{(\w+)\}/.exec(attributes)?.[1] ?? '');
		const title = /\btitle="([^"]+)"/.exec(attributes)?.[1];
		return file && title ? [{ file, title }] : [];
	});
}

export function lessonLabs(language: string, lessons: readonly Lesson[]): LessonLabs[] {
	return lessons.flatMap(({ slug, title }) => {
		const labs = labsOf(sources[`/content/${language}/lessons/${slug}.md`] ?? '');
		return labs.length > 0 ? [{ title, labs }] : [];
	});
}
