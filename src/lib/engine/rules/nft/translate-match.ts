/** Matches: what is asked, what it is compared with, and what the rest of the rule learns of it. */
import type { Expression, Operand, Statement } from '../ruleset';
import type { Expr, SetLiteral, StatementNode, TcpOptionNode } from './ast';
import { Fault, notModelled } from './fault';
import { typesOf } from './selectors';
import { tcpOption } from './translate-expression';
import type { ExpressionTranslator } from './translate-expression';
import { labelMatch } from './translate-labels';
import { maskedRaw, namedByPlace } from './translate-raw';
import type { RuleScope } from './rule-scope';
import type { Sets } from './translate-set';
import * as T from './types';
import type { NftType } from './types';
import { matchAlternatives } from './values';
import type { Values } from './values';

export class MatchTranslator {
	private readonly values: Values;

	constructor(
		private readonly scope: RuleScope,
		private readonly expressions: ExpressionTranslator,
		private readonly sets: Sets
	) {
		this.values = scope.values;
	}

	/** One match, with its protocols made sure of before it. */
	match(node: Extract<StatementNode, { kind: 'match' }>): Statement {
		const labels = labelMatch(node, this.values);
		if (labels) return labels;
		const right = this.values.resolve(node.right);
		if (node.left.kind === 'tcp option' && node.left.field === null)
			return this.presence(node, right);
		const cut =
			node.left.kind === 'raw' ? maskedRaw(node, node.left, right, this.expressions) : null;
		if (cut) return cut;
		let left = this.expressions.left(node.left);
		if (namedByPlace(node.left, left)) return this.byPlace(node, left, right);
		if (left.kind === 'meta' && left.key === 'nftrace')
			throw new Fault(node.left, '`meta nftrace` can be set, but not asked for');
		const types = typesOf(left);
		const type = types[0]!;
		if (left.kind === 'fib' && left.result === 'oif' && right.kind === 'word') {
			const present = right.text === 'exists' ? 1 : right.text === 'missing' ? 0 : null;
			if (present !== null) {
				left = { ...left, present: true };
				return {
					kind: 'match',
					left,
					op: node.op === '!=' ? '!=' : '==',
					right: { kind: 'value', value: present }
				};
			}
		}
		if (right.kind === 'set' || right.kind === 'set reference')
			return this.inSet(node, left, types, right);
		if (right.kind === 'masked') return this.masked(node, left, type, right);
		if (left.kind === 'concat')
			throw new Fault(right, 'joined values are looked up in a set or a map: `{ … }` or `@name`');
		const operand = this.values.operand(right, type, matchAlternatives(type));
		return { kind: 'match', left, ...this.compare(node, left, type, operand) };
	}

	/** A field that a raw payload is: it is compared with plain numbers. */
	private byPlace(
		node: Extract<StatementNode, { kind: 'match' }>,
		left: Expression,
		right: Expr
	): Statement {
		const { bits } = typesOf(left)[0]!;
		if (right.kind !== 'word' && right.kind !== 'range')
			throw notModelled(node.right, 'a raw payload that is a field, beside a set');
		const operand = this.values.operand(right, T.integer(bits));
		return { kind: 'match', left, ...this.compare(node, left, T.integer(bits), operand) };
	}

	/** `tcp option maxseg exists`. */
	private presence(node: Extract<StatementNode, { kind: 'match' }>, right: Expr): Statement {
		if (node.op === '!' || right.kind === 'list' || right.kind === 'masked')
			throw new Fault(node.right, `expected ${T.BOOLEAN.expected}`);
		if ((node.op !== '' && node.op !== '==' && node.op !== '!=') || right.kind !== 'word')
			throw notModelled(node.right, 'a comparison of whether a TCP option is there');
		return {
			kind: 'match',
			left: tcpOption(node.left as TcpOptionNode),
			op: node.op === '!=' ? '!=' : '==',
			right: { kind: 'value', value: this.values.number(right, T.BOOLEAN) }
		};
	}

