/** Tables of what has a rate of its own (`struct xt_hashlimit_htable`), and how its tokens are counted. */
import type { Journal } from '../../journal';
import type { HashlimitMatch } from './matches/hashlimit';
import type { SharedTables } from './shared';
import { HZ, JIFFY, ticksOf } from './ticks';

/** `struct dsthash_ent`; times are in ticks. */
export interface HashlimitEntry {
	/** When it was last reckoned. */
	readonly prev: number;
	readonly expires: number;
	readonly credit: bigint;
	/** Packets: the most it can be. Bytes: how often it can be filled up at once. */
	readonly cap: bigint;
	/** Of a comparison of rates: what came in this interval, and whether the one before was too much. */
	readonly came: number;
	readonly before: boolean;
}

export interface HashlimitTable {
	/** What the rule said that made the table: all go by it. */
	readonly config: HashlimitMatch;
	/** World time in milliseconds. */
	readonly made: number;
	readonly entries: Map<string, HashlimitEntry>;
}

/** `CREDITS_PER_JIFFY`: the power of 2 of which a day's worth has room in 64 bits. */
const PER_TICK = 2n ** 39n;
/** `HZ * CREDITS_PER_JIFFY / XT_HASHLIMIT_SCALE_v2` */
const PER_MICROSECOND = (BigInt(HZ) * PER_TICK) / 1_000_000n;
/** `CREDITS_PER_JIFFY_BYTES`, and what a second gives. */
const BYTES_PER_TICK = 2n ** 24n;
const BYTES_PER_SECOND = BigInt(HZ) * BYTES_PER_TICK;

/** `user2credits` */
export function creditsOf(microseconds: number): bigint {
	return BigInt.asUintN(64, BigInt(microseconds) * PER_MICROSECOND);
}

/** `user2credits_byte` */
const byteCredits = (cost: number): bigint => (BigInt(cost) * BYTES_PER_SECOND) >> 32n;

/** Buckets on a machine of more than a gigabyte. */
const USUAL_SIZE = 8192;

/** How many entries a table holds (`htable_create`). */
export function roomOf({ size, max }: HashlimitMatch): number {
	const buckets = size > 0 ? size : USUAL_SIZE;
	return max === 0 ? 8 * buckets : Math.max(max, buckets);
}

export function hashlimitTable(shared: SharedTables, config: HashlimitMatch): HashlimitTable {
	return shared.get<HashlimitTable>('hashlimit', config.name, () => ({
		config,
		made: shared.now,
		entries: new Map()
	}));
}

/** Whether the table has been swept since the entry expired. */
export function isGone(
	{ config, made }: HashlimitTable,
	entry: HashlimitEntry,
	now: number
): boolean {
	const sweeps = Math.floor((now - made) / config.gcInterval);
	return entry.expires * JIFFY <= made + sweeps * config.gcInterval && sweeps > 0;
}

/** `rateinfo_init`. */
export function newEntry(config: HashlimitMatch, tick: number): HashlimitEntry {
	const { bytes, average, burst, expire } = config;
	const credit = bytes ? BYTES_PER_SECOND : creditsOf(average * burst);
	return {
		prev: tick,
		expires: tick + ticksOf(expire),
		credit,
		cap: bytes ? BigInt(burst) : credit,
		came: 0,
		before: false
	};
}

/** What comes in an interval, at most and with a burst. */
function ratesOf({ bytes, average, burst }: HashlimitMatch): { rate: number; most: number } {
	if (!bytes) {
		const rate = Math.floor(1_000_000 / average);
		return { rate, most: burst + rate };
	}
	const rate = (Math.floor(0xffffffff / average) - 1) * 16;
	return { rate, most: burst === 0 ? rate : burst * rate };
}

/** `rateinfo_recalc`. */
function recalculated(config: HashlimitMatch, entry: HashlimitEntry, tick: number): HashlimitEntry {
	const expires = tick + ticksOf(config.expire);
	const passed = tick - entry.prev;
	if (passed === 0) return { ...entry, expires };
	if (config.rateMatch) {
		if (passed < HZ) return { ...entry, expires };
		const before = entry.came * HZ > passed * ratesOf(config).rate;
		return { ...entry, expires, prev: tick, before, came: 0 };
	}
	const gained = entry.credit + BigInt(passed) * (config.bytes ? BYTES_PER_TICK : PER_TICK);
	const most = config.bytes ? BYTES_PER_SECOND : entry.cap;
	return { ...entry, expires, prev: tick, credit: gained > most ? most : gained };
}

/** The cost of a packet of so many bytes, and the entry filled up for it if it may be (`hashlimit_byte_cost`). */
function chargedBytes(
	config: HashlimitMatch,
	entry: HashlimitEntry,
	length: number
): { cost: bigint; entry: HashlimitEntry } {
	const whole = BigInt((length >>> 4) + 1) * byteCredits(config.average);
	const cost = whole > BYTES_PER_SECOND ? BYTES_PER_SECOND : whole;
	if (entry.credit >= cost || entry.cap === 0n) return { cost, entry };
	return { cost, entry: { ...entry, cap: entry.cap - 1n, credit: BYTES_PER_SECOND } };
}

/**
 * Whether a packet is below the limit (`hashlimit_mt_common`). The table's first rule says how much that is, the
 * packet's own how it is counted.
 */
export function isBelow(
	journal: Journal,
	{ config, entries }: HashlimitTable,
	own: HashlimitMatch,
	key: string,
	known: HashlimitEntry | undefined,
	{ tick, length }: { readonly tick: number; readonly length: number }
): boolean {
	let entry = known ? recalculated(config, known, tick) : newEntry(config, tick);
	let below: boolean;
	if (own.rateMatch) {
		entry = { ...entry, came: entry.came + (own.bytes ? length : 1) };
		below = !entry.before && entry.came <= ratesOf(config).most;
	} else {
		const charged = own.bytes
			? chargedBytes(config, entry, length)
			: { cost: creditsOf(config.average), entry };
		({ entry } = charged);
		below = entry.credit >= charged.cost;
		if (below) entry = { ...entry, credit: entry.credit - charged.cost };
	}
	journal.put(entries, key, entry);
	return below;
}
