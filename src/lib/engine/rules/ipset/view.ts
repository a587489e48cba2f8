/** What rules ask an ipset: is this packet in it? (`ip_set_test` and each type's `kadt`) */
import { ICMP, TCP, UDP, maskOf, packetLength, type Packet } from '../../packet';
import type { Journal } from '../../journal';
import type { CounterQuestion, IpSetQuestion, IpSetView } from '../context';
import {
	OF_NETWORKS,
	findSet,
	isAlive,
	type IpSet,
	type IpSetElement,
	type IpSets,
	type SetType
} from './set';

type Directions = readonly ('src' | 'dst')[];

/** Parts of a key, and so directions that a rule must give. */
export const DIMENSIONS: Readonly<Record<SetType, number>> = {
	'hash:ip': 1,
	'hash:net': 1,
	'hash:ip,port': 2,
	'hash:net,port': 2,
	'hash:ip,port,ip': 3,
	'hash:ip,port,net': 3,
	'hash:net,iface': 2,
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

	matches(
		packet: Packet,
		flags: Directions,
		inName: string,
		outName: string,
		asked: IpSetQuestion = {}
	): boolean {
		return this.test(this.set, { packet, flags, inName, outName }, asked, 0);
	}

	/** `ip_set_test`. */
	private test(set: IpSet, seen: Seen, asked: IpSetQuestion, depth: number): boolean {
		if (seen.flags.length < DIMENSIONS[set.type]) return false;
		if (set.type === 'list:set') return this.testMembers(set, seen, asked, depth);
		const element = find(set, seen, this.now, (one) => this.accept(one, seen.packet, asked));
		if (element === null) return false;
		// Asked for exceptions, those count and nothing else.
		const exceptions = asked.returnNomatch === true && OF_NETWORKS.has(set.type);
		return element.nomatch === exceptions;
	}

	/** The members' own counters are not asked, and counted unless a rule says otherwise. */
	private testMembers(set: IpSet, seen: Seen, asked: IpSetQuestion, depth: number): boolean {
		if (depth >= DEEPEST) return false;
		const { packets: _packets, bytes: _bytes, ...rest } = asked;
		const below = asked.countMembers === false ? { ...rest, count: false } : rest;
		for (const element of set.elements.values()) {
			const member = isAlive(element, this.now) ? findSet(this.sets, element.set) : undefined;
			if (!member || !this.test(member, seen, below, depth + 1)) continue;
			if (this.accept(element, seen.packet, asked)) return true;
		}
		return false;
	}

	/** Count the packet, then see whether the counters are as asked (`ip_set_match_extensions`). */
	private accept({ counter }: IpSetElement, packet: Packet, asked: IpSetQuestion): boolean {
		if (counter === null) return true;
		if (asked.count !== false) {
			this.journal.set(counter, 'packets', counter.packets + 1);
			this.journal.set(counter, 'bytes', counter.bytes + packetLength(packet));
		}
		return counts(counter.packets, asked.packets) && counts(counter.bytes, asked.bytes);
	}
}

/** What a rule shows a set of the packet. */
export interface Seen {
	readonly packet: Packet;
	readonly flags: Directions;
	readonly inName: string;
	readonly outName: string;
}

function counts(value: number, asked: CounterQuestion | undefined): boolean {
	switch (asked?.op) {
		case undefined:
			return true;
		case 'eq':
			return value === asked.value;
		case 'ne':
			return value !== asked.value;
		case 'lt':
			return value < asked.value;
		case 'gt':
			return value > asked.value;
	}
}

/** Elements by number where one number is the key, and which prefix lengths there are. */
interface Index {
	readonly byNumber: ReadonlyMap<number, IpSetElement>;
	/** Longest first. */
	readonly lengths: readonly number[];
	/** `hash:net,iface`: the networks that are there, with whichever interfaces. */
	readonly networks: ReadonlySet<string>;
}

function networkName(element: Pick<IpSetElement, 'address' | 'length' | 'iface'>): string {
	const port = element.iface.startsWith('physdev:') ? 'physdev:' : '';
	return port + netKey(element.address, element.length);
}

