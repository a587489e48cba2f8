/** How an entry lives on with its packets: its lifetime begins anew, and they are counted. */
import type { Packet } from '../packet';
import { packetLength } from '../packet';
import type { Direction, Entry } from './entry';
import { IPS_ASSURED, IPS_CONFIRMED, IPS_FIXED_TIMEOUT, ORIGINAL } from './entry';
import type { Conntrack } from './namespace';
import { EVENT_ASSURED } from './namespace';
import type { Resolved, TrackingContext } from './tracking';

/** `__nf_ct_refresh_acct`: give the entry a new lifetime (seconds), and count the packet. */
export function refresh(
	context: TrackingContext,
	packet: Packet,
	{ entry, direction }: Resolved,
	seconds: number
): void {
	if (!(entry.status & IPS_FIXED_TIMEOUT)) {
		const ms = seconds * 1000;
		const timeout = entry.status & IPS_CONFIRMED ? context.now + ms : ms;
		context.conntrack.journal.keep(entry, 'timeout', entry.timeout, timeout);
		entry.timeout = timeout;
	}
	if (entry.accounting) account(context.conntrack, entry, direction, packetLength(packet));
}

/** Count a packet and its bytes in its direction (`nf_ct_acct_update`). */
export function account(
	conntrack: Conntrack,
	entry: Entry,
	direction: Direction,
	bytes: number
): void {
	const old = entry.accounting;
	if (!old) return;
	conntrack.journal.set(
		entry,
		'accounting',
		direction === ORIGINAL
			? [old[0] + 1, old[1] + bytes, old[2], old[3]]
			: [old[0], old[1], old[2] + 1, old[3] + bytes]
	);
}

/** The flow is spared when a full table drops entries early (`IPS_ASSURED_BIT`). */
export function assure(conntrack: Conntrack, entry: Entry): void {
	conntrack.journal.set(entry, 'status', entry.status | IPS_ASSURED);
	conntrack.cacheEvent(entry, EVENT_ASSURED);
}
