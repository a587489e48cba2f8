/** Plain numbers. */
import { numberType, parseNumber } from './type-kinds';
import type { NftType } from './type-kinds';

const integers = new Map<number, NftType>();

/** A plain number of so many bits. */
export function integer(bits: number): NftType {
	let type = integers.get(bits);
	if (!type) integers.set(bits, (type = numberType('integer', 'a number', { bits })));
	return type;
}

/** A plain number that is listed as hexadecimal, without zeros before it. */
export function rawInteger(bits: number): NftType {
	const print = (value: number): string => `0x${value.toString(16)}`;
	return { ...integer(bits), print: (value) => print(Number(value)), printNumber: print };
}

const limited = new Map<number, NftType>();

/** A number up to `highest`, such as a generator gives. */
export function upTo(highest: number): NftType {
	let type = limited.get(highest);
	if (!type) {
		type = {
			...integer(32),
			expected: `a number 0-${highest}`,
			parse(text) {
				const value = parseNumber(text);
				return value !== null && value <= highest ? value : null;
			}
		};
		limited.set(highest, type);
	}
	return type;
}
