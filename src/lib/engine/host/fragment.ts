/** Cutting a packet into fragments on its way out (`ip_do_fragment`). */
import { IP_HEADER_LENGTH, encodeTransport } from '../packet';
import type { Packet } from '../packet';

/**
 * Whether a packet may not go out by a link of this MTU: it is not to be cut, or came in a piece
 * that is too big already and was not to be cut (`ip_exceeds_mtu`).
 *
 * @param length of the packet in bytes, IP header included
 * @param sizes payload lengths of the fragments it came in, or none
 */
export function exceedsMtu(
	packet: Packet,
	length: number,
	sizes: readonly number[],
	mtu: number
): boolean {
	if (length <= mtu || !packet.ip.df) return false;
	return sizes.length <= 1 || Math.max(...sizes) + IP_HEADER_LENGTH > mtu;
}

/**
 * The pieces of a packet, all of which may be cut again: in the sizes it came in, if they fit; else as large as the MTU allows.
 *
 * @param sizes payload lengths of the fragments it came in, or none
 * @param mtu in bytes, IP header included
 */
export function fragmentsOf(packet: Packet, sizes: readonly number[], mtu: number): Packet[] {
	const bytes = encodeTransport(packet.ip, packet.l4);
	const room = mtu - IP_HEADER_LENGTH;
	const total = sizes.reduce((sum, size) => sum + size, 0);
	const keep = sizes.length > 1 && total === bytes.length && sizes.every((size) => size <= room);
	const most = Math.min(room, sizes.length > 1 ? Math.max(...sizes) : room);
	const cuts: number[] = [];
	if (keep) cuts.push(...sizes);
	else {
		// All but the last piece are of whole eights (`ip_frag_next`).
		let left = bytes.length;
		for (; left > most; left -= most & ~7) cuts.push(most & ~7);
		cuts.push(left);
	}
	const pieces: Packet[] = [];
	let at = 0;
	for (const size of cuts) {
		const last = at + size >= bytes.length;
		pieces.push({
			ip: { ...packet.ip, df: false, offset: at, mf: !last },
			l4: { kind: 'opaque', payload: bytes.slice(at, at + size) }
		});
		at += size;
	}
	return pieces;
}
