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
const TOP = 20;
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

function wiresOf(network: Network, boxes: ReadonlyMap<string, HostBox>, along: 'x' | 'y'): Wire[] {
	const size = along === 'x' ? 'width' : 'height';
	return network.links.map((ends) => {
		const places = ends.map((end) => ({ end, box: boxes.get(hostOf(end))! }));
		const middles = places.map(({ box }) => box[along]);
		const low = Math.min(...middles);
		const high = Math.max(...middles);
		// Between the columns, or beside them when all stand in one.
		const first = places.find(({ box }) => box[along] === low)!.box;
		const last = places.find(({ box }) => box[along] === high)!.box;
		const middle =
			low === high
				? low + first[size] / 2 + 30
				: (low + first[size] / 2 + high - last[size] / 2) / 2;
		const across =
			places.reduce((sum, { box }) => sum + box[along === 'x' ? 'y' : 'x'], 0) / places.length;
		const hub: Point = along === 'x' ? { x: middle, y: across } : { x: across, y: middle };
		const arms = new Map(
			places.map(({ end, box }) => {
				const edge = box[along] + (box[along] <= middle ? 1 : -1) * (box[size] / 2);
				const port: Point = along === 'x' ? { x: edge, y: box.y } : { x: box.x, y: edge };
				const corner: Point = along === 'x' ? { x: middle, y: box.y } : { x: box.x, y: middle };
				return [end, [port, corner, hub]] as const;
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
		.paddingInner(groups.length > 3 ? 0.36 : 0.46)
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
