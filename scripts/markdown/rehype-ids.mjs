/** @import { Node } from './tree.mjs' */

// As written by src/lib/course/build/prepare.ts.
const marked = /\s*\uE000([\w-]+)\uE001/;

/** Gives headings the ids that they were written with, `## Heading {#id}`. Comes before the step that makes ids up. */
export function rehypeIds() {
	return takeIds;
}

/** @param {Node} node */
function takeIds(node) {
	if (/^h[1-6]$/.test(node.tagName ?? '')) {
		const last = node.children?.at(-1);
		const id = last?.type === 'text' ? marked.exec(last.value ?? '')?.[1] : undefined;
		if (last && id) {
			last.value = last.value?.replace(marked, '');
			node.properties = { ...node.properties, id };
		}
	}
	node.children?.forEach(takeIds);
}