/**
 * Of `hash:net,iface`: the longest prefix that is in the set with this interface. The kernel looks no
 * further once it comes to one that is there with other interfaces only (`multi` in `mtype_test_cidrs`).
 */
export function findNetIface(
	set: IpSet,
	address: number,
	iface: string,
	alive: (element: IpSetElement | undefined) => IpSetElement | null
): IpSetElement | null {
	const { lengths, networks } = indexOf(set);
	for (const length of lengths) {
		const network = (address & maskOf(length)) >>> 0;
		const found = alive(set.elements.get(ifaceKey(network, length, iface)));
		if (found) return found;
		if (networks.has(networkName({ address: network, length, iface }))) return null;
	}
	return null;
}

const indexes = new WeakMap<IpSet, Index>();

function indexOf(set: IpSet): Index {
	const before = indexes.get(set);
	if (before) return before;
	const byNumber = new Map<number, IpSetElement>();
	const lengths = new Set<number>();
	const networks = new Set<string>();
	for (const element of set.elements.values()) {
		byNumber.set(set.type === 'bitmap:port' ? element.port : element.address, element);
		lengths.add(element.length);
		if (set.type === 'hash:net,iface') networks.add(networkName(element));
	}
	const index = { byNumber, lengths: [...lengths].toSorted((a, b) => b - a), networks };
	indexes.set(set, index);
	return index;
}

/**
 * The live element the packet falls under, exceptions included, if it is accepted; of prefixes the
 * longest that is.
 */
function find(
	set: IpSet,
	{ packet, flags, inName, outName }: Seen,
	now: number,
	accept: (element: IpSetElement) => boolean
): IpSetElement | null {
	const alive = (element: IpSetElement | undefined): IpSetElement | null =>
		element !== undefined && isAlive(element, now) && accept(element) ? element : null;
	const { protocol } = packet.ip;
	const address = addressOf(packet, flags[0]!);
	/** The longest prefix of `of` that is there; `key` gives an element's key. */
	const longest = (
		of: number,
		key: (network: number, length: number) => string
	): IpSetElement | null => {
		for (const length of indexOf(set).lengths) {
			const found = alive(set.elements.get(key((of & maskOf(length)) >>> 0, length)));
			if (found) return found;
		}
		return null;
	};
	switch (set.type) {
		case 'hash:ip':
		case 'bitmap:ip':
			return alive(indexOf(set).byNumber.get((address & maskOf(set.netmask)) >>> 0));
		case 'bitmap:port': {
			const port = portOf(packet, flags[0]!);
			if (port < 0 || (protocol !== TCP && protocol !== UDP)) return null;
			return alive(indexOf(set).byNumber.get(port));
		}
		case 'hash:net':
			return longest(address, netKey);
		case 'hash:net,iface': {
			const iface = flags[1] === 'src' ? inName : outName;
			if (iface === '') return null;
			return findNetIface(set, address, iface, alive);
		}
		case 'list:set':
			return null;
	}
	const port = portOf(packet, flags[1]!);
	if (port < 0) return null;
	const key = portKey(address, protocol, port);
	switch (set.type) {
		case 'hash:ip,port':
			return alive(set.elements.get(key));
		case 'hash:ip,port,ip':
			return alive(set.elements.get(thirdKey(key, addressOf(packet, flags[2]!))));
		case 'hash:ip,port,net':
			return longest(addressOf(packet, flags[2]!), (network, length) =>
				thirdKey(key, netKey(network, length))
			);
		case 'hash:net,port':
			return longest(address, (network, length) => netPortKey(network, length, protocol, port));
	}
}

export function addressOf({ ip }: Packet, direction: 'src' | 'dst'): number {
	return direction === 'src' ? ip.src : ip.dst;
}

/**
 * Port of that end; type and code for ICMP; 0 for protocols without. -1 where there is a port
 * that cannot be read (`ip_set_get_ip4_port`).
 */
export function portOf({ ip, l4 }: Packet, direction: 'src' | 'dst'): number {
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
export const thirdKey = (key: string, third: number | string): string => `${key},${third}`;
export const ifaceKey = (network: number, length: number, iface: string): string =>
	`${network}/${length},${iface}`;
