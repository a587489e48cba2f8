/** @import { Node } from './tree.mjs' */
import { textOf } from './tree.mjs';

/**
 * Lists the headings of the second and third level in the module's metadata, for the table of contents.
 * Comes after the step that gives them ids.
 */
export function rehypeHeadings() {
	/**
	 * @param {Node} tree
	 * @param {{ data: { fm?: Record<string, unknown> } }} file
	 */
	return (tree, file) => {
		if (!file.data.fm) return;
		file.data.fm.headings = (tree.children ?? [])
			.filter((node) => node.tagName === 'h2' || node.tagName === 'h3')
			.map((node) => ({
				depth: Number(node.tagName?.slice(1)),
				id: String(node.properties?.id ?? ''),
				text: textOf(node)
					.replace(/&#123;/g, '{')
					.replace(/&#125;/g, '}')
			}));
	};
}
