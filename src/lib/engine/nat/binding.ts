/**
 * What NAT decides for a first packet (`nf_nat_setup_info`): the reply tuple that the entry will
 * have. Nothing is rewritten here; the packets follow from the entry.
 */
import type { Entry } from '../conntrack/entry';
import {
	IPS_CONFIRMED,
	IPS_DST_NAT,
	IPS_DST_NAT_DONE,
	IPS_DYING,
	IPS_FIXED_TIMEOUT,
	IPS_NAT_MASK,
	IPS_SEQ_ADJUST,
	IPS_SRC_NAT,
	IPS_SRC_NAT_DONE,
	ORIGINAL,
	REPLY
} from '../conntrack/entry';
import { allowsClash } from '../conntrack/confirm';
import type { Conntrack } from '../conntrack/namespace';
import { SYN_SENT, TIME_WAIT } from '../conntrack/tcp/transitions';
import type { Tuple } from '../conntrack/tuple';
import { invertTuple, tuplesEqual } from '../conntrack/tuple';
import { zoneIn } from '../conntrack/zone';
import { GRE, ICMP, TCP, hasPorts } from '../packet';
import type { NatFlags, RangeValue } from '../rules/ruleset';
import { jhash2, reciprocalScale, swap32 } from './jhash';

/** Which end is rewritten (`enum nf_nat_manip_type`). */
export type Manip = 'src' | 'dst';

/** Where to translate to (`struct nf_nat_range2`); ranges are inclusive, absent parts are kept. */
export interface NatRange {
	readonly address?: RangeValue;
	readonly port?: RangeValue;
	/** Ports move by the same distance from this one (`NF_NAT_RANGE_PROTO_OFFSET`). */
	readonly basePort?: number;
	readonly flags: NatFlags;
}

export interface BindingContext {
	readonly conntrack: Conntrack;
	/** World time, ms. */
	readonly now: number;
	/** Unsigned 32-bit. */
	random(): number;
}

/** How the choice of a tuple went, for telling. */
export interface Binding {
	/** The reply tuple before and after; equal when nothing is translated. */
	readonly before: Tuple;
	readonly after: Tuple;
	readonly changed: boolean;
	/** The wanted port was taken, so another was sought. */
	readonly clashed: boolean;
}

const MAX_ATTEMPTS = 128;
/** The last so many attempts may take over a port from a connection that is closing. */
const HARDER = MAX_ATTEMPTS / 4;

/** The flow as it looks on the far side: the inverted reply tuple. */
export function outwardTuple(entry: Entry): Tuple {
	return invertTuple(entry.reply)!;
}

/** Whether a NAT decision was made for this end (`nf_nat_initialized`). */
export function isBound(entry: Entry, manip: Manip): boolean {
	return (entry.status & (manip === 'src' ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE)) !== 0;
}

/** `nf_conntrack_tuple_taken`: whether answers to this flow could be mistaken for another's. */
function isTaken(context: BindingContext, outward: Tuple, self: Entry): boolean {
	const { conntrack, now } = context;
	const reply = invertTuple(outward);
	if (!reply) return false;
	for (const { entry } of conntrack.table.findAll(reply, self.zone, now, REPLY)) {
		if (entry === self) continue;
		// The very same flow, twice at once: left to the resolving of the clash at confirmation.
		const sameZone = zoneIn(entry.zone, ORIGINAL) === zoneIn(self.zone, ORIGINAL);
		if (sameZone && tuplesEqual(entry.original, self.original)) continue;
		conntrack.countStatistic('found');
		return true;
	}
	return false;
}

const TOUCHED = IPS_NAT_MASK | IPS_SEQ_ADJUST;

