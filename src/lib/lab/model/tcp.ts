/** What the TCP tracker of a host has just done, and how its windows stand. */
import type {
	Direction,
	EngineEvent,
	Packet,
	StationOutcome,
	Tcp,
	TcpEnd,
	TcpStateName,
	TcpTracking
} from '$lib/engine';
import {
	ACK,
	IPS_DYING,
	SEGMENT_KINDS,
	TCP_STATES,
	ackFloor,
	dataFloor,
	segmentEnd,
	segmentKind
} from '$lib/engine';
import { countUpTo } from '$lib/timeline/field-history';
import type { Recording } from './recording';
import { isTracked } from './telling';
import type { SegmentKind } from './tcp-machine';
import type { Tracking } from './tracking';
import { trackingAt } from './tracking';

/** What a segment did to its entry. */
export type TcpDeed =
	/** An entry was made for it. */
	| 'made'
	| 'moved'
	| 'stayed'
	/** Let pass without any effect. */
	| 'ignored'
	| 'invalid'
	/** There is no entry, and none is made. */
	| 'refused';

/** Numbers of one direction's sequence space, as the entry has them; unsigned 32-bit. */
export interface WindowView {
	readonly direction: Direction;
	/** `td_end`: what this end has sent, up to here. */
	readonly end: number;
	/** `td_maxend`: what the other end lets it send, up to here. */
	readonly maxEnd: number;
	/** `td_maxwin`: the largest window that this end has offered. */
	readonly maxWindow: number;
	/** The first byte that may still come. */
	readonly lowest: number;
	/** The least acknowledgement that the other end may still send. */
	readonly lowestAck: number;
	/** Where the segment lies, `[first byte, end)`, when it is of this direction. */
	readonly segment: readonly [from: number, to: number] | null;
	/** What the segment acknowledges, when it is of the other direction. */
	readonly ack: number | null;
	/** Whether this end has been heard of: before that its numbers mean nothing. */
	readonly known: boolean;
}

export interface TcpSeen {
	readonly kind: 'tcp';
	/** Index of the event in the recording. */
	readonly index: number;
	readonly packet: Packet;
	readonly segment: { readonly direction: Direction; readonly kind: SegmentKind };
	/** Id of the entry; `null` when the segment has none. */
	readonly entry: number | null;
	readonly deed: TcpDeed;
	readonly from: TcpStateName;
	/** State after the segment; `null` without an entry. */
	readonly after: TcpStateName | null;
	/** State where the reader stands; `null` where there is no entry (any more). */
	readonly to: TcpStateName | null;
	/** State of an earlier connection that was deleted to make room. */
	readonly replaced: TcpStateName | null;
	/** In the kernel's terms, when it was refused or let pass without effect. */
	readonly reason: string | null;
	/** Both directions, as they stood when the segment came; `null` without an entry. */
	readonly windows: readonly [WindowView, WindowView] | null;
}

/** What is to be seen at a moment. */
export type TcpLook =
	| TcpSeen
	/** Connection tracking has seen no packet yet. */
	| { readonly kind: 'nothing' }
	/** The last packet was none of TCP: its protocol. */
	| { readonly kind: 'other'; readonly protocol: number; readonly packet: Packet }
	/** The last packet was kept out of connection tracking. */
	| { readonly kind: 'untracked'; readonly packet: Packet };

const unsigned = (value: number): number => value >>> 0;

function windowView(
	direction: Direction,
	own: TcpEnd,
	other: TcpEnd,
	tcp: Tcp,
	of: Direction
): WindowView {
	return {
		direction,
		end: unsigned(own.end),
		maxEnd: unsigned(own.maxEnd),
		maxWindow: own.maxWindow,
		lowest: unsigned(dataFloor(own, other) + 1),
		// The other end acknowledges what this one has sent.
		lowestAck: unsigned(ackFloor(other, own) + 1),
		segment: direction === of ? [unsigned(tcp.seq), unsigned(segmentEnd(tcp))] : null,
		ack: direction !== of && tcp.flags & ACK ? unsigned(tcp.ack) : null,
		known: own.maxWindow > 0
	};
}

function windowsOf(
	tracking: TcpTracking | null,
	tcp: Tcp,
	of: Direction
): readonly [WindowView, WindowView] | null {
	if (!tracking) return null;
	const { original, reply } = tracking;
	return [windowView(0, original, reply, tcp, of), windowView(1, reply, original, tcp, of)];
}

