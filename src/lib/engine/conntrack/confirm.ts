/**
 * The end of a first packet's way (`__nf_conntrack_confirm`): only now does its entry go into the
 * table. If another packet's entry got there first, the clash is resolved or the packet dropped.
 */
import type { Direction, Entry } from './entry';
import {
	IPS_CONFIRMED,
	IPS_DYING,
	IPS_FIXED_TIMEOUT,
	IPS_NAT_CLASH,
	IPS_TIMESTAMP,
	ORIGINAL,
	REPLY
} from './entry';
import type { Conntrack } from './namespace';
import { EVENT_HELPER, EVENT_NEW, EVENT_RELATED } from './namespace';
import { ICMP, SCTP, TCP } from '../packet';
import type { Found } from './table';
import { tuplesEqual } from './tuple';
import { zoneIn } from './zone';

export interface ConfirmResult {
	readonly verdict: 'accept' | 'drop';
	/** `inserted`; `known` already; `merged` with the winner of a race; `beside` it; or dropped. */
	readonly outcome: 'inserted' | 'known' | 'merged' | 'beside' | 'insert_failed';
	/** The packet's entry from here on (the winner's, when merged). */
	readonly entry: Entry;
}

/** Protocols whose losers need not be dropped (`allow_clash`): all but those with a handshake, and ICMP. */
export function allowsClash(protocol: number): boolean {
	return protocol !== TCP && protocol !== ICMP && protocol !== 33 && protocol !== SCTP;
}

/** Confirm the entry of a packet that leaves, and tell its events. `now` is world time in ms. */
export function confirm(
	conntrack: Conntrack,
	entry: Entry,
	direction: Direction,
	now: number
): ConfirmResult {
	if (entry.status & IPS_CONFIRMED) {
		conntrack.deliverEvents(entry, now);
		return { verdict: 'accept', outcome: 'known', entry };
	}
	if (direction !== ORIGINAL) return { verdict: 'accept', outcome: 'known', entry };
	if (entry.status & IPS_DYING) {
		conntrack.countStatistic('insert_failed');
		return { verdict: 'drop', outcome: 'insert_failed', entry };
	}
	const { table, journal } = conntrack;
	const clash =
		table.find(entry.original, entry.zone, now, ORIGINAL) ??
		table.find(entry.reply, entry.zone, now, REPLY);
	if (clash) return resolveClash(conntrack, entry, clash, now);

	journal.set(entry, 'timeout', entry.timeout + now);
	table.insert(entry, true);
	const stamped = conntrack.settings.timestamp ? IPS_TIMESTAMP : 0;
	journal.set(entry, 'status', entry.status | IPS_CONFIRMED | stamped);
	if (entry.helper) conntrack.cacheEvent(entry, EVENT_HELPER);
	conntrack.cacheEvent(entry, entry.master ? EVENT_RELATED : EVENT_NEW);
	conntrack.deliverEvents(entry, now);
	return { verdict: 'accept', outcome: 'inserted', entry };
}

/** Whether both entries are of one flow, in the same sense or the opposite (`nf_ct_can_merge`). */
function canMerge(winner: Entry, loser: Entry): boolean {
	const zones = (one: 0 | 1, other: 0 | 1): boolean =>
		zoneIn(winner.zone, 0) === zoneIn(loser.zone, one) &&
		zoneIn(winner.zone, 1) === zoneIn(loser.zone, other);
	return (
		(tuplesEqual(winner.original, loser.original) &&
			tuplesEqual(winner.reply, loser.reply) &&
			zones(0, 1)) ||
		(tuplesEqual(winner.original, loser.reply) &&
			tuplesEqual(winner.reply, loser.original) &&
			zones(1, 0))
	);
}

/** `nf_ct_resolve_clash`. */
function resolveClash(
	conntrack: Conntrack,
	loser: Entry,
	clash: Found,
	now: number
): ConfirmResult {
	if (allowsClash(clash.entry.original.protocol)) {
		const merged = merge(conntrack, loser, clash.entry, now);
		if (merged) return merged;
		const inReply = conntrack.table.find(loser.reply, loser.zone, now, REPLY);
		if (inReply) {
			const late = merge(conntrack, loser, inReply.entry, now);
			if (late) return late;
		} else {
			const { journal } = conntrack;
			journal.set(loser, 'timeout', now + 1000);
			journal.set(loser, 'status', loser.status | IPS_FIXED_TIMEOUT | IPS_NAT_CLASH);
			conntrack.table.insert(loser, false);
			journal.set(loser, 'status', loser.status | IPS_CONFIRMED);
			conntrack.countStatistic('clash_resolve');
			conntrack.deliverEvents(loser, now);
			return { verdict: 'accept', outcome: 'beside', entry: loser };
		}
	}
	conntrack.countStatistic('drop');
	conntrack.countStatistic('insert_failed');
	return { verdict: 'drop', outcome: 'insert_failed', entry: loser };
}

/** `__nf_ct_resolve_clash`: the loser's entry is thrown away and its packet takes the winner's. */
function merge(
	conntrack: Conntrack,
	loser: Entry,
	winner: Entry,
	now: number
): ConfirmResult | null {
	if (!canMerge(winner, loser)) return null;
	if (loser.accounting && winner.accounting) {
		const [packets, bytes] = loser.accounting;
		const [p, b, q, c] = winner.accounting;
		conntrack.journal.set(winner, 'accounting', [p + packets, b + bytes, q, c]);
	}
	conntrack.release(loser);
	conntrack.countStatistic('clash_resolve');
	conntrack.deliverEvents(winner, now);
	return { verdict: 'accept', outcome: 'merged', entry: winner };
}