/** `nf_nat_used_tuple_new`: as above, but two first packets in opposite directions are no clash. */
function isTakenByOther(context: BindingContext, outward: Tuple, self: Entry): boolean {
	if (!isTaken(context, outward, self)) return false;
	if (!allowsClash(self.original.protocol)) return true;
	if (self.status & TOUCHED) return true;
	const { table } = context.conntrack;
	const found =
		table.find(outward, self.zone, context.now) ??
		table.find(invertTuple(outward)!, self.zone, context.now);
	if (!found) return false;
	if (found.entry.status & TOUCHED) return true;
	return !tuplesEqual(found.entry.original, self.reply);
}

/** `nf_nat_used_tuple_harder`: near the end of the search, a closing connection gives way. */
function isTakenHarder(
	context: BindingContext,
	outward: Tuple,
	self: Entry,
	attemptsLeft: number
): boolean {
	if (attemptsLeft > HARDER || outward.protocol !== TCP || self.tcp?.state !== SYN_SENT)
		return isTaken(context, outward, self);
	const { conntrack, now } = context;
	const found = conntrack.table.find(invertTuple(outward)!, self.zone, now);
	if (!found) return false;
	const { entry, direction } = found;
	if (direction !== REPLY || entry.tcp === null || entry.tcp.state < TIME_WAIT) return true;
	if (entry.status & (IPS_FIXED_TIMEOUT | IPS_DYING) || !(entry.status & IPS_SRC_NAT)) return true;
	if (((self.tcp.original.end - entry.tcp.original.end) | 0) <= 0) return true;
	conntrack.destroy(entry, now);
	return false;
}

function portInRange(tuple: Tuple, manip: Manip, port: RangeValue): boolean {
	if (tuple.protocol === ICMP) return tuple.sport >= port.from && tuple.sport <= port.to;
	if (!hasPorts(tuple.protocol) && tuple.protocol !== GRE) return true;
	const value = manip === 'src' ? tuple.sport : tuple.dport;
	return value >= port.from && value <= port.to;
}

/** `nf_in_range`: whether this outward tuple's source meets the range as it is. */
function sourceInRange(tuple: Tuple, range: NatRange): boolean {
	if (range.address && (tuple.src < range.address.from || tuple.src > range.address.to))
		return false;
	return !range.port || portInRange(tuple, 'src', range.port);
}

/** `find_best_ips_proto`: the address of a range that source and destination hash to. */
function chooseAddress(tuple: Tuple, range: NatRange, zone: number, manip: Manip): Tuple {
	const wanted = range.address;
	if (!wanted) return tuple;
	let address = wanted.from;
	if (wanted.from !== wanted.to) {
		const initial = range.flags.persistent ? 0 : swap32(tuple.dst) ^ zone;
		const hash = jhash2([swap32(tuple.src), 0, 0, 0], initial);
		address = wanted.from + reciprocalScale(hash, wanted.to - wanted.from + 1);
	}
	return manip === 'src' ? { ...tuple, src: address } : { ...tuple, dst: address };
}

/** `nf_nat_l4proto_unique_tuple`: look for a port (or ICMP id) that is free. */
function chooseUnique(
	context: BindingContext,
	start: Tuple,
	range: NatRange,
	manip: Manip,
	entry: Entry
): Tuple {
	let min: number;
	let size: number;
	if (start.protocol === ICMP) {
		min = range.port ? range.port.from : 0;
		size = range.port ? range.port.to - range.port.from + 1 : 65536;
	} else if (!hasPorts(start.protocol)) return start;
	else if (range.port) {
		min = Math.min(range.port.from, range.port.to);
		size = Math.abs(range.port.to - range.port.from) + 1;
	} else {
		if (manip === 'dst') return start;
		[min, size] = portClass(start.sport);
	}
	const current = start.protocol === ICMP || manip === 'src' ? start.sport : start.dport;
	let offset: number;
	if (range.basePort !== undefined) offset = (current - range.basePort) & 0xffff;
	else if (range.flags.random || range.flags.fullyRandom || manip !== 'dst')
		offset = context.random() & 0xffff;
	else offset = 0;

	let tuple = start;
	let attempts = Math.min(size, MAX_ATTEMPTS);
	for (;;) {
		for (let i = 0; i < attempts; i++, offset = (offset + 1) & 0xffff) {
			const port = (min + (offset % size)) & 0xffff;
			tuple =
				start.protocol === ICMP || manip === 'src'
					? { ...start, sport: port }
					: { ...start, dport: port };
			if (!isTakenHarder(context, tuple, entry, attempts - i)) return tuple;
		}
		if (attempts >= size || attempts < 16) return tuple;
		attempts = Math.floor(attempts / 2);
		offset = context.random() & 0xffff;
	}
}

