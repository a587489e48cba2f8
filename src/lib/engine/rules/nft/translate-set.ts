/** Sets and maps: which types their parts have, and their elements as values. */
import { afresh } from '../own';
import type {
	CountedObject,
	DataType,
	NamedSet,
	ObjectKind,
	Scalar,
	Operand,
	SetElement,
	SetOperand,
	Value,
	RangeValue,
	Verdict,
	OwnStatement
} from '../ruleset';
import type { Element, ElementOption, Expr, SetLiteral, SetPlace, VerdictValue } from './ast';
import { Fault, KernelFault, notModelled } from './fault';
import { normalizeLiteral } from './normalize';
import type { Place } from './place';
import { MOST_OWN, translateOwn } from './translate-own';
import type { RuleScope } from './rule-scope';
import * as T from './types';
import type { NftType } from './types';
import type { Values } from './values';

/** What a set holds: types of the key's parts and, of a map, of the data's. */
export interface SetShape {
	readonly key: readonly NftType[];
	readonly data: readonly NftType[] | 'verdict' | ObjectKind | null;
	/** Whether the data are ranges. */
	readonly ranges?: boolean;
}

/** What a map gives, in one word: `null` where it is a set. */
function givenBy(data: SetShape['data']): 'values' | 'verdict' | ObjectKind | null {
	return typeof data === 'object' && data !== null ? 'values' : data;
}

const OBJECTS: ReadonlySet<string> = new Set<ObjectKind>(['counter', 'quota', 'limit']);

/** Of which objects a map is. */
export function objectKind({ data }: Pick<NamedSet, 'data'>): ObjectKind | null {
	return data && OBJECTS.has(data[0]!) ? (data[0] as ObjectKind) : null;
}

/** Turns the words of a verdict into one; a chain's name is checked at the commit. */
export type ReadVerdict = (verdict: VerdictValue) => Verdict;

/** The types of a named set's parts. Integer types come from `typeof` and have 32 bits here. */
export function shapeOf(set: NamedSet): SetShape {
	const types = (names: readonly DataType[], bits?: readonly number[]): NftType[] =>
		names.map((name, i) =>
			name === 'integer' ? T.integer(bits?.[i] ?? 32) : (T.SET_TYPES[name] ?? T.integer(32))
		);
	return {
		key: types(set.type, set.bits),
		data: !set.data
			? null
			: set.data[0] === 'verdict'
				? 'verdict'
				: (objectKind(set) ?? types(set.data)),
		ranges: set.ranges === true
	};
}

export class Sets {
	/** Data may be missing: elements that are to be deleted. */
	keysOnly = false;

	constructor(
		private readonly values: Values,
		private readonly verdict: ReadVerdict,
		/** A set of the table by its name. */
		private readonly find: (name: string) => NamedSet | null,
		private readonly now: number,
		/** An object of the table, for maps that give some. */
		private readonly object: RuleScope['object'] = () => null
	) {}

	/** A set or map used in a rule. `data` is what the map must give; `null` when it is a set. */
	operand(place: SetPlace, key: readonly NftType[], data: SetShape['data']): SetOperand {
		const target = place.kind === 'variable' ? this.values.resolve(place) : place;
		if (target.kind === 'set reference') {
			this.named(target.name.text, target, key, data);
			return { kind: 'named', name: target.name.text };
		}
		if (target.kind !== 'set') throw new Fault(place, 'expected a set `{ … }` or `@name`');
		const elements = this.elements(target, { key, data, ranges: this.hasRanges(target) }, null);
		if (elements.length < 2) return { kind: 'literal', elements };
		for (const element of target.elements) {
			if (element.own.some(({ kind }) => kind === 'count'))
				throw new KernelFault(element, 'an anonymous set cannot count connections', true);
			if (element.own.length > MOST_OWN)
				throw new KernelFault(element, 'an element can have two things of its own at most', true);
		}
		return { kind: 'literal', elements: normalizeLiteral(elements, target) };
	}

