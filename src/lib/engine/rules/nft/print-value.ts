/** Values, sets and expressions as `nft list` of nft 1.0.6 writes them. */
import type {
	Expression,
	HashExpression,
	Operand,
	RangeValue,
	Scalar,
	SetElement,
	SetOperand,
	Value,
	Verdict
} from '../ruleset';
import { prefixLengthIpv6 } from './ipv6';
import { integer } from './types';
import * as T from './types';
import { printOwn } from './print-each';
import { asAsked, bitsAsNumbers, printDuration } from './print-number';
import type { NumericOptions } from './print-number';
import { sortElements } from './print-order';
import { keyTypesOf, typeOf } from './selectors';
import type { NftType } from './types';

export interface PrintOptions {
	/** `-a`: handles as comments. */
	readonly handles?: boolean;
	/** `-s`: no counts. */
	readonly stateless?: boolean;
	/** `-n` and its like: numbers in place of names. */
	readonly numeric?: NumericOptions;
	/** `-t`: no elements of named sets. */
	readonly terse?: boolean;
	/** World time in ms, for elements that time out. */
	readonly now?: number;
	/** Number of an interface, by which interfaces of a set are listed. */
	interfaceIndex?(name: string): number | null;
}

/** What an expression's printing depends on besides itself. */
export interface PrintContext {
	readonly options: PrintOptions;
	/** Transport protocol the rule has named: `th dport` is then printed as `tcp dport`. */
	readonly transport: number | null;
}

const PORT_PROTOCOLS: Readonly<Record<number, string>> = {
	6: 'tcp',
	17: 'udp',
	33: 'dccp',
	132: 'sctp',
	136: 'udplite'
};

export function printVerdict(verdict: Verdict): string {
	return 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
}

export function printScalar(value: Scalar, type: NftType, options: PrintOptions): string {
	const asked =
		options.numeric && typeof value === 'number' ? asAsked(value, type, options.numeric) : null;
	return asked ?? type.print(value);
}

export function printValue(value: Value, types: readonly NftType[], options: PrintOptions): string {
	if (typeof value !== 'object') return printScalar(value, types[0]!, options);
	return value.map((part, i) => printScalar(part, types[i] ?? integer(32), options)).join(' . ');
}

/** Length of the prefix that a range is; `null` when it is none. */
export function prefixOf(from: Scalar, to: Scalar, type: NftType): number | null {
	if (type === T.IPV6_ADDR) return prefixLengthIpv6(String(from), String(to));
	if (typeof from !== 'number' || typeof to !== 'number') return null;
	const size = to - from + 1;
	const length = type.bits - Math.log2(size);
	return Number.isInteger(length) && from % size === 0 ? length : null;
}

/** One end of a range, which nft writes without names. */
function printEnd(value: Scalar, type: NftType): string {
	return typeof value === 'number' ? type.printNumber(value) : type.print(value);
}

/** Types whose ranges nft writes as prefixes where they are some. */
function hasPrefixes(type: NftType): boolean {
	return type === T.IPV4_ADDR || type === T.IPV6_ADDR || type === T.MARK;
}

/** `inSet`: a range that is a prefix is written as one. */
export function printOperand(
	operand: Operand,
	type: NftType,
	options: PrintOptions,
	inSet = false
): string {
	switch (operand.kind) {
		case 'value':
			// A set of flags is written as a sum of them, elsewhere with commas.
			if (inSet && type.bitmask && typeof operand.value === 'number')
				return printBits(operand.value, type, ' | ', options);
			return printValue(operand.value, [type], options);
		case 'range': {
			const { from, to } = operand;
			const length = inSet && hasPrefixes(type) ? prefixOf(from, to, type) : null;
			if (length !== null && length < type.bits)
				return `${printScalar(from, type, options)}/${length}`;
			return `${printEnd(from, type)}-${printEnd(to, type)}`;
		}
		case 'prefix':
			return `${printScalar(operand.network, type, options)}/${operand.length}`;
		case 'wildcard':
			return `"${operand.start}*"`;
		case 'set':
			return '';
	}
}

