/** `-m string`: whether bytes are anywhere in a packet. */
import { utf8 } from '../../../packet';
import { bang, extension } from '../extension';
import { hexString, MOST_BYTES, TOO_LONG } from '../hex-string';

export interface StringMatch {
	readonly pattern: readonly number[];
	/** Boyer and Moore's finds nothing across the fragments that a packet came in; Knuth, Morris and Pratt's does. */
	readonly algorithm: 'bm' | 'kmp';
	/** Where they may begin and must have ended, in bytes from the IP header on. */
	readonly from: number;
	readonly to: number;
	readonly icase: boolean;
	readonly negated: boolean;
}

const LAST = 0xffff;
const BACKSLASH = 0x5c;

/** As hexadecimal digits, where it could not be read again as letters (`is_hex_string`). */
function isHex(pattern: readonly number[]): boolean {
	return pattern.at(-1) === BACKSLASH || pattern.some((byte) => byte < 0x20 || byte > 0x7e);
}

function patternText(pattern: readonly number[]): string {
	if (isHex(pattern))
		return `"|${pattern.map((byte) => byte.toString(16).padStart(2, '0')).join('')}|"`;
	return `"${String.fromCharCode(...pattern).replace(/["\\]/g, '\\$&')}"`;
}

export const string = extension<StringMatch>({
	name: 'string',
	options: [
		{ name: '--from', value: 'Short' },
		{ name: '--to', value: 'Short' },
		{ name: '--algo', value: 'Text' },
		{ name: '--string', value: 'Text', negatable: true },
		{ name: '--hex-string', value: 'Text', negatable: true },
		{ name: '--icase' }
	],
	read(given) {
		given.atMostOne('--string', '--hex-string');
		const name = given.has('--string') ? '--string' : '--hex-string';
		if (!given.has(name)) throw given.refusal('`string` needs --string or --hex-string');
		given.need('--algo');
		const text = given.text(name)!;
		const pattern = name === '--string' ? [...utf8(text)] : hexString(text);
		if (typeof pattern === 'string') throw given.refusal(pattern, name);
		if (pattern.length > MOST_BYTES) throw given.refusal(TOO_LONG, name);
		// All else the kernel finds.
		if (pattern.length === 0) throw given.refusal('expected at least one letter', name, 4);
		const algorithm = given.text('--algo');
		if (algorithm !== 'bm' && algorithm !== 'kmp')
			throw given.refusal('expected `bm` or `kmp`', '--algo', 4);
		const from = given.number('--from', 0);
		const to = given.number('--to', LAST);
		if (from > to) throw given.refusal('this range runs backwards', '--to', 4);
		return {
			pattern,
			algorithm,
			from,
			to,
			icase: given.has('--icase'),
			negated: given.negated(name)
		};
	},
	save: ({ pattern, algorithm, from, to, icase, negated }) =>
		[
			`${bang(negated)}--${isHex(pattern) ? 'hex-string' : 'string'} ${patternText(pattern)}`,
			`--algo ${algorithm}`,
			...(from === 0 ? [] : [`--from ${from}`]),
			...(to === LAST ? [] : [`--to ${to}`]),
			...(icase ? ['--icase'] : [])
		].join(' '),
	list: ({ pattern, algorithm, from, to, icase, negated }) =>
		[
			`STRING match ${bang(negated)}${patternText(pattern)} ALGO name ${algorithm}`,
			...(from === 0 ? [] : [`FROM ${from}`]),
			...(to === LAST ? [] : [`TO ${to}`]),
			...(icase ? ['ICASE'] : [])
		].join(' '),
	statements: (match) => [{ kind: 'xt', name: 'string', options: match }]
});
