/** @import { Node } from './tree.mjs' */
import { pageFile } from './lessons.mjs';

const leftAlone = /^(code|pre|script|style)$/;
const inline = /^(a|abbr|b|em|i|kbd|span|strong|sub|sup)$/;

/**
 * Quotation marks and apostrophes of English prose, as they are printed. Done here and not by mdsvex, which would turn
 * the dashes of options as well.
 */
export function rehypeQuotes() {
	/**
	 * @param {Node} tree
	 * @param {{ filename?: string }} file
	 */
	return (tree, file) => {
		if (pageFile.exec(file.filename ?? '')?.[2] === 'en') turn(tree, ' ');
	};
}

/**
 * @param {Node} node
 * @param {string} before the character in front of it
 * @returns {string} its last character
 */
function turn(node, before) {
	for (const child of node.children ?? []) {
		if (child.type === 'text') {
			child.value = printed(child.value ?? '', before);
			before = child.value.at(-1) ?? before;
		} else if (leftAlone.test(child.tagName ?? '')) before = 'x';
		else if (child.type !== 'element') before = 'x';
		else if (inline.test(child.tagName ?? '')) before = turn(child, before);
		else turn(child, ' ');
	}
	return before;
}

/**
 * @param {string} text
 * @param {string} before the character in front of it
 */
function printed(text, before) {
	return text.replace(/["']/g, (mark, at) => {
		const opens = /[\s([“‘–—/]/.test(at === 0 ? before : text.charAt(at - 1));
		if (mark === '"') return opens ? '“' : '”';
		return opens ? '‘' : '’';
	});
}
