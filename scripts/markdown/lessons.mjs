import { tsImport } from 'tsx/esm/api';

/** @type {Promise<typeof import('./site')> | undefined} */
let loading;

export const lessonFile = /(content\/(\w+)\/lessons\/([^/]+)\.md)$/;

/** The engine and the checks are TypeScript, and are loaded when the first lesson is met. */
export function load() {
	loading ??= tsImport('./site.ts', import.meta.url);
	return loading;
}

/**
 * The first step of a lesson on its way to a page, before the Markdown compiler: its form and its blocks are checked, and
 * what the engine knows is filled in. Throws with file and line of everything that is wrong.
 * @type {import('svelte/compiler').PreprocessorGroup}
 */
export const lessons = {
	name: 'lessons',
	async markup({ content, filename = '' }) {
		const [, place, language, slug] = lessonFile.exec(filename) ?? [];
		if (!place) return;
		const { prepareLesson, projectSite } = await load();
		const { text, faults } = prepareLesson(content, `${language}/${slug}`, projectSite());
		if (faults.length > 0)
			throw new Error(faults.map(({ line, message }) => `${place}:${line}: ${message}`).join('\n'));
		return { code: text };
	}
};
