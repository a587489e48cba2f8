/**
 * Putting fragments together before tracking (`ip_defrag`), remembering in which sizes they came
 * so that they can go on in them.
 */
import { decodeTransport } from '../packet';
import type { Packet } from '../packet';

/** Pieces of one datagram that have come so far. */
export interface FragmentQueue {
	readonly src: number;
	readonly dst: number;
	readonly id: number;
	readonly protocol: number;
	readonly pieces: readonly Packet[];
	/** World time in ms at which the kernel gives up. */
	readonly expires: number;
}

/** `net.ipv4.ipfrag_time`, in ms. */
export const FRAGMENT_TIME = 30_000;

export interface Reassembly {
	readonly queue: FragmentQueue | null;
	/** The whole datagram, once the last piece is in. */
	readonly whole: Packet | null;
	/** Lengths of the pieces' payloads, in order of offset. */
	readonly sizes: readonly number[];
}

function payloadOf(packet: Packet): Uint8Array {
	return packet.l4.kind === 'opaque' ? packet.l4.payload : new Uint8Array(0);
}

/** Whether a piece repeats what is there, or contradicts it (`inet_frag_queue_insert`). */
function overlap(pieces: readonly Packet[], piece: Packet): 'none' | 'same' | 'other' {
	const from = piece.ip.offset;
	const to = from + payloadOf(piece).length;
	for (const one of pieces) {
		const start = one.ip.offset;
		const end = start + payloadOf(one).length;
		if (from >= end || to <= start) continue;
		return from >= start && to <= end ? 'same' : 'other';
	}
	return 'none';
}

/** Add a fragment to its queue (or to a new one). */
export function addFragment(queue: FragmentQueue | null, piece: Packet, now: number): Reassembly {
	const clash = overlap(queue?.pieces ?? [], piece);
	// A repeated piece is left out; one that overlaps another throws all of them away (RFC 5722).
	if (clash === 'same') return { queue, whole: null, sizes: [] };
	if (clash === 'other') return { queue: null, whole: null, sizes: [] };
	const pieces = [...(queue?.pieces ?? []), piece].sort((a, b) => a.ip.offset - b.ip.offset);
	const next: FragmentQueue = {
		src: piece.ip.src,
		dst: piece.ip.dst,
		id: piece.ip.id,
		protocol: piece.ip.protocol,
		pieces,
		expires: queue?.expires ?? now + FRAGMENT_TIME
	};
	let end = 0;
	for (const one of pieces) {
		if (one.ip.offset !== end) return { queue: next, whole: null, sizes: [] };
		end += payloadOf(one).length;
	}
	if (pieces[pieces.length - 1]!.ip.mf) return { queue: next, whole: null, sizes: [] };
	const bytes = new Uint8Array(end);
	for (const one of pieces) bytes.set(payloadOf(one), one.ip.offset);
	const first = pieces[0]!.ip;
	// The whole must not be cut further if the largest piece must not (`ip_frag_reasm`).
	const largest = Math.max(...pieces.map((p) => payloadOf(p).length));
	const df = pieces.some((p) => p.ip.df && payloadOf(p).length === largest);
	const ip = { ...first, mf: false, offset: 0, df };
	return {
		queue: null,
		whole: { ip, l4: decodeTransport(ip, bytes) },
		sizes: pieces.map((p) => payloadOf(p).length)
	};
}

/** Whether a fragment belongs to a queue. */
export function belongs(queue: FragmentQueue, piece: Packet): boolean {
	return (
		queue.src === piece.ip.src &&
		queue.dst === piece.ip.dst &&
		queue.id === piece.ip.id &&
		queue.protocol === piece.ip.protocol
	);
}
