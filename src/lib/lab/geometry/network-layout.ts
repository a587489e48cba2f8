/**
 * Where hosts stand: in columns, by how many wires lie between them and the first host. Two
 * layouts of the same order, columns side by side on a wide screen, one below the other on a
 * narrow one.
 *
 * Across the columns a position is in thousandths of the width (wide) or sixteenths of a rem
 * (narrow); along them the other way round.
 */
import { scaleBand } from 'd3';
import type { Point } from './path-layout';

export interface NetworkInterface {
	readonly name: string;
	readonly addresses: readonly string[];
}

export interface NetworkHost {
	readonly name: string;
	readonly label: string;
	readonly kind: 'wire' | 'linux';
	readonly interfaces: readonly NetworkInterface[];
}

export interface Network {
	readonly hosts: readonly NetworkHost[];
	/** Each wire as its ends, `host/interface`. */
	readonly links: readonly (readonly string[])[];
}

export interface HostBox {
	readonly name: string;
	/** Middle of the box. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Wire {
	/** From each end to where all of them meet, by `host/interface`. */
	readonly arms: ReadonlyMap<string, readonly Point[]>;
	/** Where they meet. */
	readonly hub: Point;
}

export interface NetworkLayout {
	readonly kind: 'wide' | 'narrow';
	readonly width: number;
	readonly height: number;
	readonly hosts: ReadonlyMap<string, HostBox>;
	readonly wires: readonly Wire[];
}

const hostOf = (end: string): string => end.split('/')[0]!;

/** The column of each host, from 0. */
export function columnsOf(network: Network): Map<string, number> {
	const { hosts, links } = network;
	const degree = (name: string): number =>
		links.filter((ends) => ends.some((end) => hostOf(end) === name)).length;
	const column = new Map<string, number>();
	for (const { name } of hosts) {
		if (column.has(name) || (degree(name) > 1 && hosts.some((one) => degree(one.name) === 1)))
			continue;
		// Wires at growing distance from this host; who stands behind a wire is one column further.
		let wires = links.filter((ends) => ends.some((end) => hostOf(end) === name));
		const seen = new Set(wires);
		column.set(name, 0);
		for (let distance = 0; wires.length > 0; distance++) {
			const next: (readonly string[])[] = [];
			for (const wire of wires)
				for (const other of wire.map(hostOf)) {
					if (column.has(other)) continue;
					// Neighbours on the first host's own wire stand beside it, unless they lead on.
					const beside = distance === 0 && degree(other) === 1 && wire.length > 2;
					column.set(other, beside ? 0 : distance + 1);
					for (const on of links)
						if (!seen.has(on) && on.some((end) => hostOf(end) === other)) {
							seen.add(on);
							next.push(on);
						}
				}
			wires = next;
		}
	}
	for (const { name } of hosts) if (!column.has(name)) column.set(name, 0);
	return column;
}

/** Hosts by column, in the order in which they are named. */
function grouped(network: Network): NetworkHost[][] {
	const columns = columnsOf(network);
	const groups: NetworkHost[][] = [];
	for (const host of network.hosts) (groups[columns.get(host.name)!] ??= []).push(host);
	return groups.filter((group) => group !== undefined);
}

const ROW_GAP = 26;
const TOP = 26;
const BOTTOM = 24;

/** Lines of a host's box: its name, then its addresses. */
export function hostLines(host: NetworkHost): number {
	return host.interfaces.reduce(
		(sum, one) => sum + Math.max(1, Math.min(2, one.addresses.length)),
		0
	);
}

export function boxHeight(host: NetworkHost): number {
	return 40 + hostLines(host) * 17;
}

interface WirePlan {
	readonly places: readonly { readonly end: string; readonly box: HostBox }[];
	/** Where it runs between the columns, and where it stands across them. */
	readonly middle: number;
	readonly across: number;
}

function planWire(
	ends: readonly string[],
	boxes: ReadonlyMap<string, HostBox>,
	along: 'x' | 'y'
): WirePlan {
	const size = along === 'x' ? 'width' : 'height';
	const places = ends.map((end) => ({ end, box: boxes.get(hostOf(end))! }));
	const sorted = places.map(({ box }) => box).sort((a, b) => a[along] - b[along]);
	const [first, last] = [sorted[0]!, sorted.at(-1)!];
	// Between the columns, or beside them when all stand in one.
	const middle =
		first[along] === last[along]
			? first[along] + first[size] / 2 + 30
			: (first[along] + first[size] / 2 + last[along] - last[size] / 2) / 2;
	const other = along === 'x' ? 'y' : 'x';
	return {
		places,
		middle,
		across: sorted.reduce((sum, box) => sum + box[other], 0) / sorted.length
	};
}

