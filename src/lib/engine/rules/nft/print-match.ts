/** Matches as `nft list` of nft 1.0.6 writes them, with its short forms for bits and prefixes. */
import { lengthOfMask } from '../../packet';
import type { Expression, Operand, Statement } from '../ruleset';
import { maskLengthIpv6 } from './ipv6';
import {
	foldBits,
	printBits,
	printExpression,
	printOperand,
	printScalar,
	printSet
} from './print-value';
import type { PrintContext, PrintOptions } from './print-value';
import { keyTypesOf, typeOf, typesOf } from './selectors';
import * as T from './types';
import type { NftType } from './types';

type Match = Extract<Statement, { kind: 'match' }>;

export function printMatch(match: Match, context: PrintContext): string {
	if (match.joined && match.left.kind === 'concat' && match.right.kind === 'value') {
		const values = match.right.value as readonly number[];
		const [first] = match.left.parts;
		const ofTh = first?.kind === 'payload' && first.protocol === 'th';
		// Both ports, which without a transport are no fields of any.
		if (ofTh && context.transport === null)
			return `@th,0,32 != 0x${(values[0]! * 65536 + values[1]!).toString(16)}`;
		return match.left.parts
			.map((left, i) =>
				printMatch(
					{ kind: 'match', left, op: match.op, right: { kind: 'value', value: values[i]! } },
					context
				)
			)
			.join(' ');
	}
	const { options } = context;
	let { right } = match;
	let left = foldBits(match.left);
	if (left.kind === 'binary' && left.op === '&') {
		const special = printMasked(match, left, context);
		if (special !== null) return special;
	}
	if (
		left.kind === 'binary' &&
		left.op === '^' &&
		right.kind === 'value' &&
		left.right.kind === 'constant'
	) {
		right = {
			kind: 'value',
			value: ((right.value as number) ^ (left.right.value as number)) >>> 0
		};
		left = left.left;
	}
	const types = typesOf(left);
	const text = printExpression(left, context);
	if (right.kind === 'set') {
		const op = match.op === '!=' ? ' !=' : left.kind === 'binary' ? ' ==' : '';
		// Behind a mask nft no longer knows that the number was raw.
		const listed = left.kind === 'binary' ? keyTypesOf(left) : types;
		return `${text}${op} ${printSet(right.set, listed, null, options)}`;
	}
	return `${text} ${printRight(left, match.op, right, types, options)}`;
}

function printRight(
	left: Expression,
	op: Match['op'],
	right: Operand,
	types: readonly NftType[],
	options: PrintOptions
): string {
	const type = types[0]!;
	if (right.kind === 'value' && typeof right.value === 'object')
		return `${op === '!=' ? '!= ' : ''}${right.value.map((part, i) => printScalar(part, types[i]!, options)).join(' . ')}`;
	if (left.kind === 'fib' && left.present)
		return `${op === '!=' ? '!= ' : ''}${printScalar(right.kind === 'value' ? (right.value as number) : 0, T.BOOLEAN, options)}`;
	if (type.bitmask && right.kind === 'value' && typeof right.value === 'number') {
		const value = right.value;
		if (op === 'in') return printBits(value, type, ',', options);
		if (op === 'not in') return `! ${printBits(value, type, ',', options)}`;
		const bits = printBits(value, type, ',', options).split(',');
		if (left.kind === 'binary') return `${op} ${bits.join(' | ')}`;
		if (bits.length < 2) return `${op} ${bits[0]}`;
		if (left.kind === 'payload') return `${op} 0x${value.toString(16)}`;
		return `${op === '!=' ? '!= ' : ''}${bits.join(' | ')}`;
	}
	const sign = op === '==' && left.kind !== 'binary' ? '' : `${op} `;
	return sign + printOperand(right, type, options);
}

/** The short forms of `x & mask == value`. */
function printMasked(
	match: Match,
	left: Extract<Expression, { kind: 'binary' }>,
	context: PrintContext
): string | null {
	const mask = left.right.kind === 'constant' ? left.right.value : null;
	const value = match.right.kind === 'value' ? match.right.value : null;
	if (typeof mask === 'string' && typeof value === 'string')
		return printMaskedIpv6(match, left.left, mask, value, context);
	if (typeof mask !== 'number' || typeof value !== 'number' || left.left.kind === 'binary')
		return null;
	if (match.op !== '==' && match.op !== '!=') return null;
	const type = typeOf(left.left);
	const text = printExpression(left.left, context);
	if (type.bitmask) {
		const bits = printBits(mask, type, ',', context.options);
		if (value === 0) return match.op === '==' ? `${text} ! ${bits}` : `${text} ${bits}`;
		if (!bits.includes(',')) return null;
		return `${text} ${match.op === '!=' ? '!= ' : ''}${printBits(value, type, ',', context.options)} / ${bits}`;
	}
	const length = type === T.IPV4_ADDR || type === T.MARK ? lengthOfMask(mask) : null;
	if (length !== null && length < 32)
		return `${text} ${match.op === '!=' ? '!= ' : ''}${printScalar(value, type, context.options)}/${length}`;
	return null;
}

/** `ip6 saddr & ffff:: == 2001::` is a prefix, too. */
function printMaskedIpv6(
	{ op }: Match,
	left: Expression,
	mask: string,
	value: string,
	context: PrintContext
): string | null {
	const length = maskLengthIpv6(mask);
	if (length === null || (op !== '==' && op !== '!=')) return null;
	const prefix = length < 128 ? `/${length}` : '';
	return `${printExpression(left, context)} ${op === '!=' ? '!= ' : ''}${T.IPV6_ADDR.print(value)}${prefix}`;
}