function deedOf(event: { created: boolean; reason: string | null }, t: Tracking, own: boolean) {
	if (!t.entry) return 'refused';
	if (!own) return 'invalid';
	if (event.created) return 'made';
	if (event.reason !== null) return 'ignored';
	return t.before?.state === t.after?.state ? 'stayed' : 'moved';
}

/** The last station of connection tracking that a host's packets came to, as an index of the events. */
function lastTracked(
	{ events, index }: Recording,
	at: number,
	cursor: number,
	host: string
): number {
	const visits = index.hosts.get(host);
	if (!visits) return -1;
	for (let i = countUpTo(visits.stops, at) - 1; i >= 0; i--) {
		const own = index.walks.get(visits.walks[i]!)?.events ?? [];
		const found = own.findLast((one) => one < cursor && saysSomething(events[one]!));
		if (found !== undefined) return found;
	}
	return -1;
}

/** Whether connection tracking looked at a packet, or was kept from it. A host's own answer comes with its entry. */
function saysSomething(event: EngineEvent): boolean {
	if (event.kind !== 'station' || event.station.kind !== 'conntrack') return false;
	return event.outcome.kind === 'conntrack' || isUntracked(event.outcome);
}

function isUntracked(outcome: StationOutcome): boolean {
	return outcome.kind === 'passed over' && outcome.reason === 'untracked';
}

/** Direction of a packet that belongs to no entry, by the entry that its tuple fits. */
function fitted(packet: Packet, { entry }: Tracking): Direction {
	return entry && entry.original.src !== packet.ip.src ? 1 : 0;
}

const name = (tracking: TcpTracking | null): TcpStateName | null =>
	tracking ? (TCP_STATES[tracking.state] ?? null) : null;

/** What the tracker of a host has seen last, where the reader stands at stop `at`. */
export function tcpLook(recording: Recording, at: number, host: string): TcpLook {
	const cursor = recording.stops[at - 1]?.cursor ?? 0;
	const index = lastTracked(recording, at, cursor, host);
	const event = recording.events[index];
	if (event?.kind !== 'station') return { kind: 'nothing' };
	if (!isTracked(event)) return { kind: 'untracked', packet: event.packet };
	const { before: packet, outcome } = event;
	const { l4 } = packet;
	if (l4.kind !== 'tcp') return { kind: 'other', protocol: packet.ip.protocol, packet };
	const tracking = trackingAt(recording, index);
	const { entry, before, after } = tracking;
	const own = outcome.entry !== null;
	const direction = own ? outcome.direction : fitted(packet, tracking);
	return {
		kind: 'tcp',
		index,
		packet,
		segment: { direction, kind: SEGMENT_KINDS[segmentKind(l4.flags)]! },
		entry: entry?.id ?? null,
		deed: deedOf(outcome, tracking, own),
		from: name(before) ?? 'NONE',
		after: name(after),
		to: stateNow(recording, cursor, tracking),
		replaced: tracking.replaced === null ? null : TCP_STATES[tracking.replaced]!,
		reason: outcome.reason,
		windows: windowsOf(measureOf(tracking, direction, own), l4, direction)
	};
}

/**
 * The windows that a segment is held against: as they stood before it, or, for the first of an end, as it says itself.
 */
function measureOf(
	{ before, after }: Tracking,
	direction: Direction,
	accepted: boolean
): TcpTracking | null {
	const sender = direction === 0 ? before?.original : before?.reply;
	// An answer to a SYN that had been let pass begins both windows anew.
	const anew = before && after && after.state < before.state;
	return accepted && (!sender?.maxWindow || anew) ? after : before;
}

/** Lifetime in seconds of an entry in each state, by `TCP_STATES`, where the reader stands. */
export function tcpTimeouts(recording: Recording, at: number, host: string): readonly number[] {
	const { timeline, stops } = recording;
	const own = timeline.hosts.get(host);
	if (!own) return [];
	const now = timeline.at(stops[at - 1]?.cursor ?? 0);
	return now.value(own.conntrack, 'settings').tcpTimeouts.byState;
}

/** The state of the entry where the reader stands; `null` when it is gone by then. */
function stateNow(
	{ timeline }: Recording,
	cursor: number,
	{ entry }: Tracking
): TcpStateName | null {
	if (!entry) return null;
	const now = timeline.at(cursor);
	return now.value(entry, 'status') & IPS_DYING ? null : name(now.value(entry, 'tcp'));
}
