/** `-m u32` (`u32_match_it`). */
import { encodePacket, get32 } from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import type { U32Match, U32Test } from '../matches/u32';

/** What a test reads; `null` where the packet is too short for it. */
function read(bytes: Uint8Array, { at, steps }: U32Test): number | null {
	const word = (place: number): number | null =>
		place + 4 > bytes.length ? null : get32(bytes, place);
	let base = 0;
	let value = word(at);
	for (const { op, number } of steps) {
		if (value === null) return null;
		if (op === '&') value = (value & number) >>> 0;
		else if (op === '<<') value = (value << number) >>> 0;
		else if (op === '>>') value >>>= number;
		else {
			base += value;
			value = word(base + number);
		}
	}
	return value;
}

export const u32: XtKind<U32Match> = {
	compile({ tests, negated }): XtEvaluate {
		return ({ packet }) => {
			const bytes = encodePacket(packet);
			const holds = tests.every((test) => {
				const value = read(bytes, test);
				return value !== null && test.values.some(({ from, to }) => value >= from && value <= to);
			});
			return holds !== negated;
		};
	}
};