/** Ports are replaced by others of their class: [lowest, how many]. */
export function portClass(port: number): [min: number, size: number] {
	if (port < 512) return [1, 511];
	if (port < 1024) return [600, 424];
	return [1024, 64512];
}

/** `get_unique_tuple`. */
function uniqueTuple(
	context: BindingContext,
	current: Tuple,
	range: NatRange,
	entry: Entry,
	manip: Manip
): { tuple: Tuple; clashed: boolean } {
	const random = range.flags.random === true || range.flags.fullyRandom === true;
	let clashed = false;
	if (manip === 'src' && !random) {
		if (sourceInRange(current, range)) {
			if (!isTakenByOther(context, current, entry)) return { tuple: current, clashed };
			clashed = true;
		} else {
			const mapped = sameSourceMapping(context, current, range, entry);
			if (mapped && !isTaken(context, mapped, entry)) return { tuple: mapped, clashed };
		}
	}
	const tuple = chooseAddress(current, range, entry.zone.id, manip);
	if (!random) {
		if (range.port) {
			if (
				range.basePort === undefined &&
				portInRange(tuple, manip, range.port) &&
				(range.port.from === range.port.to || !isTaken(context, tuple, entry))
			)
				return { tuple, clashed };
		} else if (!isTaken(context, tuple, entry)) return { tuple, clashed };
		else clashed = true;
	}
	return { tuple: chooseUnique(context, tuple, range, manip, entry), clashed };
}

/** `find_appropriate_src`: another flow from this very source is mapped already; map it likewise. */
function sameSourceMapping(
	context: BindingContext,
	current: Tuple,
	range: NatRange,
	self: Entry
): Tuple | null {
	for (const other of context.conntrack.entriesFrom(current)) {
		if (zoneIn(other.zone, ORIGINAL) !== zoneIn(self.zone, ORIGINAL)) continue;
		const outward = outwardTuple(other);
		const tuple: Tuple = { ...current, src: outward.src, sport: outward.sport };
		if (sourceInRange(tuple, range)) return tuple;
	}
	return null;
}

/** Decide one end of a flow and write it into the entry (`nf_nat_setup_info`). */
export function bind(
	context: BindingContext,
	entry: Entry,
	range: NatRange,
	manip: Manip
): Binding | null {
	if (entry.status & IPS_CONFIRMED) return null;
	const { journal } = context.conntrack;
	const before = entry.reply;
	const current = outwardTuple(entry);
	const { tuple, clashed } = uniqueTuple(context, current, range, entry, manip);
	let status = entry.status;
	const changed = !tuplesEqual(tuple, current);
	if (changed) {
		journal.set(entry, 'reply', invertTuple(tuple)!);
		status |= manip === 'src' ? IPS_SRC_NAT : IPS_DST_NAT;
	}
	status |= manip === 'src' ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE;
	journal.set(entry, 'status', status);
	if (manip === 'src') context.conntrack.rememberSource(entry);
	return { before, after: entry.reply, changed, clashed };
}

/**
 * No rule translated this end: bind it to the address it has, so that its port can still give
 * way to a clash (`nf_nat_alloc_null_binding`).
 */
export function bindNull(context: BindingContext, entry: Entry, manip: Manip): Binding | null {
	const address = manip === 'src' ? entry.reply.dst : entry.reply.src;
	return bind(context, entry, { address: { from: address, to: address }, flags: {} }, manip);
}
