/** Where the packet is drawn on the network, and the way it travels from one place to the next. */
import type { EngineEvent } from '$lib/engine';
import type { NetworkLayout } from './network-layout';
import type { Point } from './path-layout';

type WireEvent = Extract<EngineEvent, { kind: 'wire' }>;

/** A place on the network, whatever the layout. */
export type Place =
	| { readonly at: 'host'; readonly host: string }
	/** Half way over a wire; `to` is null when nobody takes it. */
	| { readonly at: 'wire'; readonly from: string; readonly to: string | null };

/** Where an event's packet is; `null` for events without one. `also` is what is told with it. */
export function placeOf(event: EngineEvent | null, also: readonly EngineEvent[]): Place | null {
	if (!event) return null;
	const wire = also.find((one): one is WireEvent => one.kind === 'wire' && !one.flooded);
	if (event.kind === 'sent' || event.kind === 'out') {
		if (wire) return { at: 'wire', from: wire.from, to: wire.to };
		return { at: 'host', host: event.host };
	}
	return 'packet' in event && 'host' in event ? { at: 'host', host: event.host } : null;
}

function armsOf(layout: NetworkLayout, end: string | null): readonly Point[] | null {
	if (end === null) return null;
	for (const wire of layout.wires) {
		const arm = wire.arms.get(end);
		if (arm) return arm;
	}
	return null;
}

/** On a narrow screen, how far from a host's left edge a packet in it is drawn. */
const INSET = 28;

/** The point of a place in a layout: on a host, at its upper edge. */
export function pointOf(layout: NetworkLayout, place: Place): Point {
	if (place.at === 'host') {
		const box = layout.hosts.get(place.host);
		if (!box) return { x: 0, y: 0 };
		const x = layout.kind === 'narrow' ? box.x - box.width / 2 + INSET : box.x;
		return { x, y: box.y - box.height / 2 };
	}
	return wayOver(layout, place.from, place.to).middle;
}

/** Above the lower of two hosts that stand one below the other, where there is room for a packet. */
const ROOM = 24;

/** The line over a wire from one end to the other, and where on it a packet is drawn. */
export function wayOver(
	layout: NetworkLayout,
	from: string,
	to: string | null
): { before: Point[]; middle: Point; after: Point[] } {
	const near = armsOf(layout, from) ?? [];
	const far = armsOf(layout, to) ?? [];
	const [start, turn, hub] = near;
	if (!start || !turn || !hub) return { before: [], middle: { x: 0, y: 0 }, after: [] };
	const [end, last] = far;
	if (!end || !last) return { before: [start, turn, hub], middle: hub, after: [] };
	const middle = { x: turn.x, y: roomBetween(layout, from, to!) ?? (turn.y + last.y) / 2 };
	return { before: [start, turn, middle], middle, after: [middle, last, end] };
}

/** On a narrow screen a packet on its way stands in the gap above the lower host. */
function roomBetween(layout: NetworkLayout, from: string, to: string): number | null {
	if (layout.kind !== 'narrow') return null;
	const tops = [from, to].map((end) => {
		const box = layout.hosts.get(end.split('/')[0]!);
		return box ? box.y - box.height / 2 : 0;
	});
	return Math.max(...tops) - ROOM;
}

/** The way of a packet from one place to the next; just the two points where there is no wire between. */
export function wayBetween(layout: NetworkLayout, a: Place, b: Place): Point[] {
	const ends = [pointOf(layout, a), pointOf(layout, b)];
	if (a.at === 'host' && b.at === 'wire' && b.from.startsWith(`${a.host}/`))
		return [ends[0]!, ...wayOver(layout, b.from, b.to).before];
	if (a.at === 'wire' && b.at === 'host' && a.to?.startsWith(`${b.host}/`))
		return [...wayOver(layout, a.from, a.to).after, ends[1]!];
	// The same way back.
	if (a.at === 'wire' && b.at === 'host' && a.from.startsWith(`${b.host}/`))
		return wayBetween(layout, b, a).reverse();
	if (a.at === 'host' && b.at === 'wire' && b.to?.startsWith(`${a.host}/`))
		return wayBetween(layout, b, a).reverse();
	return ends;
}

/** Where a packet is on its way, as seen from where it comes to, and which share of the way lies behind it. */
export interface TravelStep extends Point {
	readonly share: number;
}

/** The corners of a way; none where it leads nowhere. */
export function travelOver(points: readonly Point[]): TravelStep[] {
	const target = points.at(-1);
	if (!target) return [];
	let gone = 0;
	const gones = points.map((point, i) => {
		const before = points[i - 1] ?? point;
		return (gone += Math.hypot(point.x - before.x, point.y - before.y));
	});
	if (gone === 0) return [];
	return points.map(({ x, y }, i) => ({
		share: gones[i]! / gone,
		x: x - target.x,
		y: y - target.y
	}));
}

/** The hosts between which the packet travels, or travelled last, by `cursor`; `null` before it did. */
export function headingOf(
	events: readonly EngineEvent[],
	cursor: number
): { from: string; to: string } | null {
	for (let i = cursor - 1; i >= 0; i--) {
		const event = events[i]!;
		if (event.kind === 'step') return null;
		if (event.kind === 'wire' && event.to !== null && !event.flooded)
			return { from: event.from.split('/')[0]!, to: event.to.split('/')[0]! };
	}
	return null;
}
