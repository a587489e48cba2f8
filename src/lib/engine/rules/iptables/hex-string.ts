/** A text with hexadecimal digits between `|`, as `--hex-string` has it, to bytes (`parse_hex_string`). */
import { utf8 } from '../../packet';

/** How many bytes a pattern may have (`XT_STRING_MAX_PATTERN_SIZE`). */
export const MOST_BYTES = 128;

export const NO_PAIRS = 'expected pairs of hexadecimal digits between two `|`';
export const TOO_LONG = `expected at most ${MOST_BYTES} bytes`;

const BAR = 0x7c;
const BACKSLASH = 0x5c;
const BLANK = 0x20;

const digit = (byte: number | undefined): number =>
	byte === undefined ? NaN : parseInt(String.fromCharCode(byte), 16);

/**
 * The bytes, or what is wrong with the text. What follows a `|` that closes is taken as it is, be it another one; a blank
 * may stand behind each pair.
 */
export function hexString(text: string): readonly number[] | string {
	const given = utf8(text);
	const end = given.length;
	if (end === 0) return 'expected at least one letter';
	const bytes: number[] = [];
	let inHex = false;
	let i = 0;
	while (i < end) {
		if (bytes.length >= MOST_BYTES) return TOO_LONG;
		if (given[i] === BACKSLASH) {
			if (inHex) return NO_PAIRS;
			if (i + 1 >= end) return 'nothing follows the `\\`';
			bytes.push(given[i + 1]!);
			i += 2;
			continue;
		}
		if (given[i] === BAR) {
			inHex = !inHex;
			if (inHex) while (given[i + 1] === BLANK) i++;
			if (++i >= end) break;
		}
		if (!inHex) bytes.push(given[i++]!);
		else {
			const byte = digit(given[i]) * 16 + digit(given[i + 1]);
			if (i + 2 >= end || Number.isNaN(byte)) return NO_PAIRS;
			bytes.push(byte);
			i += given[i + 2] === BLANK ? 3 : 2;
		}
	}
	return bytes;
}