	/** A comparison with something other than a set. */
	private compare(
		node: Extract<StatementNode, { kind: 'match' }>,
		left: Expression,
		type: NftType,
		right: Operand
	): Pick<Extract<Statement, { kind: 'match' }>, 'op' | 'right'> {
		this.checkInterface(node.right, type, right);
		switch (node.op) {
			case '': {
				const bits = type.bitmask && left.kind !== 'binary' && right.kind === 'value';
				if (!bits) this.learn(left, right);
				return { op: bits ? 'in' : '==', right };
			}
			case '==':
				this.learn(left, right);
				return { op: '==', right };
			case '!=':
				return { op: '!=', right };
			case '!':
				if (!type.bitmask)
					throw new Fault(
						node.right,
						`\`!\` asks for bits that are off: ${type.what} has none (\`!=\` is "not equal")`
					);
				return { op: 'not in', right };
			default:
				if (right.kind !== 'value' || (typeof right.value !== 'number' && type !== T.IPV6_ADDR))
					throw new Fault(node.right, `\`${node.op}\` compares with one value`);
				return { op: node.op, right };
		}
	}

	private learn(left: Expression, right: Operand): void {
		if (right.kind === 'value' && typeof right.value === 'number')
			this.expressions.context.learn(left, right.value);
	}

	private checkInterface(place: Expr, type: NftType, right: Operand): void {
		if (type !== T.IFACE_INDEX || !this.scope.hasInterface) return;
		if (right.kind !== 'value' || typeof right.value !== 'string' || right.value === '') return;
		if (!this.scope.hasInterface(right.value))
			throw new Fault(
				place,
				`there is no interface \`${right.value}\` (\`iifname\` and \`oifname\` match by name, and need none)`
			);
	}

	private inSet(
		node: Extract<StatementNode, { kind: 'match' }>,
		left: Expression,
		types: readonly NftType[],
		right: Extract<Expr, { kind: 'set' | 'set reference' }>
	): Statement {
		if (node.op !== '' && node.op !== '==' && node.op !== '!=')
			throw new Fault(node.right, `\`${node.op}\` cannot compare with a set`);
		const op = node.op === '!=' ? '!=' : '==';
		const set = this.sets.operand(right, types, null);
		if (set.kind === 'literal') {
			if (set.elements.length === 0) throw new Fault(node.right, 'the set is empty');
			const only = right.kind === 'set' && right.elements.length === 1 ? set.elements[0]! : null;
			// nft makes a plain comparison of a set with one element, whatever that has of its own.
			if (only && only.key && !Array.isArray(only.key)) {
				// There a range of one value stays a range.
				const written = this.values.resolve((right as SetLiteral).elements[0]!.key as Expr);
				const operand =
					written.kind === 'range'
						? this.values.operand(written, types[0]!)
						: (only.key as Operand);
				const plain = { ...node, op: op === '!=' ? ('!=' as const) : ('' as const) };
				return { kind: 'match', left, ...this.compare(plain, left, types[0]!, operand) };
			}
			this.scope.anonymousSet();
			if (op === '==')
				this.expressions.context.learnSet(
					left,
					set.elements.flatMap(({ key }) =>
						key && 'kind' in key && key.kind === 'value' ? [key.value as number] : []
					)
				);
		}
		return { kind: 'match', left, op, right: { kind: 'set', set } };
	}

	/** `tcp flags syn / syn,ack`: of these bits, just those. */
	private masked(
		node: Extract<StatementNode, { kind: 'match' }>,
		left: Expression,
		type: NftType,
		right: Extract<Expr, { kind: 'masked' }>
	): Statement {
		if (!type.bitmask) throw new Fault(right, `${type.what} has no bits to choose from`);
		if (node.op !== '' && node.op !== '==' && node.op !== '!=')
			throw new Fault(right, `\`${node.op}\` cannot compare bits`);
		const value = this.values.number(right.value, type);
		const mask = this.values.number(right.mask, type);
		return {
			kind: 'match',
			left: { kind: 'binary', op: '&', left, right: { kind: 'constant', value: mask } },
			op: node.op === '!=' ? '!=' : '==',
			right: { kind: 'value', value }
		};
	}
}