function isRange(data: Value | RangeValue): data is RangeValue {
	return typeof data === 'object' && !Array.isArray(data);
}

function printData(
	data: Value | RangeValue,
	types: readonly NftType[],
	options: PrintOptions
): string {
	if (isRange(data)) {
		const from = printScalar(data.from, types[0]!, options);
		const length = prefixOf(data.from, data.to, types[0]!);
		if (length !== null) return `${from}/${length}`;
		return `${from}-${printScalar(data.to, types[0]!, options)}`;
	}
	return printValue(data, types, options);
}

export function printElement(
	element: SetElement,
	key: readonly NftType[],
	data: readonly NftType[] | null,
	options: PrintOptions
): string {
	const keys = element.key;
	let text =
		keys === null
			? '*'
			: Array.isArray(keys)
				? (keys as readonly Operand[])
						.map((part, i) => printOperand(part, key[i] ?? integer(32), options, true))
						.join(' . ')
				: printOperand(keys as Operand, key[0]!, options, true);
	for (const one of element.own ?? []) text += ` ${printOwn(one, options.stateless)}`;
	if (element.timeout !== undefined)
		text += ` timeout ${printDuration(element.timeout, options.numeric)}`;
	if (element.expires !== undefined && !options.stateless)
		text += ` expires ${printDuration(Math.max(0, element.expires - (options.now ?? 0)) / 1000, options.numeric)}`;
	if (element.comment !== undefined) text += ` comment "${element.comment}"`;
	if (element.verdict) text += ` : ${printVerdict(element.verdict)}`;
	else if (element.object) text += ` : "${element.object.name}"`;
	else if (element.data !== undefined)
		text += ` : ${printData(element.data, data ?? [integer(32)], options)}`;
	return text;
}

export function printSet(
	set: SetOperand,
	key: readonly NftType[],
	data: readonly NftType[] | null,
	options: PrintOptions
): string {
	if (set.kind === 'named') return `@${set.name}`;
	const elements = sortElements(set.elements, key, options);
	return `{ ${elements.map((element) => printElement(element, key, data, options)).join(', ')} }`;
}

const META_BARE = new Set(['iif', 'oif', 'iifname', 'oifname', 'iifgroup', 'oifgroup']);

export function printExpression(
	expression: Expression,
	context: PrintContext,
	types: readonly NftType[] = [integer(32)]
): string {
	switch (expression.kind) {
		case 'payload': {
			const known =
				expression.protocol === 'th' && context.transport !== null
					? PORT_PROTOCOLS[context.transport]
					: undefined;
			// What stands where a port would is the checksum of an ICMP message.
			if (expression.protocol === 'th' && expression.field === 'dport') {
				if (context.transport === 1) return 'icmp checksum';
				if (context.transport === 58) return 'icmpv6 checksum';
			}
			return `${known ?? expression.protocol} ${expression.field}`;
		}
		case 'meta':
			return META_BARE.has(expression.key) ? expression.key : `meta ${expression.key}`;
		case 'ct': {
			const { key, direction } = expression;
			// The kernel keeps no direction with these two.
			if (key === 'l3proto' || key === 'protocol') return `ct ${key}`;
			const family = key === 'saddr' || key === 'daddr' ? 'ip ' : '';
			return `ct ${direction ? direction + ' ' : ''}${family}${key}`;
		}
		case 'fib':
			return `fib ${FIB_ORDER.filter((flag) => expression.select.includes(flag)).join(' . ')} ${expression.result}`;
		case 'tcp option':
			return `tcp option ${expression.option}${expression.field ? ` ${expression.field}` : ''}`;
		case 'rt':
			return `rt ${expression.key}`;
		case 'numgen':
			return `numgen ${expression.mode} mod ${expression.modulus}${expression.offset ? ` offset ${expression.offset}` : ''}`;
		case 'raw':
			return `@${expression.base},${expression.offset},${expression.bits}`;
		case 'hash':
			return printHash(expression, context);
		case 'binary': {
			const folded = foldBits(expression);
			return folded.kind === 'binary'
				? printBinary(folded, context)
				: printExpression(folded, context, types);
		}
		case 'constant':
			return printValue(expression.value, types, context.options);
		case 'concat':
			return expression.parts
				.map((part, i) => printExpression(part, context, types.slice(i, i + 1)))
				.join(' . ');
		case 'map':
			return `${printExpression(expression.key, context)} map ${printSet(expression.map, keyTypesOf(expression.key), types, context.options)}`;
	}
}

