/** `-m string` (`string_mt`, `skb_find_text`): the first place is looked for, and it must end in time. */
import { encodePacket } from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import type { StringMatch } from '../matches/string';

/** `toupper` of the kernel, whose letters are those of Latin-1. */
function upper(byte: number): number {
	const isLower = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0xdf && byte !== 0xf7);
	return isLower ? byte - 32 : byte;
}

/** Where the pattern first stands between two places; -1 if nowhere. */
function find(bytes: Uint8Array, pattern: readonly number[], from: number, to: number): number {
	for (let at = from; at + pattern.length <= to; at++) {
		let i = 0;
		while (i < pattern.length && bytes[at + i] === pattern[i]) i++;
		if (i === pattern.length) return at;
	}
	return -1;
}

/** Where the stretches of memory end in which a packet lies. */
function endsOf(blocks: readonly number[], length: number): number[] {
	const ends: number[] = [];
	let end = 0;
	for (const block of blocks) if ((end += block) < length) ends.push(end);
	return [...ends, length];
}

export const string: XtKind<StringMatch> = {
	compile({ pattern, algorithm, from, to, icase, negated }): XtEvaluate {
		const wanted = icase ? pattern.map(upper) : pattern;
		return ({ packet, blocks }) => {
			const given = encodePacket(packet);
			const bytes = icase ? given.map(upper) : given;
			const ends = algorithm === 'kmp' ? [bytes.length] : endsOf(blocks, bytes.length);
			let start = 0;
			for (const end of ends) {
				if (find(bytes, wanted, Math.max(start, from), Math.min(end, to)) >= 0) return !negated;
				start = end;
			}
			return negated;
		};
	}
};