	/** The named set, which must fit its use. */
	named(name: string, place: Place, key: readonly NftType[], data: SetShape['data']): NamedSet {
		const set = this.find(name);
		if (!set) throw new Fault(place, `there is no set or map \`${name}\` in this table`);
		const shape = shapeOf(set);
		if (data !== null && shape.data === null)
			throw new Fault(place, `\`${name}\` is a set, and a map is needed here`);
		if (data !== null && givenBy(data) !== givenBy(shape.data))
			throw new Fault(place, unfitMap(name, data, shape.data));
		this.sameTypes(place, key, shape.key);
		return set;
	}

	/** Whether a map's data are ranges: then all of them are. */
	hasRanges(map: SetLiteral): boolean {
		return map.elements.some(({ data }) => {
			const kind = data && data.kind !== 'verdict value' && this.values.resolve(data).kind;
			return kind === 'range' || kind === 'prefix';
		});
	}

	private sameTypes(place: Place, used: readonly NftType[], declared: readonly NftType[]): void {
		const names = (types: readonly NftType[]): string => types.map((type) => type.name).join(' . ');
		const fits =
			used.length === declared.length &&
			used.every(
				(type, i) =>
					type.name === declared[i]!.name ||
					type.name === 'integer' ||
					declared[i]!.name === 'integer'
			);
		if (!fits)
			throw new Fault(
				place,
				`the set is of type ${names(declared)}, and what is looked up in it of type ${names(used)}`
			);
	}

	/** The elements of a literal, those of a named set for `holder`. */
	elements(
		literal: SetLiteral,
		shape: SetShape,
		holder: Pick<NamedSet, 'each' | 'flags'> | null
	): SetElement[] {
		return literal.elements.flatMap((element) => {
			const key = element.key.kind === 'variable' ? this.values.resolve(element.key) : element.key;
			if (key.kind === 'set') return this.elements(key, shape, holder);
			return [this.element({ ...element, key }, shape, holder)];
		});
	}

	private element(
		element: Element,
		shape: SetShape,
		holder: Pick<NamedSet, 'each' | 'flags'> | null
	): SetElement {
		let key = element.key.kind === 'default' ? null : this.key(element.key, shape.key);
		if (key && !holder && !Array.isArray(key)) key = plain(key as Operand);
		if (shape.data === null && element.data !== null)
			throw new Fault(element.data, 'a set has no data: only a map maps to something');
		if (shape.data !== null && element.data === null && !this.keysOnly)
			throw new Fault(element, 'an element of a map needs `: DATA`');
		const own = this.own(element, shape, holder);
		return {
			key,
			...this.data(element.data, shape),
			...(own ? { own } : {}),
			...this.options(element.options, holder !== null)
		};
	}

	/** What an element has of its own: what it says must be what its set says. */
	private own(
		element: Element,
		shape: SetShape,
		holder: Pick<NamedSet, 'each' | 'flags'> | null
	): readonly OwnStatement[] | undefined {
		const [first] = element.own;
		if (!first) return holder?.each?.map(afresh);
		const own = element.own.map((one) => translateOwn(one, this.values));
		if (!holder) {
			if (shape.data !== null)
				throw new Fault(first, `an element of an anonymous map cannot have a ${first.kind}`);
			return own;
		}
		if (this.keysOnly) return own;
		const { each, flags } = holder;
		if (!each && !flags.includes('dynamic'))
			throw new Fault(first, `the set does not say \`${kindsOf(own)}\` of its elements`);
		if (each && kindsOf(each) !== kindsOf(own))
			throw new Fault(first, `of its elements the set says \`${kindsOf(each)}\``);
		return own;
	}

	private key(expr: Expr, types: readonly NftType[]): SetElement['key'] {
		const parts = expr.kind === 'concat' ? expr.parts : [expr];
		if (parts.length !== types.length)
			throw new Fault(
				expr,
				`expected ${types.length} part${types.length > 1 ? 's joined by ` . `' : ''}: ${types.map((type) => type.what).join(' . ')}`
			);
		if (types.length === 1)
			return this.values.operand(parts[0]!, types[0]!, types[0]!.ordered ? ['a range'] : []);
		return parts.map((part, i) => plain(this.values.operand(part, types[i]!)));
	}