/** How far apart wires run that share a gap, and stand at the edge of one host. */
const SPREAD = { x: { wires: 26, ports: 16 }, y: { wires: 9, ports: 60 } } as const;

function wiresOf(network: Network, boxes: ReadonlyMap<string, HostBox>, along: 'x' | 'y'): Wire[] {
	const plans = network.links.map((ends) => planWire(ends, boxes, along));
	const size = along === 'x' ? 'width' : 'height';
	const sideOf = (box: HostBox, { middle }: WirePlan): number => (box[along] <= middle ? 1 : -1);
	/** Place of a wire among those that share something with it, about 0, in steps of 1. */
	const rank = (plan: WirePlan, among: readonly WirePlan[]): number =>
		among.toSorted((a, b) => a.across - b.across).indexOf(plan) - (among.length - 1) / 2;
	return plans.map((plan) => {
		const beside = plans.filter(({ middle }) => Math.abs(middle - plan.middle) < 1);
		const middle = plan.middle + rank(plan, beside) * SPREAD[along].wires;
		const point = (on: number, off: number): Point =>
			along === 'x' ? { x: on, y: off } : { x: off, y: on };
		const hub = point(middle, plan.across);
		const arms = new Map(
			plan.places.map(({ end, box }) => {
				const here = plans.filter(
					(other) =>
						other.places.some((one) => one.box === box) && sideOf(box, other) === sideOf(box, plan)
				);
				const off = box[along === 'x' ? 'y' : 'x'] + rank(plan, here) * SPREAD[along].ports;
				const edge = box[along] + (sideOf(box, plan) * box[size]) / 2;
				return [end, [point(edge, off), point(middle, off), hub]] as const;
			})
		);
		return { arms, hub };
	});
}

/** Columns from left to right. */
export function wideNetwork(network: Network): NetworkLayout {
	const groups = grouped(network);
	const x = scaleBand<number>()
		.domain(groups.map((_, i) => i))
		.range([0, 1000])
		.paddingInner(groups.length > 3 ? 0.36 : 0.3)
		.paddingOuter(groups.length === 1 ? 1 : 0.02);
	const columnHeight = (group: NetworkHost[]): number =>
		group.reduce((sum, host) => sum + boxHeight(host) + ROW_GAP, -ROW_GAP);
	const inner = Math.max(...groups.map(columnHeight), 0);
	const height = TOP + inner + BOTTOM;
	const hosts = new Map<string, HostBox>();
	groups.forEach((group, i) => {
		let y = TOP + (inner - columnHeight(group)) / 2;
		for (const host of group) {
			const tall = boxHeight(host);
			hosts.set(host.name, {
				name: host.name,
				x: x(i)! + x.bandwidth() / 2,
				y: y + tall / 2,
				width: x.bandwidth(),
				height: tall
			});
			y += tall + ROW_GAP;
		}
	});
	return { kind: 'wide', width: 1000, height, hosts, wires: wiresOf(network, hosts, 'x') };
}

const ROW_STEP = 46;

/** Columns from top to bottom. */
export function narrowNetwork(network: Network): NetworkLayout {
	const groups = grouped(network);
	const hosts = new Map<string, HostBox>();
	let y = TOP;
	for (const group of groups) {
		const x = scaleBand<number>()
			.domain(group.map((_, i) => i))
			.range([0, 1000])
			.paddingInner(0.06)
			.paddingOuter(0);
		const tall = Math.max(...group.map(boxHeight));
		group.forEach((host, i) =>
			hosts.set(host.name, {
				name: host.name,
				x: x(i)! + x.bandwidth() / 2,
				y: y + tall / 2,
				width: x.bandwidth(),
				height: tall
			})
		);
		y += tall + ROW_STEP;
	}
	return {
		kind: 'narrow',
		width: 1000,
		height: y - ROW_STEP + 14,
		hosts,
		wires: wiresOf(network, hosts, 'y')
	};
}
