/** Columns of hosts side by side and, where they are too many, in further rows; the wires run in the gaps. */
import { bandsIn } from './bands';
import { channelWires } from './network-channels';
import type { End, Span } from './network-channels';
import { hostOf } from './network-columns';
import type { HostBox, NetworkHost, NetworkLayout, Wire } from './network-layout';
import { BOTTOM, ROW_GAP, TOP, boxHeight, portOf } from './network-layout';

/** Room at a side, for wires that lead from one row of columns to the next; in thousandths of the width. */
const MARGIN = 44;
/** Between two rows of columns. */
const BAND_GAP = 42;

interface Column {
	readonly hosts: readonly NetworkHost[];
	/** Which row of columns, and where in it, from the left. */
	readonly band: number;
	readonly slot: number;
	/** Upper edges of the boxes. */
	tops: number[];
}

/** Where a wire's trunk runs: right of a slot of a row, or left of the first one (slot -1). */
const gapKey = (band: number, slot: number): string => `${band}/${slot}`;

export function placeColumns(
	kind: 'wide' | 'medium',
	blocks: readonly (readonly (readonly NetworkHost[])[])[],
	links: readonly (readonly string[])[],
	most: number
): NetworkLayout {
	const side = Math.max(1, Math.min(most, Math.max(...blocks.map((block) => block.length), 1)));
	const columns: Column[] = [];
	const columnOf = new Map<string, Column>();
	let bands = 0;
	for (const block of blocks) {
		block.forEach((hosts, i) => {
			const row = Math.floor(i / side);
			const along = i % side;
			// Every other row goes back, so that a wire to the next row is short.
			const slot = row % 2 === 0 ? along : side - 1 - along;
			const column: Column = { hosts, band: bands + row, slot, tops: [] };
			columns.push(column);
			for (const host of hosts) columnOf.set(host.name, column);
		});
		bands += Math.ceil(block.length / side);
	}
	const plans = links.map((link) => planOf(link, columnOf, side));
	const left = plans.some(({ slot }) => slot === -1) ? MARGIN : 0;
	const right = plans.some(({ slot }) => slot === side - 1) ? MARGIN : 0;
	const { width, start: x } = bandsIn(side, [left, 1000 - right], {
		inner: 0.36,
		outer: side === 1 ? 0.8 : 0.02
	});

	let y = TOP;
	for (let band = 0; band < bands; band++) {
		const row = columns.filter((column) => column.band === band);
		y = placeBand(row, plans, y) + BAND_GAP;
	}
	const height = y - BAND_GAP + BOTTOM;

	const hosts = new Map<string, HostBox>();
	for (const { hosts: group, slot, tops } of columns)
		group.forEach((host, i) => {
			const tall = boxHeight(host);
			hosts.set(host.name, {
				name: host.name,
				x: x(slot) + width / 2,
				y: tops[i]! + tall / 2,
				width,
				height: tall
			});
		});

	const wires = new Array<Wire>(links.length);
	const gaps = new Map<string, Plan[]>();
	for (const plan of plans) gaps.set(plan.key, [...(gaps.get(plan.key) ?? []), plan]);
	for (const group of gaps.values()) {
		const { slot } = group[0]!;
		const from = slot < 0 ? 0 : x(slot) + width;
		const to = slot === side - 1 ? 1000 : x(slot + 1);
		const spans = group.map((plan): Span => {
			const ends = plan.ends.map(({ end, side: at }): End => {
				const box = hosts.get(hostOf(end))!;
				const edge = box.x + (at === 'right' ? width / 2 : -width / 2);
				return { end, side: at, x: edge, y: portY(end, columnOf) };
			});
			return { index: links.indexOf(plan.link), ends };
		});
		for (const { index, wire } of channelWires(spans, from, to)) wires[index] = wire;
	}
	return { kind, width: 1000, height, columns: side, hosts, wires };
}

interface Plan {
	readonly link: readonly string[];
	/** The gap that it runs in. */
	readonly key: string;
	readonly band: number;
	readonly slot: number;
	/** On which side of its host's box each end is. */
	readonly ends: readonly { readonly end: string; readonly side: 'left' | 'right' }[];
}

