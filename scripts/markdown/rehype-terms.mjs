/** @import { Node } from './tree.mjs' */
import { pageFile, load } from './lessons.mjs';

/** What is left as it is: headings lead into the contents, code is said exactly, a link leads elsewhere. */
const leftAlone = /^(h[1-6]|code|pre|a|script|style)$/;

/** Marks the first use of each term of the glossary in a lesson's prose: a link to the term, which scripts open in place. */
export function rehypeTerms() {
	/**
	 * @param {Node} tree
	 * @param {{ filename?: string }} file
	 */
	return async (tree, file) => {
		const language = pageFile.exec(file.filename ?? '')?.[2];
		if (language !== 'en' && language !== 'zh') return;
		const { projectGlossary, termFinder } = await load();
		// What stands under "Read on" are other people's titles.
		const readOn = tree.children?.findIndex(({ properties }) => properties?.id === 'read-on') ?? -1;
		const prose = readOn < 0 ? tree : { ...tree, children: tree.children?.slice(0, readOn) };
		mark(prose, termFinder(language, projectGlossary()[language]), markedByHand(tree));
		if (readOn >= 0)
			tree.children = [...(prose.children ?? []), ...(tree.children?.slice(readOn) ?? [])];
	};
}

/**
 * @param {Node} tree
 * @returns {Set<string>}
 */
function markedByHand(tree) {
	const ids = [...JSON.stringify(tree).matchAll(/data-term=\\"([\w-]+)/g)].map(
		([, id]) => id ?? ''
	);
	return new Set(ids);
}

/**
 * @param {Node} node
 * @param {(text: string) => readonly { id: string; from: number; to: number }[]} find
 * @param {Set<string>} used
 */
function mark(node, find, used) {
	node.children = node.children?.flatMap((child) => {
		if (leftAlone.test(child.tagName ?? '')) return [child];
		if (child.type !== 'text' || !child.value) {
			mark(child, find, used);
			return [child];
		}
		/** @type {Node[]} */
		const parts = [];
		let from = 0;
		for (const said of find(child.value)) {
			if (used.has(said.id)) continue;
			used.add(said.id);
			parts.push({ type: 'text', value: child.value.slice(from, said.from) });
			parts.push({
				type: 'element',
				tagName: 'a',
				properties: {
					className: ['term'],
					href: `../../glossary/#${said.id}`,
					'data-term': said.id
				},
				children: [{ type: 'text', value: child.value.slice(said.from, said.to) }]
			});
			from = said.to;
		}
		parts.push({ type: 'text', value: child.value.slice(from) });
		return parts;
	});
}
