/** How iptables prints words, addresses and numbers. */
import { formatAddress, lengthOfMask } from '../../packet';

/** In quotes, unless it is made of letters, digits, `_` and `-` alone (`xtables_save_string`). */
export function quoted(text: string): string {
	if (/^[A-Za-z0-9_-]+$/.test(text)) return text;
	return `"${text.replace(/["'\\]/g, '\\$&')}"`;
}

/** `/24`, or the bits where they are no prefix. */
export function maskText(mask: number): string {
	return `/${lengthOfMask(mask) ?? formatAddress(mask)}`;
}

export function hex(value: number): string {
	return `0x${value.toString(16)}`;
}

/** A byte with both its digits. */
export function hexByte(value: number): string {
	return `0x${value.toString(16).padStart(2, '0')}`;
}

/** `0x1/0xff`; the mask left out where it has every bit. */
export function markText(value: number, mask: number): string {
	return mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

/** As nft writes that something is another. */
export const not = (negated: boolean): string => (negated ? '!= ' : '');
/** As nft writes a range, or a number where it is one. */
export const range = ({ from, to }: { from: number; to: number }): string =>
	from === to ? String(from) : `${from}-${to}`;
