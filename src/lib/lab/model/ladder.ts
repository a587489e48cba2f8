/**
 * The whole walk as a ladder: hosts as columns, and a row for each thing that crosses from one to another or happens at
 * one of them. Rows are found once for a recording; where the reader stands only decides which of them are lit.
 */
import type { Direction, EngineEvent, HookName, Packet } from '$lib/engine';
import { columnsOf } from '../geometry/network-layout';
import { rewrittenEnd } from '../words/facts';
import { networkOf } from './network';
import type { Recording } from './recording';
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

/** One end of a packet that was rewritten. */
export interface EndChange {
	readonly end: 'src' | 'dst';
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

/** A packet's stay in a host, from one row to another. */
export interface Stay {
	readonly host: string;
	/** Rows, by their place in the ladder. */
	readonly from: number;
	readonly to: number;
	readonly direction: Direction | null;
	/** It was held and others went on meanwhile. */
	readonly held: boolean;
}

export interface Ladder {
	/** Names of the hosts, from left to right. */
	readonly hosts: readonly string[];
	readonly rows: readonly LadderRow[];
	readonly stays: readonly Stay[];
}

const hostOf = (end: string): string => end.split('/')[0]!;

/** Hosts from left to right as on the picture of the network. */
function hostOrder({ scenario }: Recording): string[] {
	const network = networkOf(scenario);
	const columns = columnsOf(network);
	return network.hosts
		.map(({ name }) => name)
		.toSorted((a, b) => columns.get(a)! - columns.get(b)!);
}

/** What `Row & (one of a union)` is without the row. */
type Content = LadderRow extends infer R
	? R extends LadderRow
		? Omit<R, keyof Row>
		: never
	: never;

function stationRow(event: StationEvent): Content | null {
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

function contentOf(event: EngineEvent, copies: readonly string[]): Content | null {
	switch (event.kind) {
		case 'wire':
			return {
				kind: 'arrow',
				packet: event.packet,
				from: hostOf(event.from),
				to: event.to === null ? null : hostOf(event.to),
				copies
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
			return { kind: 'held', host: event.host, hook: event.hook };
		case 'released':
			return { kind: 'released', host: event.host, hook: null };
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
function copiesOf(events: readonly EngineEvent[], index: number): string[] {
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

/** Stays of packets in hosts: from the row of a walk's coming to that of its going. */
class Stays {
	readonly found: Stay[] = [];
	private readonly open = new Map<number, { host: string; from: number; held: boolean }>();

	begin(walk: number, host: string, from: number): void {
		this.open.set(walk, { host, from, held: false });
	}

	/** The walk has come to a row, where one way of staying ends and, unless it is over, another begins. */
	turn(walk: number, to: number, direction: Direction | null, next: 'held' | 'on' | 'over'): void {
		const open = this.open.get(walk);
		if (!open) return;
		if (to > open.from) this.found.push({ ...open, to, direction });
		if (next === 'over') this.open.delete(walk);
		else this.open.set(walk, { ...open, from: to, held: next === 'held' });
	}

	/** Walks that have not ended by the last row. */
	finish(last: number, direction: (walk: number) => Direction | null): Stay[] {
		for (const walk of [...this.open.keys()]) this.turn(walk, last, direction(walk), 'over');
		return this.found;
	}
}

const ladders = new WeakMap<Recording, Ladder>();

/** The ladder of a recording. */
export function ladderOf(recording: Recording): Ladder {
	const known = ladders.get(recording);
	if (known) return known;
	const { events, stops, index: lookup } = recording;
	const rows: LadderRow[] = [];
	const stays = new Stays();
	const directionOf = (walk: number): Direction | null => lookup.walks.get(walk)?.direction ?? null;
	/** Direction of what is on the wire. */
	let onWire: Direction | null = null;
	/** Walks whose last packet is about to go over a wire. */
	let leaving: number | null = null;
	let stop = 0;
	events.forEach((event, index) => {
		while (stop < stops.length - 1 && stops[stop]!.cursor <= index) stop++;
		const { step, direction: at } = stops[stop] ?? { step: 0, direction: null };
		if (event.kind === 'sent') onWire = at;
		if (event.kind === 'out') {
			onWire = directionOf(event.walk);
			leaving = event.walk;
		}
		if (event.kind === 'begin') stays.begin(event.walk, event.host, Math.max(0, rows.length - 1));
		if (event.kind === 'wire' && event.flooded) return;
		const content = contentOf(event, event.kind === 'wire' ? copiesOf(events, index) : []);
		if (!content) return;
		const direction =
			'walk' in event ? directionOf(event.walk) : event.kind === 'wire' ? onWire : null;
		rows.push({ ...content, index, at: stop + 1, step, direction } as LadderRow);
		const here = rows.length - 1;
		if (event.kind === 'wire' && leaving !== null) {
			stays.turn(leaving, here, direction, 'over');
			leaving = null;
		} else if ('walk' in event) {
			if (content.kind === 'held') stays.turn(event.walk, here, direction, 'held');
			else if (content.kind === 'released') stays.turn(event.walk, here, direction, 'on');
			else if (content.kind === 'drop' || content.kind === 'delivered')
				stays.turn(event.walk, here, direction, 'over');
		}
	});
	const ladder = {
		hosts: hostOrder(recording),
		rows,
		stays: stays.finish(Math.max(0, rows.length - 1), directionOf)
	};
	ladders.set(recording, ladder);
	return ladder;
}

/** How many rows have happened at a stop; rows come in the order of stops. */
export function rowsUpTo({ rows }: Ladder, at: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (rows[middle]!.at <= at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The ends of an arrow's packet that were rewritten in the host that it comes from, since it came in there. */
export function changedEnds({ rows }: Ladder, place: number): ('src' | 'dst')[] {
	const arrow = rows[place];
	if (arrow?.kind !== 'arrow') return [];
	const found = new Set<'src' | 'dst'>();
	for (let i = place - 1; i >= 0 && rows[i]!.step === arrow.step; i--) {
		const row = rows[i]!;
		if (row.kind === 'arrow') break;
		if (row.kind === 'rewrite' && row.host === arrow.from)
			for (const { end } of row.changes) found.add(end);
	}
	return [...found];
}