	private data(
		data: Element['data'],
		{ data: types, ranges }: SetShape
	): { data?: Value | RangeValue; verdict?: Verdict; object?: CountedObject } {
		if (data === null || types === null) return {};
		if (typeof types === 'string' && types !== 'verdict')
			return { object: this.namedObject(data, types) };
		if (types === 'verdict') {
			const value = data.kind === 'variable' ? this.values.resolve(data) : data;
			if (value.kind === 'verdict value') return { verdict: this.verdict(value) };
			throw new Fault(data, `expected a verdict: ${T.VERDICT.expected}`);
		}
		if (data.kind === 'verdict value')
			throw new Fault(
				data,
				`expected ${types.map((type) => type.what).join(' . ')}, not a verdict`
			);
		const value = this.values.resolve(data);
		const parts = value.kind === 'concat' ? value.parts : [value];
		if (parts.length !== types.length)
			throw new Fault(value, `expected ${types.map((type) => type.what).join(' . ')}`);
		if (parts.length > 1)
			return { data: parts.map((part, i): Scalar => this.values.scalar(part, types[i]!)) };
		const isRange = value.kind === 'range' || value.kind === 'prefix';
		if (isRange && types[0] !== T.IPV4_ADDR)
			throw notModelled(value, 'a range as map data of this type');
		if (isRange !== (ranges ?? false))
			throw new Fault(
				value,
				isRange
					? 'this map gives single values: for ranges and prefixes its type is `KEY : interval DATA`'
					: 'this map gives ranges: expected a range or a prefix'
			);
		if (isRange) return { data: this.values.range(value, T.IPV4_ADDR) };
		return { data: this.values.scalar(value, types[0]!) };
	}

	/** The object of this name. */
	private namedObject(data: NonNullable<Element['data']>, kind: ObjectKind): CountedObject {
		const value = data.kind === 'variable' ? this.values.resolve(data) : data;
		if (value.kind !== 'word' && value.kind !== 'string')
			throw new Fault(data, `expected the name of a ${kind}`);
		const found = this.object(kind, value.text);
		if (!found || found.kind !== kind)
			throw new KernelFault(data, `there is no ${kind} \`${value.text}\` in this table`, true);
		return found as CountedObject;
	}

	private options(options: readonly ElementOption[], named: boolean): Partial<SetElement> {
		const made: { timeout?: number; expires?: number; comment?: string } = {};
		for (const option of options) {
			if (option.kind === 'comment') {
				made.comment = option.text.text;
				continue;
			}
			if (!named) throw new Fault(option, 'an element of an anonymous set cannot time out');
			if (option.kind === 'timeout') made.timeout = this.values.timeout(option.time);
			else made.expires = this.now + this.values.time(option.time) * 1000;
		}
		return made;
	}
}

/** The kinds of statements in their order, in words. */
export function kindsOf(own: readonly OwnStatement[]): string {
	return own.map(({ kind }) => (kind === 'count' ? 'ct count' : kind)).join(' ');
}

/** Why a map does not give what is wanted. */
function unfitMap(name: string, wanted: SetShape['data'], data: SetShape['data']): string {
	if (typeof wanted === 'string' && wanted !== 'verdict')
		return `\`${name}\` is no map of ${wanted}s`;
	if (data === 'verdict') return `\`${name}\` is a verdict map: use it with \`vmap\``;
	if (typeof data === 'string')
		return `\`${name}\` is a map of ${data}s: use it with \`${data} name\``;
	return `\`${name}\` is no verdict map`;
}

/** In a set a range of one value is that value. */
export function plain(operand: Operand): Operand {
	return operand.kind === 'range' && operand.from === operand.to
		? { kind: 'value', value: operand.from }
		: operand;
}
