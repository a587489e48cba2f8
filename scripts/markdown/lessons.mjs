import { tsImport } from 'tsx/esm/api';

/** @type {Promise<typeof import('./site')> | undefined} */
let loading;

/** A lesson or a page of the reference: its place, language, kind and slug. */
export const pageFile = /(content\/(\w+)\/(lessons|reference)\/([^/]+)\.md)$/;

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
		const [, place, language, kind, slug] = pageFile.exec(filename) ?? [];
		if (!place) return;
		const { prepareLesson, preparePage, projectSite } = await load();
		const prepare = kind === 'lessons' ? prepareLesson : preparePage;
		const { text, faults } = prepare(content, `${language}/${slug}`, projectSite());
		if (faults.length > 0)
			throw new Error(faults.map(({ line, message }) => `${place}:${line}: ${message}`).join('\n'));
		return { code: text };
	}
};
