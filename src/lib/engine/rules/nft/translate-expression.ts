/**
 * The left sides of matches and the values of assignments: what is asked of the packet, with the
 * protocol that it takes for granted (`tcp dport` only says something of TCP).
 */
import type { CtKey, Expression, Family, MetaKey, Scalar, Statement, Value } from '../ruleset';
import type { Expr, TcpOptionNode } from './ast';
import { Fault, notModelled } from './fault';
import type { Place } from './place';
import { ProtocolContext } from './protocol-context';
import { keyTypesOf, typesOf, typeOf } from './selectors';
import { optionField, optionNamed } from './tcp-options';
import * as T from './types';
import type { NftType } from './types';
import { translateHash } from './translate-hash';
import { namedByPlace, translateRaw } from './translate-raw';
import type { Sets } from './translate-set';
import type { Values } from './values';

/** ct keys that belong to one direction's tuple, so that a rule must say which. */
const DIRECTED = new Set(['saddr', 'daddr', 'proto-src', 'proto-dst']);

/** An option of TCP, or a field of it. */
export function tcpOption(node: TcpOptionNode): Extract<Expression, { kind: 'tcp option' }> {
	const option = optionNamed(node.option);
	if (option === null) throw new Fault(node, `TCP has no option \`${node.option}\``);
	if (node.field === null)
		return {
			kind: 'tcp option',
			option: option.startsWith('sack') && option !== 'sack-perm' ? 'sack' : option
		};
	const byNumber = /^\d/.test(node.option) && node.field !== 'length';
	if (byNumber || !optionField(option, node.field))
		throw new Fault(node, `\`tcp option ${option}\` has no \`${node.field}\``);
	return { kind: 'tcp option', option, field: node.field };
}

export class ExpressionTranslator {
	/** Whether a flow's packets or bytes are asked for. */
	countsFlows = false;
	/** What the rule has established of the packet's protocols. */
	readonly context: ProtocolContext;

	constructor(
		readonly family: Family,
		readonly values: Values,
		readonly sets: Sets,
		statements: Statement[],
		/** Told of each set that the rule brings with it. */
		private readonly anonymousSet: () => void = () => {}
	) {
		this.context = new ProtocolContext(family, statements, anonymousSet);
	}

	/** The expression after `typeof`, whose protocols nothing has to make sure of. */
	typeof(expr: Expr): Expression {
		if (expr.kind === 'concat')
			return {
				kind: 'concat',
				parts: expr.parts.map((part) =>
					new ExpressionTranslator(this.family, this.values, this.sets, []).left(part)
				)
			};
		return this.left(expr);
	}

	/** Something asked of the packet. */
	left(expr: Expr): Expression {
		const value = this.values.resolve(expr);
		switch (value.kind) {
			case 'payload':
				this.context.need(value.protocol, value);
				this.context.needIcmpType(value.protocol, value.field, value);
				return { kind: 'payload', protocol: value.protocol, field: value.field };
			case 'meta':
				if (value.key === 'nfproto' && this.family !== 'inet')
					throw new Fault(value, '`meta nfproto` is of use in a table of family inet only');
				return { kind: 'meta', key: value.key as MetaKey };
			case 'ct':
				return this.ct(value);
			case 'fib':
				return this.fib(value);
			case 'tcp option':
				// Whether it is there can be asked in a match of its own (`MatchTranslator`).
				if (value.field === null) throw notModelled(value, 'the presence of a TCP option here');
				return tcpOption(value);
			case 'rt':
				return { kind: 'rt', key: value.key };
			case 'numgen':
				return {
					kind: 'numgen',
					mode: value.mode,
					modulus: this.modulus(value.modulus),
					offset: value.offset ? this.values.count(value.offset) : 0,
					state: { count: 0 }
				};
			case 'raw':
				return translateRaw(value, this);
			case 'hash':
				return translateHash(value, this);
			case 'binary': {
				const left = this.left(value.left);
				const type = typeOf(left);
				const shift = value.op === '<<' || value.op === '>>';
				if (type === T.IPV6_ADDR) {
					if (value.op !== '&') throw notModelled(value, 'a reckoning with IPv6 addresses');
					const mask = this.values.scalar(value.right, type);
					return { kind: 'binary', op: '&', left, right: { kind: 'constant', value: mask } };
				}
				const right = this.values.number(value.right, shift ? T.integer(32) : type);
				return { kind: 'binary', op: value.op, left, right: { kind: 'constant', value: right } };
			}
			case 'concat': {
				const parts = this.parts(value.parts);
				// As part of a key it keeps its own form of numbers.
				if (parts.some((made, at) => namedByPlace(value.parts[at]!, made)))
					throw notModelled(value, 'a raw payload that is a field, beside a set');
				return { kind: 'concat', parts };
			}
			case 'word':
			case 'string':
				throw new Fault(
					value,
					`\`${value.text}\` cannot stand here: expected something of the packet, such as \`ip saddr\` or \`tcp dport\``
				);
			default:
				throw new Fault(
					value,
					'expected something of the packet, such as `ip saddr` or `tcp dport`'
				);
		}
	}

	/** What a hash is made of. */
	hashed(expr: Expr): Expression {
		const value = this.values.resolve(expr);
		return value.kind === 'concat'
			? { kind: 'concat', parts: this.parts(value.parts) }
			: this.left(value);
	}

