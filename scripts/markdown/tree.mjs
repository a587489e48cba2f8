/**
 * A node of an HTML syntax tree (hast), as far as the steps here need it.
 * @typedef {{ type: string; tagName?: string; value?: string; properties?: Record<string, unknown>; children?: Node[] }} Node
 */

/**
 * The text below a node, without markup.
 * @param {Node} node
 * @returns {string}
 */
export function textOf(node) {
	if (node.type === 'text') return node.value ?? '';
	return (node.children ?? []).map(textOf).join('');
}
