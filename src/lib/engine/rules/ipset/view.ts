/** What rules ask an ipset: is this packet in it? (`ip_set_test` and each type's `kadt`) */
import { ICMP, TCP, UDP, maskOf, packetLength, type Packet } from '../../packet';
import type { Journal } from '../../journal';
import type { IpSetView } from '../context';
import { findSet, isAlive, type IpSet, type IpSetElement, type IpSets, type SetType } from './set';

type Directions = readonly ('src' | 'dst')[];

/** Parts of a key, and so directions that a rule must give. */
const DIMENSIONS: Readonly<Record<SetType, number>> = {
	'hash:ip': 1,
	'hash:net': 1,
	'hash:ip,port': 2,
	'hash:net,port': 2,
	'hash:ip,port,ip': 3,
	'bitmap:ip': 1,
	'bitmap:port': 1,
	'list:set': 1
};

/** Sets within sets within sets: how deep they are followed. */
const DEEPEST = 8;

/** SCTP and UDP-Lite have their ports where UDP has. */
const SCTP = 132;
const UDPLITE = 136;

/** The set of that name as rules see it now; `null` where there is none. */
export function ipsetView(
	sets: IpSets,
	name: string,
	journal: Journal,
	now: number
): IpSetView | null {
	const set = findSet(sets, name);
	return set === undefined ? null : new View(sets, set, journal, now);
}

class View implements IpSetView {
	constructor(
		private readonly sets: IpSets,
		private readonly set: IpSet,
		private readonly journal: Journal,
		private readonly now: number
	) {}

	get type(): string {
		return this.set.type;
	}

	matches(packet: Packet, flags: Directions): boolean {
		return this.test(this.set, packet, flags, 0);
	}

	private test(set: IpSet, packet: Packet, flags: Directions, depth: number): boolean {
		if (flags.length < DIMENSIONS[set.type]) return false;
		if (set.type === 'list:set') return this.testMembers(set, packet, flags, depth);
		const element = find(set, packet, flags, this.now);
		if (element === null || element.nomatch) return false;
		this.count(element, packet);
		return true;
	}

	private testMembers(set: IpSet, packet: Packet, flags: Directions, depth: number): boolean {
		if (depth >= DEEPEST) return false;
		for (const element of set.elements.values()) {
			const member = isAlive(element, this.now) ? findSet(this.sets, element.set) : undefined;
			if (!member || !this.test(member, packet, flags, depth + 1)) continue;
			this.count(element, packet);
			return true;
		}
		return false;
	}

	private count({ counter }: IpSetElement, packet: Packet): void {
		if (counter === null) return;
		this.journal.set(counter, 'packets', counter.packets + 1);
		this.journal.set(counter, 'bytes', counter.bytes + packetLength(packet));
	}
}

/** Elements by number where one number is the key, and which prefix lengths there are. */
interface Index {
	readonly byNumber: ReadonlyMap<number, IpSetElement>;
	/** Longest first. */
	readonly lengths: readonly number[];
}

const indexes = new WeakMap<IpSet, Index>();

function indexOf(set: IpSet): Index {
	const before = indexes.get(set);
	if (before) return before;
	const byNumber = new Map<number, IpSetElement>();
	const lengths = new Set<number>();
	for (const element of set.elements.values()) {
		byNumber.set(set.type === 'bitmap:port' ? element.port : element.address, element);
		lengths.add(element.length);
	}
	const index = { byNumber, lengths: [...lengths].toSorted((a, b) => b - a) };
	indexes.set(set, index);
	return index;
}

/** The live element the packet falls under, exceptions included; of prefixes the longest. */
function find(set: IpSet, packet: Packet, flags: Directions, now: number): IpSetElement | null {
	const alive = (element: IpSetElement | undefined): IpSetElement | null =>
		element !== undefined && isAlive(element, now) ? element : null;
	const address = addressOf(packet, flags[0]!);
	switch (set.type) {
		case 'hash:ip':
		case 'bitmap:ip':
			return alive(indexOf(set).byNumber.get((address & maskOf(set.netmask)) >>> 0));
		case 'bitmap:port': {
			const port = portOf(packet, flags[0]!);
			if (port < 0 || (packet.ip.protocol !== TCP && packet.ip.protocol !== UDP)) return null;
			return alive(indexOf(set).byNumber.get(port));
		}
		case 'hash:net':
			for (const length of indexOf(set).lengths) {
				const network = (address & maskOf(length)) >>> 0;
				const found = alive(set.elements.get(netKey(network, length)));
				if (found) return found;
			}
			return null;
		case 'hash:ip,port':
		case 'hash:ip,port,ip': {
			const port = portOf(packet, flags[1]!);
			if (port < 0) return null;
			const key = portKey(address, packet.ip.protocol, port);
			return alive(
				set.elements.get(
					set.type === 'hash:ip,port' ? key : thirdKey(key, addressOf(packet, flags[2]!))
				)
			);
		}
		case 'hash:net,port': {
			const port = portOf(packet, flags[1]!);
			if (port < 0) return null;
			for (const length of indexOf(set).lengths) {
				const network = (address & maskOf(length)) >>> 0;
				const found = alive(
					set.elements.get(netPortKey(network, length, packet.ip.protocol, port))
				);
				if (found) return found;
			}
			return null;
		}
		case 'list:set':
			return null;
	}
}

function addressOf({ ip }: Packet, direction: 'src' | 'dst'): number {
	return direction === 'src' ? ip.src : ip.dst;
}

/**
 * Port of that end; type and code for ICMP; 0 for protocols without. -1 where there is a port
 * that cannot be read (`ip_set_get_ip4_port`).
 */
function portOf({ ip, l4 }: Packet, direction: 'src' | 'dst'): number {
	switch (l4.kind) {
		case 'tcp':
		case 'udp':
			return direction === 'src' ? l4.sport : l4.dport;
		case 'icmp':
			return l4.type * 256 + l4.code;
		case 'opaque':
			switch (ip.protocol) {
				case TCP:
				case UDP:
				case ICMP:
					return -1;
				case SCTP:
				case UDPLITE: {
					const at = direction === 'src' ? 0 : 2;
					if (ip.offset > 0 || l4.payload.length < 8) return -1;
					return l4.payload[at]! * 256 + l4.payload[at + 1]!;
				}
				default:
					return 0;
			}
	}
}

// --- Keys ---------------------------------------------------------------------------------

export const netKey = (network: number, length: number): string => `${network}/${length}`;
export const portKey = (address: number, protocol: number, port: number): string =>
	`${address},${protocol}:${port}`;
export const netPortKey = (
	network: number,
	length: number,
	protocol: number,
	port: number
): string => `${network}/${length},${protocol}:${port}`;
export const thirdKey = (key: string, address: number): string => `${key},${address}`;