	/** Raw payload is listed by the protocol that a part behind it names, too. */
	private parts(nodes: readonly Expr[]): Expression[] {
		const named = nodes.map((node) => (node.kind === 'raw' ? null : this.left(node)));
		return named.map((made, at) => made ?? this.left(nodes[at]!));
	}

	/** Whether an expression has nothing of the packet in it. */
	constant(expr: Expr): boolean {
		const value = this.values.resolve(expr);
		switch (value.kind) {
			case 'word':
			case 'string':
			case 'list':
			case 'range':
			case 'prefix':
				return true;
			case 'binary':
				return this.constant(value.left);
			case 'concat':
				return value.parts.every((part) => this.constant(part));
			default:
				return false;
		}
	}

	/** A value to be put somewhere: a constant, something of the packet, or what a map gives. */
	value(expr: Expr, types: readonly NftType[]): Expression {
		const value = this.values.resolve(expr);
		if (value.kind === 'map') {
			const key = this.left(value.key);
			const map = this.sets.operand(value.map, keyTypesOf(key), types);
			if (map.kind === 'literal') this.anonymousSet();
			return { kind: 'map', key, map };
		}
		if (!this.constant(value)) {
			const made = this.left(value);
			if (made.kind === 'payload' && made.field === 'flowlabel')
				throw notModelled(value, 'the flow label of a packet as a value');
			if (made.kind === 'tcp option' || made.kind === 'rt')
				throw notModelled(value, 'a TCP option or `rt mtu` as a value');
			const given = typesOf(made);
			if (given.length !== types.length)
				throw new Fault(value, `expected ${types.map((type) => type.what).join(' . ')}`);
			this.assignable(value, given[0]!, types[0]!);
			return made;
		}
		const parts = value.kind === 'concat' ? value.parts : [value];
		if (parts.length !== types.length)
			throw new Fault(value, `expected ${types.map((type) => type.what).join(' . ')}`);
		const scalars = parts.map((part, i): Scalar => this.values.scalar(part, types[i]!, ['a map']));
		const made: Value = scalars.length === 1 ? scalars[0]! : scalars;
		return { kind: 'constant', value: made, type: types[0]!.name };
	}

	/** A value that a statement sets. A number of the packet must be as wide as what it is put into (`stmt_evaluate_arg`). */
	assigned(expr: Expr, type: NftType): Expression {
		const made = this.value(expr, [type]);
		const given = typeOf(made);
		if (
			(made.kind === 'payload' || made.kind === 'raw') &&
			given.name === 'integer' &&
			given.bits !== type.bits
		)
			throw new Fault(expr, `a number of ${given.bits} bits does not fit: ${type.bits} are set`);
		return made;
	}

	/** A value that is kept as numbers lie in the machine's memory. */
	kept(expr: Expr, type: NftType): Expression {
		const made = this.assigned(expr, type);
		if (made.kind === 'binary' && made.left.kind === 'raw')
			throw notModelled(expr, 'a reckoning with raw payload as a value');
		return made;
	}

	/** nft puts any plain number into a number, but no mark into one and no address into a port. */
	private assignable(place: Place, given: NftType, wanted: NftType): void {
		if (given.name === wanted.name || given.name === 'integer') return;
		throw new Fault(place, `expected ${wanted.what}, not ${given.what}`);
	}

	private modulus(word: { text: string } & Place): number {
		const modulus = this.values.count(word);
		if (modulus === 0) throw new Fault(word, 'the modulus must be above 0');
		return modulus;
	}

	private ct(node: Extract<Expr, { kind: 'ct' }>): Expression {
		if (node.key === 'label')
			throw notModelled(node, 'a label elsewhere than in a match of its own');
		let key = node.key as CtKey;
		if (!node.direction && DIRECTED.has(key)) {
			const word = key === 'saddr' || key === 'daddr' ? `ip ${key}` : key;
			throw new Fault(
				node,
				`\`ct ${key}\` needs a direction: \`ct original ${word}\` or \`ct reply ${word}\``
			);
		}
		if (key === 'saddr' || key === 'daddr') {
			if (this.context.network === null && !node.ip)
				throw new Fault(
					node,
					`in a table of family inet: \`ct ${node.direction ?? 'original'} ip ${key}\``
				);
			if (this.context.network === 'ip6' && node.ip) throw this.context.conflict(node, 'ip6');
			if (this.context.network === 'ip6') key = `ip6 ${key}`;
		} else if (key.startsWith('ip6 ') && this.context.network === 'ip')
			throw this.context.conflict(node, 'ip');
		if ((key === 'proto-src' || key === 'proto-dst') && this.context.transports.size === 0)
			throw new Fault(
				node,
				`\`ct ${key}\` needs to know the protocol: put \`meta l4proto tcp\`, or another, before it`
			);
		if (key === 'packets' || key === 'bytes' || key === 'avgpkt') this.countsFlows = true;
		return node.direction ? { kind: 'ct', key, direction: node.direction } : { kind: 'ct', key };
	}

	private fib(node: Extract<Expr, { kind: 'fib' }>): Expression {
		const { select, result } = node;
		if (select.includes('saddr') === select.includes('daddr'))
			throw new Fault(node, '`fib` needs either `saddr` or `daddr`');
		if (select.includes('iif') && select.includes('oif'))
			throw new Fault(node, '`fib` takes `iif` or `oif`, not both');
		if (result !== 'type' && select.includes('oif'))
			throw new Fault(node, '`fib` that asks for the output interface cannot be given it (`oif`)');
		return { kind: 'fib', select, result };
	}
}
