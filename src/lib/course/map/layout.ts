/** Geometry of the map of lessons: a column a part, a row a lesson, a line from each lesson to those that build on it. */
import { linkHorizontal, linkVertical } from 'd3';

/** A lesson as the map needs it. */
export interface MapLesson {
	readonly slug: string;
	readonly part: string;
	readonly buildsOn: readonly string[];
}

export interface MapBox {
	readonly slug: string;
	readonly x: number;
	readonly y: number;
	readonly column: number;
}

export interface MapLine {
	readonly from: string;
	readonly to: string;
	/** Of an SVG path. */
	readonly d: string;
}

export interface MapLayout {
	readonly width: number;
	readonly height: number;
	/** Left edge of each part's column, by the part's id. */
	readonly columns: readonly { readonly part: string; readonly x: number }[];
	readonly boxes: readonly MapBox[];
	readonly lines: readonly MapLine[];
}

/** Sizes in pixels. */
export interface MapSizes {
	readonly width: number;
	readonly height: number;
	/** Between columns, where the lines run. */
	readonly gapX: number;
	readonly gapY: number;
	/** Above the first row, for the parts' names. */
	readonly head: number;
}

export const mapSizes: MapSizes = { width: 136, height: 82, gapX: 40, gapY: 18, head: 74 };

/**
 * Lays lessons out.
 * @param lessons in the order of the course; what they build on and is not among them is left out
 * @param parts ids, in order; those without a lesson get no column
 */
export function layoutMap(
	lessons: readonly MapLesson[],
	parts: readonly string[],
	sizes: MapSizes = mapSizes
): MapLayout {
	const { width, height, gapX, gapY, head } = sizes;
	const used = parts.filter((part) => lessons.some((lesson) => lesson.part === part));
	const columns = used.map((part, index) => ({ part, x: index * (width + gapX) }));
	const boxes = used.flatMap((part, column) =>
		lessons
			.filter((lesson) => lesson.part === part)
			.map(({ slug }, row): MapBox => ({
				slug,
				x: columns[column]!.x,
				y: head + row * (height + gapY),
				column
			}))
	);
	const bySlug = new Map(boxes.map((box) => [box.slug, box]));
	const lines = lessons.flatMap(({ slug, buildsOn }) =>
		buildsOn.flatMap((earlier): MapLine[] => {
			const from = bySlug.get(earlier);
			const to = bySlug.get(slug);
			return from && to ? [{ from: earlier, to: slug, d: lineBetween(from, to, sizes) }] : [];
		})
	);
	return {
		width: Math.max(0, used.length * (width + gapX) - gapX),
		height: Math.max(head, ...boxes.map(({ y }) => y + height)),
		columns,
		boxes,
		lines
	};
}

const across = linkHorizontal<unknown, [number, number]>();
const down = linkVertical<unknown, [number, number]>();

function lineBetween(from: MapBox, to: MapBox, { width, height, gapX, gapY }: MapSizes): string {
	const middle = (box: MapBox) => box.y + height / 2;
	const start = from.x + width;
	if (from.column + 1 === to.column)
		return across({ source: [start, middle(from)], target: [to.x, middle(to)] }) ?? '';
	if (from.column < to.column) {
		// Past the columns between, in the lane above the target's row: no line runs behind a box.
		const lane = to.y - gapY / 2;
		const near = to.x - gapX * 0.75;
		const out = across({ source: [start, middle(from)], target: [start + gapX * 0.75, lane] });
		const back = across({ source: [near, lane], target: [to.x, middle(to)] });
		return `${out}L${near},${lane}${back?.replace(/^M[^C]*/, '')}`;
	}
	// In one column: to the next one straight down, to a later one around those between.
	if (to.y - from.y <= height + gapY) {
		const x = from.x + width / 2;
		return down({ source: [x, from.y + height], target: [x, to.y] }) ?? '';
	}
	const out = start + gapX * 0.45;
	return `M${start},${middle(from)}C${out},${middle(from)},${out},${middle(to)},${start},${middle(to)}`;
}
