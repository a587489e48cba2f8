/**
 * Lists of connections that rules count (`nf_conncount`): tuples, each of which stands there for as long as an entry has
 * it. A list is looked through when a packet asks it; those of a set's elements also as time passes.
 */
import type { Journal } from '../journal';
import type { Packet } from '../packet';
import type { Entry } from './entry';
import { IPS_ASSURED, IPS_CONFIRMED, ORIGINAL } from './entry';
import { packetTuple } from './packet-tuple';
import type { ConntrackTable } from './table';
import type { Template } from './tracking';
import { CLOSE, TIME_WAIT } from './tcp/transitions';
import type { Tuple } from './tuple';
import { tuplesEqual } from './tuple';
import type { Zone } from './zone';
import { DEFAULT_ZONE, zoneIn } from './zone';

/** A connection as a list knows it (`struct nf_conncount_tuple`). */
export interface CountedConnection {
	readonly tuple: Tuple;
	readonly zone: Zone;
}

/** `struct nf_conncount_list`: what of it packets change. */
export interface ConnectionList {
	/** In the order they came. */
	connections: readonly CountedConnection[];
	/** The walk whose packet swept it last; `null` before the first. */
	sweptBy: number | null;
}

/** A list that nothing has been put on. */
export const newList = (): ConnectionList => ({ connections: [], sweptBy: null });

/** What looking through a list needs. */
export interface SweepContext {
	readonly journal: Journal;
	/** The walk, by its number; `null`: no packet asks. */
	readonly id: number | null;
	/** World time, milliseconds. */
	readonly now: number;
	readonly connections: ConntrackTable;
}

/** What counting needs of a packet's walk. */
export interface CountContext extends SweepContext {
	readonly id: number;
	readonly packet: Packet;
	readonly entry: Entry | null;
	readonly template: Template | null;
}

/** `CONNCOUNT_GC_MAX_COLLECT`: a sweep that has taken out more than these ends. */
const MOST_TAKEN_OUT = 64;

/** The zone a packet is in: of its entry, or of what a rule at raw asked for. */
export function zoneOf({ entry, template }: CountContext): Zone {
	return entry?.zone ?? template?.zone ?? DEFAULT_ZONE;
}

/** The connection a packet is of, and its entry if it has one (`get_ct_or_tuple_from_skb`). */
function connectionOf(ctx: CountContext): (CountedConnection & { entry: Entry | null }) | null {
	const zone = zoneOf(ctx);
	if (ctx.entry) return { tuple: ctx.entry.original, zone, entry: ctx.entry };
	const tuple = ctx.packet.ip.offset > 0 ? null : packetTuple(ctx.packet);
	if (!tuple) return null;
	return { tuple, zone, entry: ctx.connections.find(tuple, zone, ctx.now)?.entry ?? null };
}

/** `already_closed`. */
function isClosed({ tcp }: Entry): boolean {
	return tcp !== null && (tcp.state === TIME_WAIT || tcp.state === CLOSE);
}

/**
 * Take out connections that no entry has, or a closed one.
 *
 * @param own ends the sweep where it stands
 * @returns whether it stands there
 */
function sweepUpTo(
	ctx: SweepContext,
	list: ConnectionList,
	own: CountedConnection | null
): boolean {
	const before = list.connections;
	const kept: CountedConnection[] = [];
	let taken = 0;
	let met = false;
	let at = 0;
	for (; at < before.length && !(own && taken > MOST_TAKEN_OUT); at++) {
		const one = before[at]!;
		const entry = ctx.connections.find(one.tuple, one.zone, ctx.now)?.entry;
		met =
			own !== null &&
			entry !== undefined &&
			tuplesEqual(one.tuple, own.tuple) &&
			zoneIn(entry.zone, ORIGINAL) === zoneIn(own.zone, ORIGINAL);
		if (met) break;
		if (!entry || isClosed(entry)) taken++;
		else {
			kept.push(one);
			if (!own && taken > MOST_TAKEN_OUT) {
				at++;
				break;
			}
		}
	}
	if (taken > 0) ctx.journal.set(list, 'connections', [...kept, ...before.slice(at)]);
	if (!met) ctx.journal.set(list, 'sweptBy', ctx.id);
	return met;
}

/**
 * Take out what is gone or closed (`nf_conncount_gc_list`), unless that was just done: Linux goes by the jiffy, which one
 * packet's way hardly outlasts.
 */
export function sweep(ctx: SweepContext, list: ConnectionList): void {
	if (ctx.id === null || list.sweptBy !== ctx.id) sweepUpTo(ctx, list, null);
}

/**
 * Put the packet's connection on a list if it is not there (`__nf_conncount_add`).
 *
 * @returns `assured`: the list was not asked, for the entry is past its beginnings; `null`: the packet has no tuple
 */
export function addConnection(
	ctx: CountContext,
	list: ConnectionList
): 'counted' | 'assured' | null {
	const own = connectionOf(ctx);
	if (!own) return null;
	const status = own.entry?.status ?? 0;
	const confirmed = (status & IPS_CONFIRMED) !== 0;
	if (confirmed && status & IPS_ASSURED) return 'assured';
	// A list that was just swept is not looked through: an entry still unconfirmed would not be found anyway.
	if (!confirmed && list.sweptBy === ctx.id) push(ctx, list, own);
	else if (!sweepUpTo(ctx, list, own)) push(ctx, list, own);
	return 'counted';
}

function push(ctx: CountContext, list: ConnectionList, { tuple, zone }: CountedConnection): void {
	ctx.journal.set(list, 'connections', [...list.connections, { tuple, zone }]);
}

/** Lists by a key (`struct nf_conncount_data`). One that is empty stays. */
export type ConnectionLists = Map<number, ConnectionList>;

/**
 * How many connections there are under a key, the packet's own with them (`nf_conncount_count_skb`); 0 if it is on no list
 * and is not put on one.
 */
export function countUnder(ctx: CountContext, lists: ConnectionLists, key: number): number {
	const list = lists.get(key);
	if (!list) {
		const own = connectionOf(ctx);
		if (!own) return 0;
		const { tuple, zone } = own;
		ctx.journal.put(lists, key, { connections: [{ tuple, zone }], sweptBy: ctx.id });
		return 1;
	}
	const empty = list.connections.length === 0;
	const said = addConnection(ctx, list);
	if (said === null) return 0;
	if (said === 'assured' && !empty) sweep(ctx, list);
	return list.connections.length;
}
