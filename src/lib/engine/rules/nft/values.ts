/** Constants of the text as values: words by their type, ranges, prefixes, lists of bits. */
import { maskOf } from '../../packet';
import type { Operand, RangeValue, Scalar } from '../ruleset';
import { stretch } from '../stretch';
import type { Expr } from './ast';
import { Fault, notModelled } from './fault';
import { andIpv6, maskIpv6 } from './ipv6';
import type { Place } from './place';
import * as T from './types';
import type { NftType } from './types';

/** Seconds between two ticks of a kernel of 250 Hz. */
const JIFFY = 0.004;

/** Names given by `define`, block inside block. */
export class Variables {
	private readonly names = new Map<string, Expr>();
	constructor(private readonly outer: Variables | null = null) {}

	define(name: string, value: Expr): void {
		this.names.set(name, value);
	}
	/** False when there was nothing to forget. */
	undefine(name: string): boolean {
		return this.names.delete(name);
	}
	has(name: string): boolean {
		return this.names.has(name);
	}
	find(name: string): Expr | null {
		return this.names.get(name) ?? this.outer?.find(name) ?? null;
	}
}

/** `a, b` and `or` the last, with what else may stand in the place. */
export function expectedText(type: NftType, more: readonly string[] = []): string {
	const parts = [...type.expected.split(/, | or /), ...more];
	return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

/** What may stand beside a plain value on the right of a match. */
export function matchAlternatives(type: NftType): string[] {
	return [...(type.ordered ? ['a range'] : []), 'a set', 'a map'];
}

export class Values {
	constructor(readonly variables: Variables) {}

	/** What a variable stands for; errors then point at where it was used. */
	resolve(expr: Expr): Expr {
		let at = expr;
		for (let depth = 0; at.kind === 'variable'; depth++) {
			const value = this.variables.find(at.name);
			if (!value || depth > 16) throw new Fault(expr, `unknown variable \`$${at.name}\``);
			at = { ...value, from: expr.from, to: expr.to };
		}
		return at;
	}

	/** One number or name. `more`: what else the place takes, for the error. */
	scalar(expr: Expr, type: NftType, more: readonly string[] = []): Scalar {
		const value = this.resolve(expr);
		switch (value.kind) {
			case 'word':
			case 'string': {
				const parsed = type.parse(value.text, value.kind === 'string');
				if (parsed === null) throw this.unfit(value, value.text, type, more);
				return parsed;
			}
			case 'binary': {
				if (type === T.IPV6_ADDR) throw notModelled(value, 'a reckoning with IPv6 addresses');
				const left = this.number(value.left, type);
				const right = this.number(
					value.right,
					value.op === '<<' || value.op === '>>' ? T.integer(32) : type
				);
				return fold(value.op, left, right);
			}
			case 'list':
				if (!type.bitmask) throw this.noBits(value, type);
				return value.items.reduce((sum, item) => (sum | this.number(item, type)) >>> 0, 0);
			default:
				throw new Fault(value, `expected ${type.what}: ${expectedText(type, more)}`);
		}
	}

	number(expr: Expr, type: NftType): number {
		const value = this.scalar(expr, type);
		if (typeof value === 'string') throw new Fault(expr, `\`${value}\` is not a number`);
		return value;
	}

	/** One end of a range. */
	private end(expr: Expr, type: NftType): Scalar {
		return type === T.IPV6_ADDR ? this.scalar(expr, type) : this.number(expr, type);
	}

	/** A count of something, 0 or more. Where a number must stand, nft takes no `08` for one. */
	count(word: { readonly text: string } & Place): number {
		const value = T.parseNumber(word.text);
		if (value === null || /^0\d*[89]/.test(word.text))
			throw new Fault(word, `\`${word.text}\` is not a number`);
		return value;
	}

	/** Seconds. */
	time(expr: Expr): number {
		const value = this.resolve(expr);
		const seconds =
			value.kind === 'word' || value.kind === 'string' ? T.parseTime(value.text) : null;
		if (seconds === null) throw new Fault(expr, `expected ${T.TIME.expected}`);
		return seconds;
	}

	/** Seconds after which elements go, in the kernel's steps (`nf_msecs_to_jiffies64`). */
	timeout(expr: Expr): number {
		const seconds = this.time(expr);
		return seconds > 0 ? Math.max(Math.floor(seconds / JIFFY + 1e-6), 1) * JIFFY : 0;
	}

	/** A value, a range, a prefix or the beginning of a name. */
	operand(expr: Expr, type: NftType, more: readonly string[] = []): Operand {
		const value = this.resolve(expr);
		switch (value.kind) {
			case 'range': {
				if (!type.ordered) throw new Fault(value, `${type.what} cannot be a range`);
				const from = this.end(value.low, type);
				const to = this.end(value.high, type);
				if (from > to) throw new Fault(value, `the range is empty: it ends before it begins`);
				return { kind: 'range', from, to };
			}
			case 'prefix':
				return this.prefix(value, type);
			case 'word':
			case 'string':
				if (type === T.IFACE_INDEX && /^([2-9]|[1-9]\d+)$/.test(value.text))
					throw notModelled(value, `the interface number ${value.text}`);
				if (value.text === '*' && type === T.IFNAME)
					throw new Fault(value, '`*` alone matches every name: leave the match out');
				if ((type === T.IFNAME || type === T.STRING) && value.text.endsWith('*'))
					return { kind: 'wildcard', start: value.text.slice(0, -1) };
				return { kind: 'value', value: this.scalar(value, type, more) };
			default:
				return { kind: 'value', value: this.scalar(value, type, more) };
		}
	}

	private prefix(value: Extract<Expr, { kind: 'prefix' }>, type: NftType): Operand {
		const base = this.end(value.base, type);
		const length = this.count(value.length);
		if (length > type.bits)
			throw new Fault(value.length, `a prefix of ${type.what} has at most ${type.bits} bits`);
		if (typeof base === 'string')
			return length === 128
				? { kind: 'value', value: base }
				: { kind: 'prefix', network: andIpv6(base, maskIpv6(length)), length };
		if (type === T.CLASSID) throw notModelled(value, 'a prefix of a traffic class');
		if (type === T.IPV4_ADDR || type === T.MARK)
			return length === 32
				? { kind: 'value', value: base }
				: { kind: 'prefix', network: (base & maskOf(length)) >>> 0, length };
		const size = 2 ** (type.bits - length);
		const from = base - (base % size);
		return size === 1
			? { kind: 'value', value: from }
			: { kind: 'range', from, to: from + size - 1 };
	}

	/** An inclusive range of numbers, a single value being one. */
	range(expr: Expr, type: NftType): RangeValue {
		const [from, to] = stretch(this.operand(expr, type)) ?? [];
		if (typeof from === 'number') return { from, to: to as number };
		throw new Fault(expr, `expected ${type.what} or a range`);
	}

	/** An inclusive range of IPv6 addresses, a single one being one. */
	rangeIpv6(expr: Expr): RangeValue<string> {
		const [from, to] = stretch(this.operand(expr, T.IPV6_ADDR))!;
		return { from: String(from), to: String(to) };
	}

	private unfit(place: Place, text: string, type: NftType, more: readonly string[]): Fault {
		const number = T.parseNumber(text);
		const said =
			number !== null && type.bits <= 32 && number > 2 ** type.bits - 1
				? `\`${text}\` is too large for ${type.what}`
				: `\`${text}\` is not ${type.what}`;
		return new Fault(place, `${said}: expected ${expectedText(type, more)}`);
	}

	private noBits(place: Place, type: NftType): Fault {
		return new Fault(
			place,
			`values of this kind cannot be joined with commas: put them into a set \`{ … }\` (only bits, such as states and flags, can; this is ${type.what})`
		);
	}
}

function fold(op: '&' | '|' | '^' | '<<' | '>>', left: number, right: number): number {
	switch (op) {
		case '&':
			return (left & right) >>> 0;
		case '|':
			return (left | right) >>> 0;
		case '^':
			return (left ^ right) >>> 0;
		case '<<':
			return right > 31 ? 0 : (left << right) >>> 0;
		case '>>':
			return right > 31 ? 0 : left >>> right;
	}
}
