/** Marks on the timeline: one for each stop, and a band for each scenario step. */
import { scaleLinear } from 'd3';
import type { Direction } from '$lib/engine';
import type { MarkKind, Stop } from '../model/stops';

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

/** More marks than these cannot be told apart: of the rest only the telling ones are drawn. */
const MANY = 240;
const TELLING: ReadonlySet<MarkKind> = new Set([
	'start',
	'drop',
	'made',
	'changed',
	'gone',
	'rewrite',
	'time',
	'command'
]);

/** @param locked first stop (from 1) that cannot be gone to: what is behind it is not given away */
export function marksOf(stops: readonly Stop[], locked = Infinity): Mark[] {
	const x = scaleLinear([0, Math.max(1, stops.length)], [0, 100]);
	const marks = stops.map((stop, i) => ({
		at: i + 1,
		x: x(i + 1),
		kind: i + 1 >= locked ? ('hook' as const) : stop.mark,
		direction: i + 1 >= locked ? null : stop.direction
	}));
	return marks.length <= MANY ? marks : marks.filter(({ kind }) => TELLING.has(kind));
}

export function bandsOf(stops: readonly Stop[]): Band[] {
	const x = scaleLinear([0, Math.max(1, stops.length)], [0, 100]);
	const bands: Band[] = [];
	stops.forEach(({ step }, i) => {
		const last = bands.at(-1);
		if (last?.step === step) bands[bands.length - 1] = { ...last, to: x(i + 1) };
		else bands.push({ step, from: x(i), to: x(i + 1) });
	});
	return bands;
}
