/** The rows of a ladder: what an event is there. */
import type { Direction, EngineEvent, HookName, Packet } from '$lib/engine';
import { rewrittenEnd } from '../words/facts';
import type { StationEvent } from './walk-view';
import { isStopped } from './walk-view';

interface Row {
	/** Index of its event in the recording. */
	readonly index: number;
	/** The stop (from 1) at which it has happened. */
	readonly at: number;
	/** Scenario step, from 0. */
	readonly step: number;
	readonly direction: Direction | null;
}

export type End = 'src' | 'dst';

/** One end of a packet that was rewritten. */
export interface EndChange {
	readonly end: End;
	readonly before: string;
	readonly after: string;
}

export type LadderRow = Row &
	(
		| {
				/** A packet crosses a wire. */
				readonly kind: 'arrow';
				readonly packet: Packet;
				readonly from: string;
				/** `null`: nobody takes it. */
				readonly to: string | null;
				/** Hosts that get a copy which is not meant for them. */
				readonly copies: readonly string[];
				/** Ends that were rewritten in the host that it comes from. */
				readonly changed: readonly End[];
		  }
		| {
				/** Out by the loopback interface and in again. */
				readonly kind: 'loop';
				readonly packet: Packet;
				readonly host: string;
		  }
		| {
				readonly kind: 'rewrite';
				readonly host: string;
				readonly hook: HookName;
				readonly changes: readonly EndChange[];
				/** What an ICMP error quotes was rewritten. */
				readonly quoted: boolean;
				readonly entry: number;
		  }
		| {
				/** The packet ends here, and not where it should. */
				readonly kind: 'drop';
				readonly host: string;
				/** The hook, when a station dropped it. */
				readonly hook: HookName | null;
				/** Name of that station. */
				readonly station: string | null;
		  }
		| {
				readonly kind: 'held' | 'released';
				readonly packet: Packet;
				readonly host: string;
				readonly hook: HookName | null;
		  }
		| {
				/** A fragment waits for the others. */
				readonly kind: 'gathering';
				readonly host: string;
				readonly pieces: number;
		  }
		| {
				/** Another packet of the flow was faster. */
				readonly kind: 'race';
				readonly host: string;
				readonly outcome: 'merged' | 'beside';
				readonly entry: number;
		  }
		| {
				/** The host itself is the packet's end. */
				readonly kind: 'delivered';
				readonly host: string;
				readonly answer: string | null;
		  }
		| { readonly kind: 'time'; readonly seconds: number }
		| {
				readonly kind: 'command';
				readonly host: string;
				readonly command: string;
				readonly failed: boolean;
		  }
	);

export type LadderKind = LadderRow['kind'];

const hostOf = (end: string): string => end.split('/')[0]!;

/** What `Row & (one of a union)` is without the row. */
export type RowContent = LadderRow extends infer R
	? R extends LadderRow
		? Omit<R, keyof Row>
		: never
	: never;

function stationRow(event: StationEvent): RowContent | null {
	const { host, outcome, station } = event;
	if (outcome.kind === 'defrag')
		return outcome.outcome === 'waiting'
			? { kind: 'gathering', host, pieces: outcome.pieces }
			: null;
	if (isStopped(outcome)) return { kind: 'drop', host, hook: station.hook, station: station.name };
	if (outcome.kind === 'confirm')
		return outcome.outcome === 'merged' || outcome.outcome === 'beside'
			? { kind: 'race', host, outcome: outcome.outcome, entry: outcome.entry.id }
			: null;
	if (outcome.kind !== 'nat' || outcome.rewrites.length === 0) return null;
	const changes = (['src', 'dst'] as const).flatMap((end) => {
		const change = rewrittenEnd(event, end);
		return change ? [{ end, ...change }] : [];
	});
	const quoted = outcome.rewrites.some(({ field }) => field === 'quoted');
	if (changes.length === 0 && !quoted) return null;
	return {
		kind: 'rewrite',
		host,
		hook: station.hook,
		changes,
		quoted,
		entry: outcome.entry.id
	};
}

/** What an event is on the ladder; `null` for one that is not drawn. */
export function contentOf(
	event: EngineEvent,
	copies: readonly string[],
	changed: readonly End[]
): RowContent | null {
	switch (event.kind) {
		case 'wire':
			return {
				kind: 'arrow',
				packet: event.packet,
				from: hostOf(event.from),
				to: event.to === null ? null : hostOf(event.to),
				copies,
				changed
			};
		case 'begin':
			return event.origin === 'loopback'
				? { kind: 'loop', packet: event.packet, host: event.host }
				: null;
		case 'station':
			return stationRow(event);
		case 'drop':
			return { kind: 'drop', host: event.host, hook: null, station: null };
		case 'held':
			return { kind: 'held', packet: event.packet, host: event.host, hook: event.hook };
		case 'released':
			return { kind: 'released', packet: event.packet, host: event.host, hook: null };
		case 'delivered':
			return { kind: 'delivered', host: event.host, answer: event.answer };
		case 'time':
			return { kind: 'time', seconds: event.seconds };
		case 'command':
			return {
				kind: 'command',
				host: event.host,
				command: event.command,
				failed: event.exit !== 0
			};
		default:
			return null;
	}
}

/** Hosts that get a copy of what a wire event sends: the flooded ones before and after it, from the same interface. */
export function copiesOf(events: readonly EngineEvent[], index: number): string[] {
	const main = events[index]!;
	if (main.kind !== 'wire') return [];
	const copies: string[] = [];
	const look = (step: 1 | -1): void => {
		for (let i = index + step; ; i += step) {
			const event = events[i];
			// A copy is picked up at once by the one who got it.
			if (event?.kind === 'received') continue;
			if (event?.kind !== 'wire' || !event.flooded || event.from !== main.from) return;
			if (event.packet === main.packet && event.to !== null) copies.push(hostOf(event.to));
		}
	};
	look(-1);
	look(1);
	return copies;
}
