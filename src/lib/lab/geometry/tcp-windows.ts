/**
 * A TCP window as a bar: what the end has sent, what it may still send, and where the segment fell. Distances from
 * `td_end` are drawn on a logarithmic scale, so that both one byte and a window of megabytes can be seen.
 */
import type { WindowView } from '../model/tcp';
import { between } from './between';

/** A stretch of the bar, in per cent of its width. */
export interface Stretch {
	readonly x: number;
	readonly width: number;
}

export interface WindowBar {
	/** From the first byte that may still come to `td_end`. */
	readonly sent: Stretch;
	/** From `td_end` to `td_maxend`. */
	readonly open: Stretch;
	/** Place of `td_end`. */
	readonly end: number;
	/** Where the segment lies; `null` when it is of the other direction. */
	readonly segment: (Stretch & { readonly inside: boolean }) | null;
	/** Where the acknowledgement points; `null` without one. */
	readonly ack: { readonly x: number; readonly inside: boolean } | null;
}

/** Signed distance of two sequence numbers, which count modulo 2^32. */
export function distance(from: number, to: number): number {
	return (to - from) | 0;
}

/** Bytes about `td_end` for which the scale is almost even. */
const EVEN = 4;
/** Room beside the outermost mark, in per cent. */
const MARGIN = 4;
/** A segment of no bytes can be seen all the same. */
const LEAST = 0.9;

/**
 * A logarithmic scale that goes through 0, from a stretch of numbers to per cent of the width. d3's brings its colours
 * and number formats along, five times the weight of the rest of this view.
 */
function symlog(least: number, most: number): (value: number) => number {
	const log = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value / EVEN));
	return (value) =>
		between(MARGIN, 100 - MARGIN, (log(value) - log(least)) / (log(most) - log(least)));
}

export function windowBar(view: WindowView): WindowBar {
	const { end, maxEnd, lowest, lowestAck, segment, ack } = view;
	const at = (number: number): number => distance(end, number);
	const marks = [
		0,
		at(maxEnd),
		at(lowest),
		...(segment ? [at(segment[0]), at(segment[1])] : []),
		...(ack === null ? [] : [at(ack)])
	];
	const x = symlog(Math.min(...marks, -EVEN), Math.max(...marks, EVEN));
	const stretch = (from: number, to: number): Stretch => ({
		x: x(from),
		width: Math.max(0, x(to) - x(from))
	});
	const own = segment && stretch(at(segment[0]), at(segment[1]));
	return {
		sent: stretch(Math.min(0, at(lowest)), 0),
		open: stretch(0, Math.max(0, at(maxEnd))),
		end: x(0),
		segment:
			segment && own
				? {
						...own,
						width: Math.max(LEAST, own.width),
						inside: at(segment[0]) <= at(maxEnd) && at(segment[1]) >= at(lowest)
					}
				: null,
		ack: ack === null ? null : { x: x(at(ack)), inside: at(ack) <= 0 && at(ack) >= at(lowestAck) }
	};
}
