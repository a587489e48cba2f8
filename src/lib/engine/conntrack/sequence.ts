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
	let { options } = l4;
	if (l4.flags & ACK && other) {
		ack = toSender(l4.ack, other);
		options = sackToSender(options, other);
	}
	if (seq === l4.seq && ack === l4.ack && options === l4.options) return packet;
	return { ip: packet.ip, l4: { ...l4, seq, ack, options } };
}

/** A number of the far end's, as the sender of the shifted data knows it. */
function toSender(number: number, shift: SequenceShift): number {
	const back = ((number - shift.before - shift.position) | 0) > 0 ? shift.after : shift.before;
	return (number - back) >>> 0;
}

const END = 0;
const NOP = 1;
const SACK = 5;

/** Options with their SACK blocks turned back likewise (`nf_ct_sack_adjust`). */
function sackToSender(options: Uint8Array, shift: SequenceShift): Uint8Array {
	const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
	const blocks: number[] = [];
	for (let at = 0; at < options.length && options[at] !== END;) {
		const length = options[at] === NOP ? 1 : (options[at + 1] ?? 0);
		if (length === 0 || at + length > options.length) break;
		if (options[at] === SACK && length >= 10 && (length - 2) % 8 === 0)
			for (let edge = at + 2; edge < at + length; edge += 4) blocks.push(edge);
		at += length;
	}
	const moved = blocks.filter((at) => toSender(view.getUint32(at), shift) !== view.getUint32(at));
	if (moved.length === 0) return options;
	const written = options.slice();
	const out = new DataView(written.buffer);
	for (const at of moved) out.setUint32(at, toSender(view.getUint32(at), shift));
	return written;
}
