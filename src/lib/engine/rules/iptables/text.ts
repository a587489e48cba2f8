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