function planOf(
	link: readonly string[],
	columnOf: ReadonlyMap<string, Column>,
	side: number
): Plan {
	const columns = link.map((end) => columnOf.get(hostOf(end))!);
	const bands = columns.map(({ band }) => band);
	const slots = columns.map(({ slot }) => slot);
	const band = Math.min(...bands);
	const low = Math.min(...slots);
	const across = Math.max(...bands) > band;
	// From one row to the next it runs outside; within one column, on the side that has a gap.
	const outer = across && low === 0 && side > 1 ? -1 : low;
	const slot = across ? (outer === -1 ? -1 : side - 1) : low;
	const ends = link.map((end, i) => ({
		end,
		side: slots[i]! > slot ? ('left' as const) : ('right' as const)
	}));
	// Trunks of all rows share the margins.
	const key = slot === -1 || slot === side - 1 ? `margin ${slot}` : gapKey(band, slot);
	return { link, key, band, slot, ends };
}

function portY(end: string, columnOf: ReadonlyMap<string, Column>): number {
	const column = columnOf.get(hostOf(end))!;
	const at = column.hosts.findIndex(({ name }) => name === hostOf(end));
	return column.tops[at]! + portOf(column.hosts[at]!, end);
}

/** Moves that are tried, nearest first: wires of different ends must not lie on one line. */
const NUDGES = Array.from({ length: 41 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2) * 5);
const APART = 5;

/** Places the columns of one row below `top`; gives where they end. */
function placeBand(row: readonly Column[], plans: readonly Plan[], top: number): number {
	const sorted = row.toSorted((a, b) => a.slot - b.slot);
	const columnOf = new Map(sorted.flatMap((one) => one.hosts.map(({ name }) => [name, one])));
	const tallOf = ({ hosts }: Column): number =>
		hosts.reduce((sum, host) => sum + boxHeight(host) + ROW_GAP, -ROW_GAP);
	sorted.forEach((column, i) => {
		let y = -tallOf(column) / 2;
		column.tops = column.hosts.map((host) => {
			const at = y;
			y += boxHeight(host) + ROW_GAP;
			return at;
		});
		const before = sorted[i - 1];
		if (before) align(column, before, plans, columnOf);
	});
	const all = sorted.flatMap(({ hosts, tops }) =>
		hosts.map((host, i) => ({ from: tops[i]!, to: tops[i]! + boxHeight(host) }))
	);
	const low = Math.min(...all.map(({ from }) => from));
	for (const column of sorted) column.tops = column.tops.map((y) => y - low + top);
	return Math.max(...all.map(({ to }) => to)) - low + top;
}

/** Moves a column up or down so that its wires to the column before run straight, as far as that can be. */
function align(
	column: Column,
	before: Column,
	plans: readonly Plan[],
	columnOf: ReadonlyMap<string, Column>
): void {
	const near: { left: number[]; right: number[] }[] = [];
	for (const { slot, ends } of plans) {
		if (slot !== before.slot) continue;
		const own = ends.filter(({ end }) => columnOf.get(hostOf(end)) === column);
		const others = ends.filter(({ end }) => columnOf.get(hostOf(end)) === before);
		if (own.length + others.length === 0) continue;
		near.push({
			left: others.map(({ end }) => portY(end, columnOf)),
			right: own.map(({ end }) => portY(end, columnOf))
		});
	}
	const mean = (list: readonly number[]): number =>
		list.reduce((sum, one) => sum + one, 0) / list.length;
	const joined = near.filter(({ left, right }) => left.length > 0 && right.length > 0);
	const wanted =
		joined.length === 0 ? 0 : mean(joined.map((one) => mean(one.left) - mean(one.right)));
	/** How many ends of different wires would lie on one line. */
	const clashes = (shift: number): number =>
		near.reduce(
			(sum, one, i) =>
				sum +
				near.filter(
					(other, j) =>
						i !== j &&
						one.left.some((y) => other.right.some((to) => Math.abs(to + shift - y) < APART))
				).length,
			0
		);
	let best = wanted;
	let least = Infinity;
	for (const nudge of NUDGES) {
		const count = clashes(wanted + nudge);
		if (count < least) {
			least = count;
			best = wanted + nudge;
		}
		if (least === 0) break;
	}
	column.tops = column.tops.map((y) => y + best);
}
