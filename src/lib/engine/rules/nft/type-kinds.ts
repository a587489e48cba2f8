/** What an nft data type is, and the two kinds of it: numbers and names. */
import type { DataType, Scalar } from '../ruleset';

export interface NftType {
	readonly name: DataType;
	/** What a value is, in words, for errors: `a port`. */
	readonly what: string;
	/** What may be written for one: `a number 0-65535 or a service name`. */
	readonly expected: string;
	readonly bits: number;
	/** Its names are bits that can be joined (`new,established`). */
	readonly bitmask?: boolean;
	/** Its values may stand in ranges and intervals. */
	readonly ordered?: boolean;
	readonly symbols?: Readonly<Record<string, number>>;
	/** Read one word (quoted or not); `null` when it is no value of this type. */
	parse(text: string, quoted: boolean): Scalar | null;
	print(value: Scalar): string;
	/** As a number, where nft does not use names: at the ends of a range. */
	printNumber(value: number): string;
}

/** A number as nft reads it: decimal, `0x` hexadecimal, or octal with a leading 0. */
export function parseNumber(text: string): number | null {
	if (/^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
	if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
	if (/^\d+$/.test(text)) return Number(text);
	return null;
}

/** Seconds of a time such as `1d2h3m4s`, `30s` or a bare number; fractions come from `ms`. */
export function parseTime(text: string): number | null {
	if (/^\d+$/.test(text)) return Number(text);
	const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
	if (!match || text === '') return null;
	const [, d, h, m, s, ms] = match.map((part) => Number(part ?? 0));
	return d! * 86400 + h! * 3600 + m! * 60 + s! + ms! / 1000;
}

/** Seconds as nft prints them: `1d2h3m4s500ms`. */
export function printTime(seconds: number): string {
	let left = Math.round(seconds * 1000);
	// nft prints nothing for no time at all.
	if (left === 0) return '';
	let text = '';
	for (const [unit, size] of [
		['d', 86_400_000],
		['h', 3_600_000],
		['m', 60_000],
		['s', 1000],
		['ms', 1]
	] as const) {
		const count = Math.floor(left / size);
		left -= count * size;
		if (count > 0) text += `${count}${unit}`;
	}
	return text;
}

export interface NumberOptions {
	readonly bits: number;
	readonly symbols?: Readonly<Record<string, number>>;
	readonly bitmask?: boolean;
	readonly hex?: boolean;
	/** Print numbers, though words are read (`tcp dport ssh` is listed as 22). */
	readonly numeric?: boolean;
	readonly expected?: string;
}

function list(symbols: Readonly<Record<string, number>>): string {
	const names = Object.keys(symbols);
	return names.length > 12 ? names.slice(0, 10).join(', ') + ', …' : names.join(', ');
}

/** A type whose values are numbers, some of them with names. */
export function numberType(name: DataType, what: string, options: NumberOptions): NftType {
	const { bits, symbols, bitmask, hex, numeric } = options;
	const names = new Map<number, string>();
	if (symbols && !numeric)
		for (const symbol in symbols)
			if (!names.has(symbols[symbol]!)) names.set(symbols[symbol]!, symbol);
	const highest = 2 ** bits - 1;
	const printNumber = (value: number): string =>
		hex ? '0x' + value.toString(16).padStart(Math.ceil(bits / 4), '0') : String(value);
	return {
		name,
		what,
		expected:
			options.expected ??
			(symbols ? `${list(symbols)} or a number 0-${highest}` : `a number 0-${highest}`),
		bits,
		bitmask,
		ordered: !bitmask,
		symbols,
		printNumber,
		parse(text) {
			const named = symbols && Object.hasOwn(symbols, text) ? symbols[text] : undefined;
			if (named !== undefined) return named;
			const value = parseNumber(text);
			return value !== null && value <= highest ? value : null;
		},
		print(value) {
			if (typeof value === 'string') return `"${value}"`;
			const known = names.get(value);
			if (known !== undefined) return known;
			if (bitmask && value !== 0) {
				const parts: string[] = [];
				let left = value;
				for (const [bit, symbol] of names)
					if (bit !== 0 && (left & bit) === bit) {
						parts.push(symbol);
						left &= ~bit;
					}
				for (let bit = 0; bit < 32; bit++)
					if ((left >>> bit) & 1) parts.push('0x' + (2 ** bit).toString(16));
				return parts.join(',');
			}
			return printNumber(value);
		}
	};
}

/** A type whose values are names. */
export function nameType(name: DataType, what: string, longest: number): NftType {
	return {
		name,
		what,
		expected: `a name of at most ${longest} characters`,
		bits: 128,
		parse: (text) => (text.length > 0 && text.length <= longest ? text : null),
		print: (value) => `"${value}"`,
		printNumber: String
	};
}
