/** @import { Node } from './tree.mjs' */

import { textOf } from './tree.mjs';

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
		withoutEmptyHeads(child);
		giveRoom(child);
		return {
			type: 'element',
			tagName: 'div',
			properties: { className: ['table-scroll'], tabIndex: 0, role: 'group' },
			children: [child]
		};
	});
}

/**
 * A head without a word heads nothing: Markdown has no table without a head row, and none with an empty corner.
 * @param {Node} table
 */
function withoutEmptyHeads(table) {
	const head = table.children?.find(({ tagName }) => tagName === 'thead');
	const row = head?.children?.find(({ tagName }) => tagName === 'tr');
	const cells = row?.children?.filter(({ tagName }) => tagName === 'th') ?? [];
	const empty = cells.filter((cell) => textOf(cell).trim() === '');
	if (cells.length > 0 && empty.length === cells.length)
		table.children = table.children?.filter((child) => child !== head);
	for (const cell of empty) cell.tagName = 'td';
}

/**
 * Chinese may be broken between any two characters, so that a column of it shrinks to one of them on a narrow screen: a
 * cell with a phrase in it says so, and keeps room for some.
 * @param {Node} node
 */
function giveRoom(node) {
	for (const child of node.children ?? []) {
		if (child.tagName !== 'td') giveRoom(child);
		else if (/\p{Script=Han}(?:.*\p{Script=Han}){5}/u.test(textOf(child)))
			child.properties = { ...child.properties, className: ['phrase'] };
	}
}
