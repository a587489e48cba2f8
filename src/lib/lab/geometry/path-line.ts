/** The drawn path: the way between waypoints, at right angles with rounded corners. */
import type { HookName } from '$lib/engine';
import type { Waypoint } from '../model/walk-view';
import type { PathLayout, Point } from './path-layout';

/** The points that lead up to a waypoint, the last of them being the waypoint itself. */
function pointsTo(layout: PathLayout, waypoint: Waypoint, from: Point | null): Point[] {
	switch (waypoint.at) {
		case 'in':
			return [layout.ends.in];
		case 'self': {
			const end = layout.ends[waypoint.end];
			return waypoint.end === 'to' && from ? [...footOf(layout, 'input', from), end] : [end];
		}
		case 'hook': {
			const { entry, turn } = layout.cards[waypoint.hook];
			const leaving = from ? leave(layout, from) : [];
			const last = leaving.at(-1) ?? from;
			// Up or down between the cards, then in.
			const corner =
				last && layout.kind === 'wide' ? [{ x: gapBefore(layout, waypoint, last), y: last.y }] : [];
			const across = corner.map(({ x }) => ({ x, y: entry.y }));
			return [...leaving, ...corner, ...across, entry, turn];
		}
		case 'station': {
			const station = layout.cards[waypoint.hook].stations.find(({ key }) => key === waypoint.key);
			return station ? [station.dot] : [];
		}
		case 'route': {
			const route = layout.routes[waypoint.after];
			const leaving = from && waypoint.after === 'input' ? footOf(layout, 'prerouting', from) : [];
			return [...leaving, route];
		}
		case 'out':
			return [...(from ? footOf(layout, 'postrouting', from) : []), layout.ends.out];
	}
}

function footOf(layout: PathLayout, hook: keyof PathLayout['cards'], from: Point): Point[] {
	const { foot, exit, turn } = layout.cards[hook];
	return from.x === turn.x ? [foot, exit] : [];
}

/** Out of the card whose rail the path stands on. */
function leave(layout: PathLayout, from: Point): Point[] {
	const card = Object.values(layout.cards).find(
		({ turn, foot }) => turn.x === from.x && from.y >= turn.y && from.y <= foot.y
	);
	return card ? [card.foot, card.exit] : [];
}

/** In the gap before a card; where the path stands, if it is in that gap. */
function gapBefore(
	layout: PathLayout,
	{ hook }: { hook: keyof PathLayout['cards'] },
	from: Point
): number {
	const { entry } = layout.cards[hook];
	if (hook === 'prerouting') return from.x;
	const second = layout.ends.to.x;
	if (hook === 'postrouting') return second;
	return Math.min(entry.x, Math.max(from.x, layout.routes.input.x));
}

function simplify(points: readonly Point[]): Point[] {
	const kept: Point[] = [];
	for (const point of points) {
		const last = kept.at(-1);
		if (last && last.x === point.x && last.y === point.y) continue;
		const before = kept.at(-2);
		const straight =
			before &&
			last &&
			((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
		if (straight) kept.pop();
		kept.push(point);
	}
	return kept;
}

/** The points of the walk so far, one list for each waypoint: the first has the start only. */
export function walkPoints(layout: PathLayout, waypoints: readonly Waypoint[]): Point[][] {
	let from: Point | null = null;
	return waypoints.map((waypoint) => {
		const points = pointsTo(layout, waypoint, from);
		const begun: Point[] = from ? [from, ...points] : points;
		from = begun.at(-1) ?? from;
		return begun;
	});
}

const text = (value: number): number => Math.round(value * 100) / 100;

/** From one point towards another, so far. */
function towards(from: Point, to: Point, distance: number): Point {
	const length = Math.hypot(to.x - from.x, to.y - from.y);
	return {
		x: from.x + ((to.x - from.x) / length) * distance,
		y: from.y + ((to.y - from.y) / length) * distance
	};
}

/**
 * SVG path data through points that lie at right angles to each other, corners rounded by `radius` (0 leaves them sharp).
 * It is drawn at every step, in pages that need no more of d3's paths than this.
 */
export function linePath(points: readonly Point[], radius = 6): string {
	const corners = simplify(points);
	return corners
		.map((point, i) => {
			const [before, next] = [corners[i - 1], corners[i + 1]];
			if (!before) return `M${text(point.x)},${text(point.y)}`;
			const turn = next
				? (point.x - before.x) * (next.y - point.y) - (point.y - before.y) * (next.x - point.x)
				: 0;
			if (!next || turn === 0 || radius === 0) return `L${text(point.x)},${text(point.y)}`;
			const [from, to] = [towards(point, before, radius), towards(point, next, radius)];
			const arc = `A${radius},${radius},0,0,${turn > 0 ? 1 : 0},${text(to.x)},${text(to.y)}`;
			return `L${text(from.x)},${text(from.y)}${arc}`;
		})
		.join('');
}

/** All ways through the hooks that are drawn in full: what the walk is drawn over. */
export function groundPaths(layout: PathLayout, hooks: readonly HookName[]): string[] {
	const ways: Waypoint[][] = [
		[
			{ at: 'in' },
			{ at: 'hook', hook: 'prerouting' },
			{ at: 'route', after: 'input' },
			{ at: 'hook', hook: 'forward' },
			{ at: 'hook', hook: 'postrouting' },
			{ at: 'out' }
		],
		[
			{ at: 'route', after: 'input' },
			{ at: 'hook', hook: 'input' },
			{ at: 'self', end: 'to' }
		],
		[
			{ at: 'self', end: 'from' },
			{ at: 'route', after: 'self' },
			{ at: 'hook', hook: 'output' },
			{ at: 'hook', hook: 'postrouting' },
			{ at: 'out' }
		]
	];
	// Nothing comes by where nothing is sent, so nothing is drawn from there on either.
	const begun = hooks.includes('output') ? ways : ways.slice(0, 2);
	return begun.map((way) => linePath(groundPoints(layout, way, hooks))).filter((d) => d !== '');
}

/** A way as far as hooks are drawn in full; it ends before the first that is not. */
function groundPoints(
	layout: PathLayout,
	way: readonly Waypoint[],
	hooks: readonly HookName[]
): Point[] {
	const closed = way.findIndex((one) => one.at === 'hook' && !hooks.includes(one.hook));
	if (closed < 0) return walkPoints(layout, way).flat();
	// Its turn would be inside of the card.
	return walkPoints(layout, way.slice(0, closed + 1))
		.flat()
		.slice(0, -1);
}
