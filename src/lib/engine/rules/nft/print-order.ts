/** The order in which nft lists the elements of a set: by value, as the bytes lie in its memory. */
import type { Operand, Scalar, SetElement } from '../ruleset';
import type { PrintOptions } from './print-value';
import { HOST_ORDER, IPV6_ADDR, integer } from './types';
import type { NftType } from './types';

function bytesOf(value: Scalar, type: NftType): number[] {
	if (typeof value === 'string' && type === IPV6_ADDR)
		return value.match(/../g)!.map((byte) => parseInt(byte, 16));
	if (typeof value === 'string') {
		const bytes = [...value].map((char) => char.charCodeAt(0));
		while (bytes.length < 16) bytes.push(0);
		return bytes;
	}
	const bytes: number[] = [];
	let left = value;
	for (let i = 0; i < Math.ceil(type.bits / 8); i++) {
		bytes.unshift(left % 256);
		left = Math.floor(left / 256);
	}
	return HOST_ORDER.has(type.name) ? bytes.reverse() : bytes;
}

function sortKey(
	element: SetElement,
	types: readonly NftType[],
	index: PrintOptions['interfaceIndex']
): number[] | number {
	if (element.key === null) return Infinity;
	const start = (operand: Operand): Scalar => {
		switch (operand.kind) {
			case 'value':
				return operand.value as Scalar;
			case 'range':
				return operand.from;
			case 'prefix':
				return operand.network;
			case 'wildcard':
				return operand.start;
			case 'set':
				return 0;
		}
	};
	if (!Array.isArray(element.key)) {
		let value = start(element.key as Operand);
		if (types[0]!.name === 'iface_index') value = index?.(String(value)) ?? value;
		if (types[0] === IPV6_ADDR) return bytesOf(value, IPV6_ADDR);
		if (typeof value !== 'number') return bytesOf(value, types[0]!).reverse();
		// Sums of flags go by their lowest, and before it alone.
		if (types[0]!.bitmask && (value & (value - 1)) !== 0) return (value & -value) - 0.5;
		return value;
	}
	return (element.key as readonly Operand[])
		.flatMap((part, i) => bytesOf(start(part), types[i] ?? integer(32)))
		.reverse();
}

function compare(a: number[] | number, b: number[] | number): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	if (typeof a === 'number') return a === Infinity ? 1 : -1;
	if (typeof b === 'number') return b === Infinity ? -1 : 1;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - (b[i] ?? 0);
	return 0;
}

function isWildcard(key: SetElement['key']): boolean {
	return key !== null && !Array.isArray(key) && (key as Operand).kind === 'wildcard';
}

/** Names among which are beginnings of names go by the alphabet. */
function nameOf(element: SetElement): string {
	const key = element.key as Operand | null;
	if (key === null) return '\uffff';
	return key.kind === 'wildcard' ? key.start : key.kind === 'value' ? String(key.value) : '';
}

/** Elements in the order nft lists them. Concatenations with ranges stay as they came. */
export function sortElements(
	elements: readonly SetElement[],
	types: readonly NftType[],
	options: PrintOptions
): readonly SetElement[] {
	const ranges = elements.some(
		(element) =>
			Array.isArray(element.key) &&
			(element.key as readonly Operand[]).some((part) => part.kind !== 'value')
	);
	if (ranges) return elements;
	if (elements.some((element) => isWildcard(element.key)))
		return [...elements].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
	return elements
		.map((element) => ({ element, at: sortKey(element, types, options.interfaceIndex) }))
		.sort((a, b) => compare(a.at, b.at))
		.map(({ element }) => element);
}

// --- Expressions ----------------------------------------------------------------------------
