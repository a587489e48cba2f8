/**
 * Where hosts stand and how the wires between them run, for any network of about a dozen hosts. On a wide screen they
 * stand in columns, by how many wires lie between them and the first host; where there are more columns than there is
 * room for, they go on below, from right to left. On a narrow one they stand one below the other, the wires at their
 * left. A wire ends at the line of the interface that it is plugged into, and runs between the boxes only.
 *
 * Lengths along y are in sixteenths of a rem. Along x a wide layout counts in thousandths of its width, a narrow one in
 * sixteenths of a rem too.
 */
import { componentsOf, hostOf, orderedColumns } from './network-columns';
import { narrowWires } from './narrow-wires';
import type { Point } from './path-layout';
import { placeColumns } from './network-grid';

export { columnsOf } from './network-columns';

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
	/**
	 * From each end to where all of them meet, by `host/interface`: the end, its place on the trunk that all have in
	 * common, and the hub.
	 */
	readonly arms: ReadonlyMap<string, readonly Point[]>;
	/** Where they meet. */
	readonly hub: Point;
}

export type NetworkKind = 'wide' | 'medium' | 'narrow';

export interface NetworkLayout {
	readonly kind: NetworkKind;
	readonly width: number;
	readonly height: number;
	/** Columns side by side. */
	readonly columns: number;
	readonly hosts: ReadonlyMap<string, HostBox>;
	readonly wires: readonly Wire[];
}

/** The layout that is on the screen. */
export interface ShownLayout {
	readonly kind: NetworkKind;
	/** How many px its units are there. */
	readonly scale: { readonly x: number; readonly y: number };
}

/** Above a box stands a packet that is in it, below it one that is held. */
export const TOP = 26;
export const BOTTOM = 20;
export const ROW_GAP = 26;
const NAME = 29;
const LINE = 17;
const FOOT = 11;
/** At most so many addresses of an interface are written out. */
export const ADDRESSES = 2;

const linesOf = ({ addresses }: NetworkInterface): number =>
	Math.max(1, Math.min(ADDRESSES, addresses.length));

/** Lines of a host's box below its name. */
function hostLines(host: NetworkHost): number {
	return host.interfaces.reduce((sum, one) => sum + linesOf(one), 0);
}

export function boxHeight(host: NetworkHost): number {
	return NAME + hostLines(host) * LINE + FOOT;
}

/** How far below the upper edge of its host's box the line of a wire's end is. */
export function portOf(host: NetworkHost, end: string): number {
	let lines = 0;
	for (const one of host.interfaces) {
		if (`${host.name}/${one.name}` === end) break;
		lines += linesOf(one);
	}
	return NAME + lines * LINE + LINE / 2;
}

/** Columns from left to right, at most `most` side by side. */
function columnNetwork(kind: 'wide' | 'medium', network: Network, most: number): NetworkLayout {
	const components = componentsOf(network);
	const blocks: NetworkHost[][][] = [];
	const alone: NetworkHost[] = [];
	for (const hosts of components) {
		const wired = network.links.some((link) => link.some((end) => hostOf(end) === hosts[0]!.name));
		if (hosts.length > 1 || wired) blocks.push(orderedColumns(hosts, network.links));
		else alone.push(...hosts);
	}
	// Hosts without a wire stand side by side.
	for (let i = 0; i < alone.length; i += most)
		blocks.push(alone.slice(i, i + most).map((host) => [host]));
	return placeColumns(kind, blocks, network.links, most);
}

export function wideNetwork(network: Network): NetworkLayout {
	return columnNetwork('wide', network, 4);
}

export function mediumNetwork(network: Network): NetworkLayout {
	return columnNetwork('medium', network, 3);
}

/** The narrowest picture that is promised, in sixteenths of a rem: its boxes go on to the right edge. */
export const NARROWEST = 240;
/** Between two boxes, with and without a wire on which a packet may stand there: its name, and two lines of addresses. */
const WIRED_GAP = 58;
const BARE_GAP = 28;

/** One below the other. */
export function narrowNetwork(network: Network): NetworkLayout {
	const order = componentsOf(network).flatMap((hosts) =>
		orderedColumns(hosts, network.links).flat()
	);
	const rank = new Map(order.map(({ name }, i) => [name, i]));
	/** Hosts to which a wire comes from above. */
	const below = new Set(
		network.links.flatMap((link) => {
			const ranks = link.map((end) => rank.get(hostOf(end))!);
			return ranks.filter((one) => one > Math.min(...ranks));
		})
	);
	const tops = new Map<string, number>();
	let y = TOP;
	order.forEach((host, i) => {
		if (i > 0) y += below.has(i) ? WIRED_GAP : BARE_GAP;
		tops.set(host.name, y);
		y += boxHeight(host);
	});
	const { wires, left } = narrowWires(network, tops);
	const hosts = new Map(
		order.map((host): [string, HostBox] => [
			host.name,
			{
				name: host.name,
				x: (left + NARROWEST) / 2,
				y: tops.get(host.name)! + boxHeight(host) / 2,
				width: NARROWEST - left,
				height: boxHeight(host)
			}
		])
	);
	return { kind: 'narrow', width: NARROWEST, height: y + BOTTOM, columns: 1, hosts, wires };
}
