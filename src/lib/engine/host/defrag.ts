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
	readonly runs: readonly Run[];
	/** How far the datagram reaches as far as is known; for good once its last piece has come. */
	readonly length: number;
	readonly ended: boolean;
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

/** Pieces that came one behind the other, as one (`frag_run_len`). */
interface Run {
	readonly from: number;
	readonly to: number;
}

/** The runs once the piece is among them, or why it cannot be (`inet_frag_queue_insert`). */
function withPiece(
	runs: readonly Run[],
	from: number,
	to: number
): readonly Run[] | 'same' | 'other' {
	const last = runs[runs.length - 1];
	if (last && last.to < to) {
		if (from < last.to) return 'other';
		if (from === last.to) return [...runs.slice(0, -1), { from: last.from, to }];
	}
	for (const run of runs) {
		if (from >= run.to || to <= run.from) continue;
		return from >= run.from && to <= run.to ? 'same' : 'other';
	}
	return [...runs, { from, to }].sort((a, b) => a.from - b.from);
}

/** What the marks of all pieces make of the whole (`ip_frag_ecn_table`); `null`: they contradict each other. */
function joinedEcn(pieces: readonly Packet[]): number | null {
	const marks = new Set(pieces.map(({ ip }) => ip.tos & 3));
	if (marks.has(0) && marks.size > 1) return null;
	return marks.has(3) ? 3 : 0;
}

const MAX_LENGTH = 65535;
const IP_HEADER = 20;

/** Add a fragment to its queue (or to a new one), as `ip_frag_queue` does. */
export function addFragment(
	queue: FragmentQueue | null,
	came: Packet,
	now: number,
	life = FRAGMENT_TIME
): Reassembly {
	const waiting = (left: FragmentQueue | null): Reassembly => ({
		queue: left,
		whole: null,
		sizes: []
	});
	const { ip } = came;
	const from = ip.offset;
	let bytes = payloadOf(came);
	// All but the last piece are of whole eights.
	if (ip.mf && bytes.length % 8 !== 0) bytes = bytes.slice(0, bytes.length & ~7);
	const to = from + bytes.length;
	const length = queue?.length ?? 0;
	const ended = queue?.ended ?? false;
	// Bytes beyond the end, or another end: all of it is thrown away, as with an overlap (RFC 5722).
	const wrong = ip.mf ? to > length && ended : to < length || (ended && to !== length);
	if (wrong || to === from) return waiting(null);
	const runs = withPiece(queue?.runs ?? [], from, to);
	// A repeated piece is left out, but what it said of the length is known.
	const known = { length: Math.max(length, to), ended: ended || !ip.mf };
	if (runs === 'same') return waiting(queue && { ...queue, ...known });
	if (runs === 'other') return waiting(null);
	const piece: Packet = { ...came, l4: { kind: 'opaque', payload: bytes } };
	const pieces = [...(queue?.pieces ?? []), piece].sort((a, b) => a.ip.offset - b.ip.offset);
	const next: FragmentQueue = {
		src: ip.src,
		dst: ip.dst,
		id: ip.id,
		protocol: ip.protocol,
		pieces,
		runs,
		...known,
		expires: queue?.expires ?? now + life
	};
	const sum = pieces.reduce((total, one) => total + payloadOf(one).length, 0);
	if (pieces[0]!.ip.offset !== 0 || !next.ended || sum !== next.length) return waiting(next);
	const ecn = joinedEcn(pieces);
	if (ecn === null || next.length + IP_HEADER > MAX_LENGTH) return waiting(null);
	const whole = new Uint8Array(next.length);
	for (const one of pieces) whole.set(payloadOf(one), one.ip.offset);
	const first = pieces[0]!.ip;
	// The whole must not be cut further if the largest piece must not (`ip_frag_reasm`).
	const largest = Math.max(...pieces.map((p) => payloadOf(p).length));
	const df = pieces.some((p) => p.ip.df && payloadOf(p).length === largest);
	const header = { ...first, tos: first.tos | ecn, mf: false, offset: 0, df };
	return {
		queue: null,
		whole: { ip: header, l4: decodeTransport(header, whole) },
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
