/** The entry of a packet, found in the table or made for it (`resolve_normal_ct`). */
import type { Entry, Relation } from './entry';
import {
	IPS_CONFIRMED,
	IPS_EXPECTED,
	IPS_HELPER,
	IPS_SEEN_REPLY,
	ORIGINAL,
	REPLY,
	UNSHIFTED
} from './entry';
import type { Expectation } from './expectation';
import { meets } from './expectation';
import { EVERY_EVENT, type Conntrack } from './namespace';
import type { Resolved, Template, TrackingContext } from './tracking';
import type { Tuple } from './tuple';
import { invertTuple } from './tuple';
import type { Zone } from './zone';
import { DEFAULT_ZONE } from './zone';

/**
 * The packet's entry (`resolve_normal_ct`). `full` when the table has no room for a new one, `null`
 * when the tuple cannot be inverted.
 */
export function resolve(
	context: TrackingContext,
	tuple: Tuple,
	template: Template | null
): Resolved | 'full' | null {
	const { conntrack, now } = context;
	const zone = template?.zone ?? DEFAULT_ZONE;
	const found = conntrack.table.find(tuple, zone, now);
	if (found) {
		const { entry, direction } = found;
		const relation: Relation =
			direction === REPLY || entry.status & IPS_SEEN_REPLY
				? 'established'
				: entry.status & IPS_EXPECTED
					? 'related'
					: 'new';
		return { verdict: 'accept', entry, relation, direction, created: false, reason: null };
	}
	return create(context, tuple, zone, template);
}

/** An entry for a flow's first packet (`init_conntrack`). */
function create(
	context: TrackingContext,
	tuple: Tuple,
	zone: Zone,
	template: Template | null
): Resolved | 'full' | null {
	const { conntrack, now } = context;
	const reply = invertTuple(tuple);
	if (!reply) return null;
	if (!hasRoom(conntrack)) return 'full';
	const expectation = takeExpectation(context, tuple, zone);
	const entry: Entry = {
		id: context.nextEntryId(),
		original: tuple,
		reply,
		zone,
		status: expectation ? IPS_EXPECTED : 0,
		timeout: 0,
		mark: expectation ? expectation.master.mark : 0,
		tcp: null,
		sctp: null,
		streamFrom: 0,
		helper: expectation ? null : (template?.helper ?? null),
		ftp: null,
		master: expectation ? expectation.master : null,
		masqueradeIndex: 0,
		shifts: UNSHIFTED,
		accounting: conntrack.settings.acct ? [0, 0, 0, 0] : null,
		labels: context.keepsLabels() ? 0n : null,
		events: 0,
		told: template?.events ?? (conntrack.settings.events === 0 ? null : EVERY_EVENT),
		born: now
	};
	if (entry.helper !== null) entry.status |= IPS_HELPER;
	conntrack.journal.set(conntrack.table, 'count', conntrack.table.count + 1);
	if (expectation) context.expected(entry, expectation);
	return {
		verdict: 'accept',
		entry,
		relation: expectation ? 'related' : 'new',
		direction: ORIGINAL,
		created: true,
		reason: null
	};
}

/** The expectation that this flow meets, which is used up by it (`nf_ct_find_expectation`). */
function takeExpectation(context: TrackingContext, tuple: Tuple, zone: Zone): Expectation | null {
	const { conntrack, now } = context;
	const index = conntrack.expectations.findIndex((e) => e.timeout > now && meets(e, tuple, zone));
	if (index < 0) return null;
	const expectation = conntrack.expectations[index]!;
	if (!(expectation.master.status & IPS_CONFIRMED)) return null;
	if (!expectation.permanent) conntrack.journal.removeAt(conntrack.expectations, index);
	return expectation;
}

/**
 * Whether there is room for one more entry (`__nf_conntrack_alloc`). A full table first asks
 * whether an unassured entry stands within eight buckets of the new one's (`early_drop`); among a
 * quarter of a million buckets that is never so for a table of lesson size, so the packet goes.
 */
function hasRoom(conntrack: Conntrack): boolean {
	const { max } = conntrack.settings;
	return max === 0 || conntrack.table.count + 1 <= max;
}
