/** `ct label`: 128 bits, of which the rules here say single ones by their numbers. */
import type { LabelMatch } from '../ruleset';
import type { Expr, StatementNode } from './ast';
import { Fault, notModelled } from './fault';
import { parseNumber } from './types';
import type { Values } from './values';

/** `NF_CT_LABELS_MAX_SIZE`, in bits. */
const LABELS = 128;

/** The numbers of some labels, in order. */
export function labelsOf(expr: Expr, values: Values): number[] {
	const found = new Set<number>();
	const read = (node: Expr): void => {
		const value = values.resolve(node);
		if (value.kind === 'list') value.items.forEach(read);
		else if (value.kind === 'binary' && value.op === '|') [value.left, value.right].forEach(read);
		else if (value.kind === 'word' || value.kind === 'string') {
			const label = /^0\d*[89]/.test(value.text) ? null : parseNumber(value.text);
			if (label === null || label >= LABELS)
				throw new Fault(value, `\`${value.text}\` is not a label: expected a number 0-127`);
			found.add(label);
		} else throw notModelled(value, 'a reckoning with labels');
	};
	read(expr);
	return [...found].sort((a, b) => a - b);
}

/** A match whose left side is `ct label`, alone or masked; `null`: it is another. */
export function labelMatch(
	node: Extract<StatementNode, { kind: 'match' }>,
	values: Values
): LabelMatch | null {
	const { left, op } = node;
	const masked = left.kind === 'binary' && isLabel(left.left);
	if (!masked && !isLabel(left)) return null;
	if (masked && left.op !== '&') throw notModelled(left, 'a reckoning with labels');
	const right = values.resolve(node.right);
	if (right.kind === 'set' || right.kind === 'set reference')
		throw notModelled(right, 'a set of labels');
	const own = ownMask(right);
	if ([op === '!', own !== null, masked].filter(Boolean).length > 1)
		throw notModelled(right, 'a reckoning with labels');
	const labels = labelsOf(own ? own.value : right, values);
	const mask = own ? own.mask : masked ? left.right : null;
	const made = { kind: 'label' as const, labels, ...(mask && { mask: labelsOf(mask, values) }) };
	switch (op) {
		case '':
			return { ...made, op: mask ? '==' : 'in' };
		case '!':
			return { ...made, op: 'not in' };
		case '==':
		case '!=':
			return { ...made, op };
		default:
			throw notModelled(node.right, 'a comparison of labels by size');
	}
}

/** `1,2 / 1,2`: between two numbers the grammar sees a prefix. */
function ownMask(right: Expr): { value: Expr; mask: Expr } | null {
	if (right.kind !== 'list') return null;
	const { items } = right;
	const at = items.findIndex(({ kind }) => kind === 'prefix');
	const prefix = items[at];
	if (prefix?.kind !== 'prefix' || at === items.length - 1) return null;
	return {
		value: { ...right, items: [...items.slice(0, at), prefix.base] },
		mask: { ...right, items: [prefix.length, ...items.slice(at + 1)] }
	};
}

function isLabel(expr: Expr): boolean {
	return expr.kind === 'ct' && expr.key === 'label';
}
