/** What a host remembers of a packet's checksum once it has summed it up (`nf_ip_checksum`, `skb->ip_summed`). */
import { checksChecksums } from '../conntrack/tracking';
import type { TrackingContext } from '../conntrack/tracking';
import type { Packet } from '../packet';
import { isFragment } from '../packet';
import type { Walk } from './walk';

/**
 * `CHECKSUM_NONE`: not summed up; `CHECKSUM_COMPLETE`: the sum is kept, which a look at the way in trusts, and forwarding
 * forgets; `CHECKSUM_UNNECESSARY`: nobody looks any more.
 */
export type Sum = 'none' | 'complete' | 'unnecessary';

/** Whether the checksum that stands in the packet is wrong. */
function isWrong({ ip, l4 }: Packet): boolean {
	if (isFragment(ip)) return false;
	if (l4.kind === 'udp') return l4.checksum === 'bad';
	return (l4.kind === 'tcp' || l4.kind === 'icmp') && l4.badChecksum;
}

/** Tracking has looked at the packet. */
export function trackedSum(walk: Walk, context: TrackingContext, { ip, l4 }: Packet): void {
	if (!checksChecksums(context) || isFragment(ip)) return;
	const summed =
		l4.kind === 'tcp' || l4.kind === 'icmp' || (l4.kind === 'udp' && l4.checksum !== 'none');
	if (summed && !isWrong({ ip, l4 })) sumUp(walk);
}

function sumUp(walk: Walk): void {
	walk.journal.set(walk, 'summed', true);
	walk.journal.set(walk, 'sum', 'complete');
}

/** `skb_forward_csum` */
export function forgetSum(walk: Walk): void {
	if (walk.sum === 'complete') walk.journal.set(walk, 'sum', 'none');
}

/** Whether the host finds the checksum wrong, if it still looks at it (`skb_csum_unnecessary`). */
export function hasWrongSum(walk: Walk): boolean {
	return !walk.summed && isWrong(walk.packet);
}

/** Whether translation finds the checksum of an ICMP error wrong; it looks at each hook. */
export function findsErrorWrong(walk: Walk): boolean {
	if (walk.sum === 'unnecessary') return false;
	if (walk.sum === 'complete') {
		if (walk.hook === 'prerouting' || walk.hook === 'input')
			walk.journal.set(walk, 'sum', 'unnecessary');
		return false;
	}
	if (isWrong(walk.packet)) return true;
	sumUp(walk);
	return false;
}
