/** What is listed as a number where names are not wanted (`-n`, `-y`, `-p`, `-T`), and as a name where they are (`-u`). */
import * as T from './types';
import type { NftType } from './types';

export interface NumericOptions {
	/** Priorities of chains. */
	readonly priority?: boolean;
	readonly protocol?: boolean;
	/** States, flags, types and codes. */
	readonly symbols?: boolean;
	readonly time?: boolean;
	/** Users and groups by name. */
	readonly guid?: boolean;
}

/** A value by the form that was asked for; `null` where it keeps its own. */
export function asAsked(value: number, type: NftType, numeric: NumericOptions): string | null {
	if (type === T.INET_PROTO) return numeric.protocol ? String(value) : null;
	if (type === T.TIME) return numeric.time ? timeInSeconds(value / 1000) : null;
	if (type === T.UID || type === T.GID) return numeric.guid ? nameIn(type, value) : null;
	if (!numeric.symbols) return null;
	if (type === T.BOOLEAN) return String(value);
	if (!type.symbols) return null;
	return type.bitmask || type === T.ECN ? hexadecimal(value) : type.printNumber(value);
}

function nameIn({ symbols = {} }: NftType, value: number): string | null {
	const name = Object.keys(symbols).find((one) => symbols[one] === value);
	return name === undefined ? null : `"${name}"`;
}

function hexadecimal(value: number): string {
	return `0x${(value >>> 0).toString(16)}`;
}

/** Bits one by one, the lowest first. */
export function bitsAsNumbers(value: number, separator: string): string {
	const bits: string[] = [];
	for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) bits.push(hexadecimal(2 ** bit));
	return bits.join(separator);
}

/** Seconds, in one number or in days, hours, minutes and what is left. */
export function printDuration(seconds: number, numeric?: NumericOptions): string {
	return numeric?.time ? timeInSeconds(seconds) : T.printTime(seconds);
}

function timeInSeconds(seconds: number): string {
	return `${Math.floor(seconds + 1e-9)}s`;
}
