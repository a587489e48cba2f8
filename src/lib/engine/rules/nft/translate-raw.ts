/** Raw payload: where it is a field, nft lists it as one; where it cuts bytes, it masks them. */
import type { Expression, Operand, PayloadProtocol, Statement } from '../ruleset';
import type { Expr, RawNode, StatementNode } from './ast';
import { Fault, notModelled } from './fault';
import { FIELDS } from './selectors';
import type { ExpressionTranslator } from './translate-expression';
import * as T from './types';

const MOST_BITS = 32;
/** Bits of an IP header without options. */
const IP_HEADER = 160;
/** Bits of the headers whose fields nft knows. */
const HEADERS: Readonly<Record<number, readonly [PayloadProtocol, number]>> = {
	1: ['icmp', 64],
	6: ['tcp', 160],
	17: ['udp', 64],
	132: ['sctp', 96]
};

interface Stretch {
	readonly base: 'nh' | 'th' | 'ih';
	readonly offset: number;
	readonly bits: number;
}

function stretchOf(node: RawNode, expressions: ExpressionTranslator): Stretch {
	const { base } = node;
	if (base === 'll') throw notModelled(node, 'the link layer header');
	const offset = expressions.values.count(node.offset);
	const bits = expressions.values.count(node.bits);
	if (bits === 0) throw new Fault(node.bits, 'a raw payload has one bit at least');
	if (bits > MOST_BITS) throw notModelled(node, `a raw payload of more than ${MOST_BITS} bits`);
	return { base, offset, bits };
}

/** The header that the rule knows to stand there. */
function headerOf(
	{ base }: Stretch,
	expressions: ExpressionTranslator
): readonly [PayloadProtocol, number] | null {
	if (base === 'nh') return expressions.context.network === 'ip' ? ['ip', IP_HEADER] : null;
	if (base !== 'th') return null;
	const { transport } = expressions.context;
	return transport === null ? null : (HEADERS[transport] ?? null);
}

/** The field that it is. */
function fieldAt(
	{ base, offset, bits }: Stretch,
	header: readonly [PayloadProtocol, number] | null
): Expression | null {
	const find = (protocol: PayloadProtocol): Expression | null => {
		const found = Object.entries(FIELDS[protocol]).find(
			([, field]) => field.offset === offset && field.bits === bits
		);
		return found ? { kind: 'payload', protocol, field: found[0] } : null;
	};
	return (header && find(header[0])) ?? (base === 'th' ? find('th') : null);
}

function isWhole({ offset, bits }: Stretch): boolean {
	return offset % 8 === 0 && bits % 8 === 0;
}

/** Something asked of the packet by its place. */
export function translateRaw(node: RawNode, expressions: ExpressionTranslator): Expression {
	const stretch = stretchOf(node, expressions);
	const header = headerOf(stretch, expressions);
	const field = fieldAt(stretch, header);
	if (field) return field;
	if (!isWhole(stretch)) throw notModelled(node, 'a raw payload that cuts bytes here');
	if (header && stretch.offset < header[1])
		throw notModelled(node, 'a raw payload of several fields, or of part of one');
	return { kind: 'raw', ...stretch };
}

/** A comparison with some bits, which are masked out of their bytes. `null`: nothing has to be masked. */
export function maskedRaw(
	node: Extract<StatementNode, { kind: 'match' }>,
	raw: RawNode,
	right: Expr,
	expressions: ExpressionTranslator
): Statement | null {
	const stretch = stretchOf(raw, expressions);
	if (isWhole(stretch) || fieldAt(stretch, headerOf(stretch, expressions))) return null;
	if (node.op === '!' || right.kind !== 'word')
		throw notModelled(node.right, 'a raw payload that cuts bytes here');
	const { base, offset, bits } = stretch;
	const from = Math.floor(offset / 8) * 8;
	const to = Math.ceil((offset + bits) / 8) * 8;
	if (to - from > MOST_BITS) throw notModelled(raw, `a raw payload of more than ${MOST_BITS} bits`);
	const shift = 2 ** (to - offset - bits);
	const whole: Stretch = { base, offset: from, bits: to - from };
	const bytes = fieldAt(whole, headerOf(whole, expressions)) ?? { kind: 'raw', ...whole };
	const mask = (2 ** bits - 1) * shift;
	const value = expressions.values.number(right, T.integer(bits)) * shift;
	const operand: Operand = { kind: 'value', value };
	return {
		kind: 'match',
		left: { kind: 'binary', op: '&', left: bytes, right: { kind: 'constant', value: mask } },
		op: node.op === '' ? '==' : node.op,
		right: operand
	};
}

/** Whether the expression is a field that was asked for by its place: nft does not give it the field's words. */
export function namedByPlace(left: Expr, made: Expression): boolean {
	return left.kind === 'raw' && made.kind === 'payload' && made.protocol !== 'th';
}