function printHash(hash: HashExpression, context: PrintContext): string {
	const { key, modulus, seed, offset } = hash;
	const what = key ? `jhash ${printExpression(key, context)}` : 'symhash';
	const given = seed === undefined ? '' : ` seed 0x${seed.toString(16)}`;
	return `${what} mod ${modulus}${given}${offset ? ` offset ${offset}` : ''}`;
}

const FIB_ORDER = ['saddr', 'daddr', 'mark', 'iif', 'oif'] as const;

/** The bits of a type that has symbols for them, joined by `separator`. */
export function printBits(
	value: number,
	type: NftType,
	separator: string,
	options: PrintOptions
): string {
	if (options.numeric?.symbols && value !== 0) return bitsAsNumbers(value, separator);
	return value === 0 ? '0x0' : type.print(value).split(',').join(separator);
}

function printBinary(
	expression: Extract<Expression, { kind: 'binary' }>,
	context: PrintContext
): string {
	const { op, left, right } = expression;
	const type = typeOf(expression);
	const inner = printExpression(left, context);
	if (right.kind !== 'constant' || typeof right.value !== 'number')
		return `${inner} ${op} ${printExpression(right, context, [type])}`;
	if (op === '<<' || op === '>>') return `${inner} ${op} ${right.value}`;
	const value = type.bitmask
		? printBits(right.value, type, ' | ', context.options)
		: printScalar(right.value, type, context.options);
	// What binds less than the operator stands in brackets.
	return `${inner} ${op} ${op !== '|' && value.includes(' | ') ? `(${value})` : value}`;
}

/**
 * The kernel knows one operation, (x & mask) ^ value; nft puts a whole chain of them into it
 * (`netlink_gen_bitwise`) and reads `&`, then `^`, then `|` back out of it.
 */
export function foldBits(expression: Expression): Expression {
	const all = 2 ** typeOf(expression).bits - 1;
	const chain: { op: '&' | '|' | '^'; value: number }[] = [];
	let base = expression;
	while (
		base.kind === 'binary' &&
		(base.op === '&' || base.op === '|' || base.op === '^') &&
		base.right.kind === 'constant' &&
		typeof base.right.value === 'number'
	) {
		chain.unshift({ op: base.op, value: base.right.value });
		base = base.left;
	}
	if (chain.length < 2 && chain[0]?.op !== '|') return expression;
	let mask = all;
	let xor = 0;
	for (const { op, value } of chain) {
		if (op === '^') xor ^= value;
		else {
			const kept = op === '&' ? value : ~value;
			mask &= kept;
			xor = (xor & kept) | (op === '&' ? 0 : value);
		}
	}
	const or = (~mask & xor & all) >>> 0;
	const parts = [
		['&', ((mask | or) & all) >>> 0, all],
		['^', (xor & mask) >>> 0, 0],
		['|', or, 0]
	] as const;
	return parts.reduce<Expression>(
		(left, [op, value, nothing]) =>
			value === nothing ? left : { kind: 'binary', op, left, right: { kind: 'constant', value } },
		base
	);
}
