/** A flow's tracking value while a segment is at work on it. */
import type { Direction } from '../entry';
import { ORIGINAL } from '../entry';
import type { TcpEnd, TcpTracking } from './state';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One end, to write to. */
export type TcpEndDraft = Mutable<TcpEnd>;

/** A tracking value that a segment may write to. */
export interface TcpDraft extends Omit<Mutable<TcpTracking>, 'original' | 'reply'> {
	original: TcpEndDraft;
	reply: TcpEndDraft;
}

function copyEnd(end: TcpEnd): TcpEndDraft {
	return {
		end: end.end,
		maxEnd: end.maxEnd,
		maxWindow: end.maxWindow,
		maxAck: end.maxAck,
		scale: end.scale,
		flags: end.flags
	};
}

/** A copy to write to, where the old value is kept. */
export function draftOf(t: TcpTracking): TcpDraft {
	return {
		state: t.state,
		original: copyEnd(t.original),
		reply: copyEnd(t.reply),
		lastDir: t.lastDir,
		lastIndex: t.lastIndex,
		lastSeq: t.lastSeq,
		lastAck: t.lastAck,
		lastEnd: t.lastEnd,
		lastWindow: t.lastWindow,
		lastScale: t.lastScale,
		lastFlags: t.lastFlags,
		retransmissions: t.retransmissions
	};
}

/** The end that sends in this direction (`ct->proto.tcp.seen[dir]`). */
export function endOf(draft: TcpDraft, direction: Direction): TcpEndDraft {
	return direction === ORIGINAL ? draft.original : draft.reply;
}
