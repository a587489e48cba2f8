/**
 * Where the rows of a ladder stand. Across, in per cent of the width; down, in sixteenths of a rem. On a narrow screen
 * the words of an arrow stand under it, on a wide one above it.
 */
import { bisector, scalePoint } from 'd3';
import type { Ladder, LadderKind, LadderRow, Stay } from '../model/ladder';

export type LadderForm = 'wide' | 'narrow';

export interface RowBox {
	readonly y: number;
	readonly height: number;
	/** Where its line, or its mark, stands below `y`. */
	readonly line: number;
}

/** An arrow from one column to another. */
export interface ArrowLine {
	readonly left: number;
	readonly width: number;
	readonly points: 'left' | 'right';
	/** Middle of its words: they stay within the picture. */
	readonly label: number;
}

export interface LadderLayout {
	readonly form: LadderForm;
	readonly width: number;
	readonly height: number;
	/** Column of each host, in per cent. */
	readonly columns: ReadonlyMap<string, number>;
	readonly boxes: readonly RowBox[];
}

/** Height of a row and where its line is, by kind and form. */
const HEIGHTS: Readonly<
	Record<LadderForm, Readonly<Record<LadderKind, readonly [number, number]>>>
> = {
	wide: {
		arrow: [46, 34],
		loop: [46, 24],
		rewrite: [34, 17],
		drop: [36, 18],
		held: [34, 17],
		released: [34, 17],
		gathering: [34, 17],
		race: [34, 17],
		delivered: [34, 17],
		time: [34, 17],
		command: [34, 17]
	},
	narrow: {
		arrow: [74, 26],
		loop: [50, 24],
		rewrite: [68, 34],
		drop: [50, 25],
		held: [34, 17],
		released: [34, 17],
		gathering: [34, 17],
		race: [50, 25],
		delivered: [50, 25],
		time: [34, 17],
		command: [50, 25]
	}
};

/** Room above the first row of a scenario step. */
const STEP_GAP = 10;
const TOP = 6;
const BOTTOM = 14;
/** A rewriting of both ends has a line for each. */
const SECOND_LINE = { wide: 20, narrow: 32 } as const;

function heightOf(row: LadderRow, form: LadderForm): readonly [height: number, line: number] {
	const [height, line] = HEIGHTS[form][row.kind];
	if (row.kind !== 'rewrite' || row.changes.length < 2) return [height, line];
	return [height + SECOND_LINE[form], line + SECOND_LINE[form] / 2];
}

/** Room between two columns for the words of an arrow in one line. */
const ONE_LINE = 290;

/** @param width in sixteenths of a rem */
export function ladderLayout({ hosts, rows }: Ladder, width: number): LadderLayout {
	const form: LadderForm = width / Math.max(1, hosts.length) < ONE_LINE ? 'narrow' : 'wide';
	const x = scalePoint<string>()
		.domain(hosts)
		.range([0, 100])
		// Half a column beside the outer ones, where their own words stand.
		.padding(hosts.length === 1 ? 1 : form === 'wide' ? 0.5 : 0.36);
	const boxes: RowBox[] = [];
	let y = TOP;
	rows.forEach((row, i) => {
		if (i > 0 && rows[i - 1]!.step !== row.step) y += STEP_GAP;
		const [height, line] = heightOf(row, form);
		boxes.push({ y, height, line });
		y += height;
	});
	return {
		form,
		width,
		height: y + BOTTOM,
		columns: new Map(hosts.map((host) => [host, x(host)!])),
		boxes
	};
}

/** Half the room that the words of an arrow need, and those of a mark. */
const HALF = {
	wide: { arrow: 180, mark: 215 },
	narrow: { arrow: 76, mark: 110 }
} as const;

/** As near to a place in per cent as words can stand and stay within the picture. */
function within({ form, width }: LadderLayout, kind: 'arrow' | 'mark', place: number): number {
	const room = Math.min(50, (HALF[form][kind] / width) * 100);
	return Math.max(room, Math.min(100 - room, place));
}

/** How far beyond its host an arrow goes that nobody takes. */
const NOWHERE = 0.42;

/** The line of an arrow between two hosts; one that nobody takes ends half way to a neighbour. */
export function arrowLine(layout: LadderLayout, from: string, to: string | null): ArrowLine {
	const { columns } = layout;
	const a = columns.get(from) ?? 50;
	const b = to === null ? beside(columns, a) : (columns.get(to) ?? 50);
	const left = Math.min(a, b);
	const width = Math.abs(b - a);
	return {
		left,
		width,
		points: b < a ? 'left' : 'right',
		label: within(layout, 'arrow', left + width / 2)
	};
}

function beside(columns: ReadonlyMap<string, number>, from: number): number {
	const others = [...columns.values()].filter((x) => x !== from);
	const nearest = others.toSorted((p, q) => Math.abs(p - from) - Math.abs(q - from))[0] ?? 100;
	return from + (nearest - from) * NOWHERE;
}

/** Place in per cent of a mark's words, so that they stay within the picture. */
export function markPlace(layout: LadderLayout, host: string): number {
	return within(layout, 'mark', layout.columns.get(host) ?? 50);
}

const byTop = bisector<RowBox, number>(({ y }) => y);

/** The rows between two heights, as places `[from, to)`. */
export function rowsBetween(
	{ boxes }: LadderLayout,
	top: number,
	bottom: number
): readonly [from: number, to: number] {
	return [Math.max(0, byTop.right(boxes, top) - 1), byTop.right(boxes, bottom)];
}

export interface StayBar {
	readonly x: number;
	readonly y: number;
	readonly height: number;
	readonly stay: Stay;
}

/** Bars of the packets' stays that are seen between two heights. */
export function stayBars(
	{ columns, boxes }: LadderLayout,
	stays: readonly Stay[],
	[from, to]: readonly [from: number, to: number]
): StayBar[] {
	return stays.flatMap((stay) => {
		if (stay.to < from || stay.from >= to) return [];
		const first = boxes[stay.from]!;
		const last = boxes[stay.to]!;
		const y = first.y + first.line;
		return [{ x: columns.get(stay.host) ?? 50, y, height: last.y + last.line - y, stay }];
	});
}
