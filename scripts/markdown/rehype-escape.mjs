/** @import { Node } from './tree.mjs' */

/** @type {Record<string, string>} */
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '{': '&#123;', '}': '&#125;' };

/**
 * Prose may say `a < b` or `{ 10.0.0.1 }`: what Svelte would read as markup is escaped in all text outside code.
 * Must be the last step, since it turns text into raw HTML that other steps pass over.
 */
export function rehypeEscape() {
	return escapeText;
}

/** @param {Node} node */
function escapeText(node) {
	// mdsvex escapes code by itself.
	if (node.tagName === 'code') return;
	if (node.type === 'text' && node.value && /[&<>{}]/.test(node.value)) {
		node.type = 'raw';
		node.value = node.value.replace(/[&<>{}]/g, (character) => entities[character] ?? character);
	}
	node.children?.forEach(escapeText);
}
