/** ICMP errors: they belong to the flow of the packet they quote, and change nothing in it. */
import type { Packet } from '../packet';
import { isIcmpError } from '../packet';
import { ORIGINAL } from './entry';
import { quotedTuple } from './packet-tuple';
import type { Template, TrackingContext, TrackingResult } from './tracking';
import { checksChecksums, invalid } from './tracking';
import { invertTuple } from './tuple';
import { DEFAULT_ZONE } from './zone';

/**
 * `nf_conntrack_icmpv4_error`: an error belongs to the flow of the packet it quotes. `null` for
 * what is no error and goes the ordinary way.
 */
export function trackIcmpError(
	context: TrackingContext,
	packet: Packet,
	template: Template | null
): TrackingResult | null {
	const icmp = packet.l4;
	if (icmp.kind !== 'icmp') return invalid('short ICMP message');
	if (icmp.badChecksum && checksChecksums(context)) return invalid('bad ICMP checksum');
	if (icmp.type > 18) return invalid('unknown ICMP type');
	if (!isIcmpError(icmp.type)) return null;
	const quoted = quotedTuple(icmp.payload);
	const inner = quoted && invertTuple(quoted);
	if (!inner) return invalid('no tuple can be made of the quoted packet');
	const found = context.conntrack.table.find(inner, template?.zone ?? DEFAULT_ZONE, context.now);
	if (!found) return invalid('the quoted packet belongs to no entry');
	const { entry, direction } = found;
	const expectedAt = direction === ORIGINAL ? entry.original.dst : entry.reply.dst;
	if (packet.ip.dst !== expectedAt)
		return invalid('its destination is not where the quoted packet came from');
	return {
		verdict: 'accept',
		entry,
		relation: 'related',
		direction,
		created: false,
		reason: null
	};
}
