/** Where a TCP segment has to lie to be of its flow, as `tcp_in_window` has it. */
import type { Tcp } from '../../packet';
import { FIN, SYN } from '../../packet';
import type { TcpEnd } from './state';

/** seq + len, with SYN and FIN counted (`segment_seq_plus_len`); signed 32-bit. */
export function segmentEnd(tcp: Tcp): number {
	return (tcp.seq + tcp.payload.length + (tcp.flags & SYN ? 1 : 0) + (tcp.flags & FIN ? 1 : 0)) | 0;
}

const MAX_ACK_WINDOW = 66000;

/** A segment of `sender` has to end after this: what ends before is long acknowledged. Signed 32-bit. */
export function dataFloor(sender: TcpEnd, receiver: TcpEnd): number {
	return (sender.end - receiver.maxWindow - 1) | 0;
}

/** An acknowledgement by `sender` has to lie after this. Signed 32-bit. */
export function ackFloor(sender: TcpEnd, receiver: TcpEnd): number {
	return (receiver.end - Math.max(sender.maxWindow, MAX_ACK_WINDOW) - 1) | 0;
}
