/**
 * Sequence numbers of a flow whose data a helper made longer or shorter (`nf_ct_seq_adjust`).
 */
import type { Packet } from '../packet';
import { ACK } from '../packet';
import type { Direction, Entry, SequenceShift } from './entry';
import { IPS_SEQ_ADJUST, ORIGINAL } from './entry';
import { after } from './tcp/order';

/** What a helper's rewriting adds to sequence numbers from `seq` on (`nf_ct_seq_offset`). */
export function sequenceOffset(shift: SequenceShift | null, seq: number): number {
	if (!shift) return 0;
	return after(seq, shift.position) ? shift.after : shift.before;
}

/** The segment as the far end must see it; the same packet where nothing is shifted. */
export function adjustSequence(packet: Packet, entry: Entry, direction: Direction): Packet {
	const { l4 } = packet;
	if (!(entry.status & IPS_SEQ_ADJUST) || l4.kind !== 'tcp') return packet;
	const own = entry.shifts[direction];
	const other = entry.shifts[direction === ORIGINAL ? 1 : 0];
	const seq = (l4.seq + sequenceOffset(own, l4.seq)) >>> 0;
	let ack = l4.ack;
	if (l4.flags & ACK && other) {
		const back = ((l4.ack - other.before - other.position) | 0) > 0 ? other.after : other.before;
		ack = (l4.ack - back) >>> 0;
	}
	if (seq === l4.seq && ack === l4.ack) return packet;
	return { ip: packet.ip, l4: { ...l4, seq, ack } };
}
