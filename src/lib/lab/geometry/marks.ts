/** Marks on the timeline: one for each stop, or one for as many as share a place; and a band for each scenario step. */
import type { Direction } from '$lib/engine';
import type { MarkKind, Stop } from '../model/stops';
import { firstStopOf } from '../model/stops';
import { between } from './between';

export interface Mark {
	/** Place of the stop, from 1. */
	readonly at: number;
	/** Per cent of the width. */
	readonly x: number;
	readonly kind: MarkKind;
	readonly direction: Direction | null;
}

export interface Band {
	readonly step: number;
	readonly from: number;
	readonly to: number;
}

/** More marks than these cannot be told apart: so many places there are then, and the most telling one of each. */
const PLACES = 160;
/** More bands than these are no bands any more. */
const BANDS = 80;

/** From the most telling kind to the least. */
const TELLING: readonly MarkKind[] = [
	'drop',
	'command',
	'gone',
	'made',
	'rewrite',
	'changed',
	'time',
	'start',
	'arrival',
	'verdict',
	'passed',
	'hook'
];
const rank = new Map(TELLING.map((kind, i) => [kind, i]));

/** Where the end of a stop lies, in per cent of the width. */
const scaleOf = (stops: readonly Stop[]): ((at: number) => number) => {
	const most = Math.max(1, stops.length);
	return (at) => between(0, 100, at / most);
};

/** @param locked first stop (from 1) that cannot be gone to: what is behind it is not given away */
export function marksOf(stops: readonly Stop[], locked = Infinity): Mark[] {
	const x = scaleOf(stops);
	const places = Math.min(stops.length, PLACES);
	const marks: Mark[] = [];
	for (let place = 0; place < places; place++) {
		const from = Math.floor((place * stops.length) / places);
		const to = Math.floor(((place + 1) * stops.length) / places);
		let best = from;
		for (let i = from + 1; i < Math.min(to, locked - 1); i++)
			if (rank.get(stops[i]!.mark)! < rank.get(stops[best]!.mark)!) best = i;
		const { mark, direction } = stops[best]!;
		const open = best + 1 < locked;
		marks.push({
			at: best + 1,
			x: x(best + 1),
			kind: open ? mark : 'hook',
			direction: open ? direction : null
		});
	}
	return marks;
}

/** The bands of all steps; none where there are too many to be told apart. */
export function bandsOf(stops: readonly Stop[]): Band[] {
	const bands: Band[] = [];
	for (let i = 0; i < stops.length && bands.length <= BANDS;) {
		const band = bandOf(stops, stops[i]!.step);
		bands.push(band);
		i = firstStopOf(stops, band.step + 1);
	}
	return bands.length > BANDS ? [] : bands;
}

/** The band of one step; of no width where the step has no stop. */
export function bandOf(stops: readonly Stop[], step: number): Band {
	const x = scaleOf(stops);
	return { step, from: x(firstStopOf(stops, step)), to: x(firstStopOf(stops, step + 1)) };
}
