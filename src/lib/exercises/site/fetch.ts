/** Exercises as pages fetch them, one by one: the site's own files, which its build has checked. */
import type { Template } from '../format/make';
import { templateOf } from '../format/make';

type Json = Readonly<Record<string, unknown>>;

const files = import.meta.glob<Json>('/content/exercises/*.json', { import: 'default' });
const scenarios = import.meta.glob<Json>('/content/scenarios/*.json', { import: 'default' });

/** Whether there is such an exercise. */
export const isThere = (slug: string): boolean =>
	Object.hasOwn(files, `/content/exercises/${slug}.json`);

/** Fetch an exercise; `null` where there is none. */
export async function fetchTemplate(slug: string): Promise<Template | null> {
	if (!isThere(slug)) return null;
	const file = await files[`/content/exercises/${slug}.json`]!();
	const { scenario } = file;
	if (typeof scenario !== 'string') return templateOf(file, scenario);
	return templateOf(file, await scenarios[`/content/scenarios/${scenario}.json`]!());
}
