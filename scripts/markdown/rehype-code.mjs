/** @import { Node } from './tree.mjs' */

/** Longer words are broken where they must be: a narrow screen has no more room. */
const LONGEST = 28;

/** Keeps options and names in prose in one piece: without it `-f` may end a line as `-` and begin the next as `f`. */
export function rehypeCode() {
	return keepWhole;
}

/** @param {Node} node */
function keepWhole(node) {
	for (const child of node.children ?? []) {
		if (child.tagName === 'pre') continue;
		if (child.tagName === 'code') child.children = child.children?.flatMap(words);
		else keepWhole(child);
	}
}

/**
 * The words of a text that a browser would break at a hyphen or the like, each in a box of its own.
 * @param {Node} node
 * @returns {Node[]}
 */
function words(node) {
	if (node.type !== 'text' || !node.value) return [node];
	return node.value.split(/( +)/).map((value) => {
		const text = { type: 'text', value };
		if (!/\S[-/?]|[-/?]\S/.test(value) || value.length > LONGEST) return text;
		return {
			type: 'element',
			tagName: 'span',
			properties: { className: ['whole'] },
			children: [text]
		};
	});
}
