/**
 * What connection tracking does with a packet at PREROUTING and OUTPUT (`nf_conntrack_in`):
 * find or make its entry, let the protocol's tracker judge it, and say what the packet is to
 * the table.
 */
import type { Packet } from '../packet';
import { ICMP, isFragment } from '../packet';
import { IPS_SEEN_REPLY, REPLY } from './entry';
import { trackIcmpError } from './icmp-error';
import { EVENT_REPLY } from './namespace';
import { packetTuple } from './packet-tuple';
import { judge } from './protocols/protocols';
import { resolve } from './resolve';
import type { Template, TrackingContext, TrackingResult } from './tracking';
import { invalid } from './tracking';

/**
 * What a packet is to the table, which it changes (`nf_conntrack_in`).
 *
 * @param template what a rule at raw asked for, if one did
 */
export function track(
	context: TrackingContext,
	packet: Packet,
	template: Template | null
): TrackingResult {
	const { conntrack } = context;
	if (isFragment(packet.ip)) {
		conntrack.countStatistic('invalid');
		return invalid('a fragment carries no ports');
	}
	if (packet.ip.protocol === ICMP) {
		const result = trackIcmpError(context, packet, template);
		if (result) {
			if (result.relation === 'invalid') conntrack.countStatistic('error');
			return result;
		}
	}
	for (;;) {
		const tuple = packetTuple(packet);
		const resolved = tuple ? resolve(context, tuple, template) : null;
		if (resolved === 'full') {
			conntrack.countStatistic('drop');
			return { ...invalid('the table is full'), verdict: 'drop' };
		}
		if (!resolved) {
			conntrack.countStatistic('invalid');
			return invalid('no tuple can be made of it');
		}
		const judged = judge(context, packet, resolved);
		if (judged.verdict === 'repeat') {
			conntrack.destroy(resolved.entry, context.now);
			continue;
		}
		if (judged.verdict === 'invalid') {
			if (resolved.created) conntrack.release(resolved.entry);
			conntrack.countStatistic('invalid');
			return invalid(judged.reason ?? '');
		}
		const { entry, direction } = resolved;
		if (resolved.relation === 'established' && direction === REPLY) {
			if (!(entry.status & IPS_SEEN_REPLY)) {
				conntrack.journal.set(entry, 'status', entry.status | IPS_SEEN_REPLY);
				conntrack.cacheEvent(entry, EVENT_REPLY);
			}
		}
		resolved.reason = judged.reason;
		return resolved;
	}
}
