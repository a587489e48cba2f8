/** @import { Node } from './tree.mjs' */

/** Puts each table into a box that scrolls sideways, so that a narrow screen does not. */
export function rehypeTables() {
	return wrapTables;
}

/** @param {Node} node */
function wrapTables(node) {
	node.children = node.children?.map((child) => {
		if (child.tagName !== 'table') {
			wrapTables(child);
			return child;
		}
		return {
			type: 'element',
			tagName: 'div',
			properties: { className: ['table-scroll'], tabIndex: 0, role: 'group' },
			children: [child]
		};
	});
}
