/**
 * An ipset as a value: its type, what it was created with, and its elements. A command makes a
 * new one; only packet counts are changed in place, through the journal.
 */
import type { CounterState } from '../ruleset';

export const SET_TYPES = [
	'hash:ip',
	'hash:net',
	'hash:ip,port',
	'hash:net,port',
	'hash:ip,port,ip',
	'hash:ip,port,net',
	'hash:net,iface',
	'bitmap:ip',
	'bitmap:port',
	'list:set'
] as const;
export type SetType = (typeof SET_TYPES)[number];

/** Types with networks among their elements, where an exception can be said and the longest prefix counts. */
export const OF_NETWORKS: ReadonlySet<SetType> = new Set([
	'hash:net',
	'hash:net,port',
	'hash:ip,port,net',
	'hash:net,iface'
] as const);

/** Names that the types had before ipset 6; the command still takes them. */
export const OLD_NAMES: Readonly<Record<string, SetType>> = {
	iphash: 'hash:ip',
	nethash: 'hash:net',
	ipporthash: 'hash:ip,port',
	ipportiphash: 'hash:ip,port,ip',
	ipportnethash: 'hash:ip,port,net',
	ipmap: 'bitmap:ip',
	portmap: 'bitmap:port',
	setlist: 'list:set'
};

/** Types of ipset 7.17 that are outside of what is modelled. */
export const OTHER_SET_TYPES: readonly string[] = [
	'hash:net,net',
	'hash:net,port,net',
	'hash:ip,mark',
	'hash:ip,mac',
	'hash:mac',
	'bitmap:ip,mac'
];

/** One element; which parts it has follows from the set's type. */
export interface IpSetElement {
	/** What makes it the same as another: two elements of one key cannot be in a set. */
	readonly key: string;
	/** Address, or network address of a prefix. */
	readonly address: number;
	/** Prefix length of the `net` part; 32 where there is none. */
	readonly length: number;
	readonly protocol: number;
	/** For ICMP: type * 256 + code. */
	readonly port: number;
	/** The second address of `hash:ip,port,ip`, the network address of `hash:ip,port,net`. */
	readonly second: number;
	/** The interface of `hash:net,iface`; `physdev:NAME` for a bridge's port. */
	readonly iface: string;
	/** Name of the member of a `list:set`. */
	readonly set: string;
	/** An exception: what it covers is not in the set. */
	readonly nomatch: boolean;
	/** World time in ms at which it goes; `null`: never. */
	readonly expires: number | null;
	readonly counter: CounterState | null;
	readonly comment: string | null;
}

export interface IpSet {
	readonly name: string;
	readonly type: SetType;
	readonly hashsize: number;
	readonly maxelem: number;
	/** Most elements in a bucket, as `list` shows it. */
	readonly bucketsize: number;
	/** `hash:ip` and `bitmap:ip`: length of the prefixes that are elements. */
	readonly netmask: number;
	/** Bitmaps: what elements can be, inclusive. */
	readonly range: { readonly from: number; readonly to: number };
	/** `list:set`: how many members at least can be held; it grows. */
	readonly size: number;
	/** Default timeout of elements in seconds; `null`: elements have none. */
	readonly timeout: number | null;
	readonly counters: boolean;
	readonly comments: boolean;
	/** Its place in the kernel's array of sets, which lists go by; given by `putSet`. */
	readonly slot?: number;
	/** In the order they were added. */
	readonly elements: ReadonlyMap<string, IpSetElement>;
}

/** All ipsets of a host, by their places. */
export interface IpSets {
	readonly sets: readonly IpSet[];
}

export const NO_IPSETS: IpSets = { sets: [] };

export function findSet(sets: IpSets, name: string): IpSet | undefined {
	return sets.sets.find((set) => set.name === name);
}

/** The sets with `set` in the place of the one with its name, or in the first that is free. */
export function putSet(sets: IpSets, set: IpSet): IpSets {
	const at = sets.sets.findIndex((one) => one.name === set.name);
	if (at >= 0) return { sets: sets.sets.with(at, set) };
	const taken = sets.sets.findIndex((one, slot) => (one.slot ?? slot) !== slot);
	const slot = taken < 0 ? sets.sets.length : taken;
	return { sets: sets.sets.toSpliced(slot, 0, { ...set, slot }) };
}

/** Whether the element is still there at that time. */
export function isAlive(element: IpSetElement, now: number): boolean {
	return element.expires === null || element.expires > now;
}
