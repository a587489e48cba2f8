/**
 * Where the cards of the five hooks stand, twice: side by side on a wide screen, one below the
 * other on a narrow one. Heights are known before anything happens, so nothing jumps when a
 * packet is stepped through.
 *
 * Lengths along y are in sixteenths of a rem. Along x a wide layout counts in thousandths of its
 * width, a narrow one in sixteenths of a rem too.
 */
import type { HookName } from '$lib/engine';
import { bandsIn } from './bands';

export interface StationSpec {
	readonly key: string;
	/** Lines of text reserved for it. */
	readonly lines: number;
}

export interface CardSpec {
	readonly hook: HookName;
	/** Drawn as a single line: no packet of this scenario comes by. */
	readonly compact: boolean;
	readonly stations: readonly StationSpec[];
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface StationBox {
	readonly key: string;
	readonly y: number;
	readonly height: number;
	/** Middle of its dot. */
	readonly dot: Point;
}

export interface Card {
	readonly hook: HookName;
	readonly compact: boolean;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly stations: readonly StationBox[];
	/** Where the path comes in from, turns down, and leaves. */
	readonly entry: Point;
	readonly turn: Point;
	readonly foot: Point;
	readonly exit: Point;
}

export interface PathLayout {
	readonly kind: 'wide' | 'narrow';
	readonly height: number;
	readonly cards: Readonly<Record<HookName, Card>>;
	/** Routing decisions: for what comes in, and for what the host sends itself. */
	readonly routes: Readonly<Record<'input' | 'self', Point>>;
	/** Where the path begins and ends: at the wires, and at the host's own processes. */
	readonly ends: Readonly<Record<'in' | 'out' | 'from' | 'to', Point>>;
}

export const LINE = 18;
const HEADER = 32;
const STATION_PAD = 5;
/** From a station's upper edge to the middle of its dot. */
export const DOT_Y = STATION_PAD + LINE / 2;
const FOOT = 18;
const COMPACT = 32;
const GAP = 14;
/** Room for a decision's name. */
const NAMED = 42;
/** Room for the name of the interface that the path leaves by, below the line. */
const LEFT_BY = 30;
/** Room in a narrow layout for a decision or an end between two cards. */
const BETWEEN = 44;
/** Middle of a header's first line, where the path comes in. */
const TRACK = 17;

function stationHeight(lines: number): number {
	return lines * LINE + 2 * STATION_PAD;
}

function cardHeight(spec: CardSpec): number {
	if (spec.compact) return COMPACT;
	const inner = spec.stations.reduce((sum, one) => sum + stationHeight(one.lines), 0);
	return HEADER + inner + FOOT;
}

function placeCard(
	spec: CardSpec,
	x: number,
	y: number,
	width: number,
	rail: number,
	sides: { left: number; right: number }
): Card {
	const height = cardHeight(spec);
	let at = y + HEADER;
	const stations = spec.stations.map(({ key, lines }): StationBox => {
		const box = { key, y: at - y, height: stationHeight(lines) };
		const dot = { x: rail, y: at + DOT_Y };
		at += box.height;
		return { ...box, dot };
	});
	const foot = y + height - FOOT / 2;
	return {
		hook: spec.hook,
		compact: spec.compact,
		x,
		y,
		width,
		height,
		stations: spec.compact ? [] : stations,
		entry: { x: sides.left, y: y + TRACK },
		turn: { x: rail, y: y + TRACK },
		foot: { x: rail, y: foot },
		exit: { x: sides.right, y: foot }
	};
}

type Specs = Readonly<Record<HookName, CardSpec>>;

/** Distance of a card's rail from its left edge, in thousandths of the wide layout's width. */
export const WIDE_RAIL = 17;

/** Three columns: what comes in; forwarded, for the host, or from it; what goes out. */
export function wideLayout(specs: Specs): PathLayout {
	const { step, width, start } = bandsIn(3, [40, 960], { inner: 0.17 });
	const gap = step - width;
	const x = (column: 'left' | 'middle' | 'right'): number =>
		start(['left', 'middle', 'right'].indexOf(column));
	const place = (hook: HookName, column: 'left' | 'middle' | 'right', y: number): Card =>
		placeCard(specs[hook], x(column), y, width, x(column) + WIDE_RAIL, {
			left: x(column),
			right: x(column) + width
		});
	const prerouting = place('prerouting', 'left', 0);
	const postrouting = place('postrouting', 'right', 0);
	const forward = place('forward', 'middle', 0);
	const input = place('input', 'middle', forward.height + GAP);
	// What the host sends begins below the way of what comes in.
	const free = specs.output.compact ? 0 : prerouting.foot.y + NAMED - TRACK + 12;
	const output = place('output', 'middle', Math.max(input.y + input.height + GAP, free));
	const cards = { prerouting, input, forward, output, postrouting };
	const first = x('middle') - gap / 2;
	const second = x('right') - gap / 2;
	const below = Math.max(...Object.values(cards).map((card) => card.y + card.height));
	// A decision is named beneath its sign.
	const height = Math.max(below, prerouting.foot.y + NAMED, postrouting.foot.y + LEFT_BY);
	return {
		kind: 'wide',
		height,
		cards,
		routes: {
			input: { x: first, y: prerouting.foot.y },
			self: { x: x('middle') - gap / 5, y: output.turn.y }
		},
		ends: {
			in: { x: 0, y: prerouting.turn.y },
			out: { x: 1000, y: postrouting.foot.y },
			to: { x: second, y: input.foot.y },
			from: { x: x('middle') - gap, y: output.turn.y }
		}
	};
}

/** Distances from the left edge in a narrow layout. */
export const LANE = 9;
const CARD_LEFT = 19;
export const NARROW_RAIL = 14;

/** One column; the path runs in a lane at its left where it passes a card by. */
export function narrowLayout(specs: Specs): PathLayout {
	let y = BETWEEN;
	const sides = { left: LANE, right: LANE };
	const place = (hook: HookName): Card => {
		const card = placeCard(specs[hook], CARD_LEFT, y, 0, CARD_LEFT + NARROW_RAIL, sides);
		y += card.height + GAP;
		return card;
	};
	const between = (): Point => {
		const point = { x: LANE, y: y + (BETWEEN - GAP) / 2 };
		y += BETWEEN - GAP + GAP;
		return point;
	};
	const prerouting = place('prerouting');
	const route = between();
	const forward = place('forward');
	const input = place('input');
	const local = !specs.input.compact || !specs.output.compact;
	const to = local ? between() : { x: LANE, y };
	const self = local ? between() : { x: LANE, y };
	const output = place('output');
	const postrouting = place('postrouting');
	return {
		kind: 'narrow',
		height: y - GAP + BETWEEN,
		cards: { prerouting, input, forward, output, postrouting },
		routes: { input: route, self },
		ends: {
			in: { x: LANE, y: BETWEEN / 2 - 12 },
			out: { x: LANE, y: y - GAP + BETWEEN - 12 },
			to,
			from: to
		}
	};
}
