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

/** Kinds that are drawn as outlines. */
export const HOLLOW: ReadonlySet<MarkKind> = new Set([
	'passed',
	'arrival',
	'command',
	'changed',
	'gone'
]);

/** Where a mark's line begins, as seen from its middle, and how it goes on from there. */
const SHAPES: Readonly<Record<MarkKind, readonly [x: number, y: number, rest: string]>> = {
	start: [-3.5, -5, 'l8.5,5 l-8.5,5 z'],
	hook: [-2, 0, 'a2,2 0 1 0 4,0 a2,2 0 1 0 -4,0 z'],
	passed: [-2, 0, 'a2,2 0 1 0 4,0 a2,2 0 1 0 -4,0 z'],
	verdict: [-3.2, 0, 'a3.2,3.2 0 1 0 6.4,0 a3.2,3.2 0 1 0 -6.4,0 z'],
	rewrite: [0, -6, 'l5,6 l-5,6 l-5,-6 z'],
	made: [-4, -4, 'h8 v8 h-8 z'],
	changed: [-4, -4, 'h8 v8 h-8 z l8,8'],
	gone: [-4, -4, 'l8,8 m0,-8 l-8,8'],
	drop: [-2.5, -8, 'h5 v16 h-5 z'],
	arrival: [-4, 0, 'a4,4 0 1 0 8,0 a4,4 0 1 0 -8,0 z'],
	time: [-4, -5, 'h8 l-8,10 h8 z'],
	command: [-4, -4, 'l6,4 l-6,4 m0,5 h5']
};

const round = (value: number): number => Math.round(value * 100) / 100;

/** A mark's line about a middle, in px. */
export function markPath(kind: MarkKind, x: number, y: number): string {
	const [left, top, rest] = SHAPES[kind];
	return `M${round(x + left)},${round(y + top)}${rest}`;
}

export interface MarkGroup {
	readonly kind: MarkKind;
	readonly direction: Direction | null;
	/** All marks of this kind and direction, as one line. */
	readonly path: string;
}

/**
 * The marks as few lines: a page has an easier time with thirty of them than with a picture for each mark.
 *
 * @param width of the timeline, in px
 * @param y middle of the line, in px
 */
export function markGroups(marks: readonly Mark[], width: number, y: number): MarkGroup[] {
	const paths = new Map<string, { kind: MarkKind; direction: Direction | null; path: string }>();
	for (const { kind, direction, x } of marks) {
		const key = `${kind} ${direction}`;
		const one = markPath(kind, (x * width) / 100, y);
		const group = paths.get(key);
		if (group) group.path += one;
		else paths.set(key, { kind, direction, path: one });
	}
	// What tells more lies above what tells less.
	return [...paths.values()].sort((a, b) => rank.get(b.kind)! - rank.get(a.kind)!);
}
