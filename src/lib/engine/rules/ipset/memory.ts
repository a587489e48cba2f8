/**
 * `Size in memory`, as a 64-bit Linux 6.18 counts it: the head of the set and its elements with
 * their extensions (`mtype_head`). In a hash every bucket in use takes room for two elements. Which
 * elements share a bucket hangs on a seed that is drawn at random; here each has one to itself, as
 * almost always among a few.
 */
import type { IpSet, IpSetElement, SetType } from './set';

/** Bytes of an empty set but for bitmaps' bits and hashes' regions, and of an element's own part. */
const SIZES: Readonly<Record<SetType, { readonly head: number; readonly element: number }>> = {
	'hash:ip': { head: 192, element: 4 },
	'hash:net': { head: 432, element: 8 },
	'hash:ip,port': { head: 192, element: 8 },
	'hash:net,port': { head: 432, element: 8 },
	'hash:ip,port,ip': { head: 184, element: 12 },
	'hash:ip,port,net': { head: 440, element: 12 },
	'hash:net,iface': { head: 464, element: 28 },
	'bitmap:ip': { head: 88, element: 0 },
	'bitmap:port': { head: 72, element: 0 },
	'list:set': { head: 80, element: 48 }
};

/** `struct hbucket`, and how many elements it first has room for. */
const BUCKET = 32;
const BUCKET_ELEMENTS = 2;
/** `struct ip_set_region`, one for every 1024 buckets. */
const REGION = 24;
const REGION_BUCKETS = 1024;
/** What a comment takes beside its letters and the closing zero. */
const COMMENT = 16;

const roundUp = (size: number, step: number): number => Math.ceil(size / step) * step;

/** An element with its extensions: counters, the time it goes, a pointer to its comment. */
function elementSize(set: IpSet): number {
	const extensions =
		(set.counters ? 16 : 0) + (set.timeout === null ? 0 : 8) + (set.comments ? 8 : 0);
	const own = SIZES[set.type].element;
	return extensions === 0 ? own : roundUp(own, 8) + extensions;
}

export function sizeInMemory(set: IpSet, alive: readonly IpSetElement[]): number {
	const { head } = SIZES[set.type];
	const each = elementSize(set);
	const comments = alive.reduce(
		(sum, { comment }) => sum + (comment === null ? 0 : COMMENT + comment.length + 1),
		0
	);
	if (set.type === 'list:set') return head + alive.length * each + comments;
	if (set.type.startsWith('bitmap:')) {
		const places = (set.range.to - set.range.from + 1) / 2 ** (32 - set.netmask);
		return head + roundUp(Math.ceil(places), 64) / 8 + Math.ceil(places) * each + comments;
	}
	const regions = Math.max(1, set.hashsize / REGION_BUCKETS);
	return head + regions * REGION + alive.length * (BUCKET + BUCKET_ELEMENTS * each) + comments;
}
