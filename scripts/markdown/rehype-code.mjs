/** @import { Node } from './tree.mjs' */
import { textOf } from './tree.mjs';

/** Longer words are broken where they must be: a narrow screen has no more room. */
const LONGEST = 28;

/** Keeps options and names in prose in one piece: without it `-f` may end a line as `-` and begin the next as `f`. */
export function rehypeCode() {
	return keepWhole;
}

/** What may not end a line before code, and what may not begin one after it. */
const OPENING = /[(（“]+$/;
const CLOSING = /^[,.;:?!)”，。；：、？！）]+/;

/** @param {Node} node */
function keepWhole(node) {
	for (const child of node.children ?? []) {
		if (child.tagName === 'pre') continue;
		if (child.tagName === 'code') child.children = child.children?.flatMap(words);
		else keepWhole(child);
	}
	node.children = node.children?.flatMap(withMarks);
}

/**
 * Code in one box with the marks that stand right before and after it: a line may be broken on either side of a box in
 * it, and in a word too long for the line, whatever stands there.
 * @param {Node} node
 * @param {number} at
 * @param {Node[]} siblings its marks are taken out of those beside it
 * @returns {Node[]}
 */
function withMarks(node, at, siblings) {
	if (node.tagName !== 'code' || textOf(node).length > LONGEST) return [node];
	const before = cut(siblings[at - 1], OPENING);
	const after = cut(siblings[at + 1], CLOSING);
	return before + after === '' ? [node] : [boxOf([textNode(before), node, textNode(after)])];
}

/**
 * Takes a piece out of a text.
 * @param {Node | undefined} node
 * @param {RegExp} piece
 * @returns {string} what was taken
 */
function cut(node, piece) {
	if (node?.type !== 'text') return '';
	const [found = ''] = piece.exec(node.value ?? '') ?? [];
	node.value = node.value?.replace(piece, '');
	return found;
}

/** @param {string} value @returns {Node} */
const textNode = (value) => ({ type: 'text', value });

/** @param {Node[]} children @returns {Node} */
const boxOf = (children) => ({
	type: 'element',
	tagName: 'span',
	properties: { className: ['whole'] },
	children
});

/**
 * The words of a text that a browser would break at a hyphen or the like, each in a box of its own.
 * @param {Node} node
 * @returns {Node[]}
 */
function words(node) {
	if (node.type !== 'text' || !node.value) return [node];
	return node.value.split(/( +)/).map((value) => {
		const breaks = /\S[-/?]|[-/?]\S/.test(value) && value.length <= LONGEST;
		return breaks ? boxOf([textNode(value)]) : textNode(value);
	});
}
