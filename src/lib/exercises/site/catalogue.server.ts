/** All exercises, read and checked when the site is built. Pages get what they list; the files come one by one. */
import type { Grade, Kind } from '../format/exercise';
import { readExercise } from '../format/read';
import type { Words } from '../format/words';

/** What a list of exercises shows. */
export interface Listed {
	readonly slug: string;
	readonly kind: Kind;
	readonly grade: Grade;
	readonly lesson: string | null;
	readonly title: Words;
	/** Whether it has variants: if not, all students get the same. */
	readonly varies: boolean;
}

const files = import.meta.glob<string>('/content/exercises/*.json', {
	eager: true,
	query: '?raw',
	import: 'default'
});
const scenarios = import.meta.glob<unknown>('/content/scenarios/*.json', {
	eager: true,
	import: 'default'
});

const slugOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.json'.length);

/** Exercises by grade, then by slug. @throws Error naming the file, the place and what is wrong */
function catalogue(): Listed[] {
	const listed = Object.entries(files).map(([path, source]): Listed => {
		const read = readExercise(source, (name) => scenarios[`/content/scenarios/${name}.json`]);
		if (!read.ok) {
			const { path: place, message } = read.errors[0]!;
			throw new Error(`${path}: ${place}: ${message}`);
		}
		const { kind, grade, lesson = null, title, variants } = read.template;
		const { values = {}, cases = [] } = variants;
		const varies = Object.keys(values).length > 0 || cases.length > 1;
		return { slug: slugOf(path), kind, grade, lesson, title, varies };
	});
	return listed.sort((a, b) => a.grade - b.grade || (a.slug < b.slug ? -1 : 1));
}

export const exercises: readonly Listed[] = catalogue();
