/**
 * The whole walk as a ladder: hosts as columns, and a row for each thing that crosses from one to another or happens at
 * one of them. Rows are found once for a recording; where the reader stands only decides which of them are lit.
 */
import type { Direction } from '$lib/engine';
import { columnsOf } from '../geometry/network-layout';
import type { End, LadderRow } from './ladder-rows';
import { contentOf, copiesOf } from './ladder-rows';
import type { Stay } from './ladder-stays';
import { Stays } from './ladder-stays';
import { networkOf } from './network';
import type { Recording } from './recording';

export type { LadderKind, LadderRow } from './ladder-rows';
export type { Stay } from './ladder-stays';

export interface Ladder {
	/** Names of the hosts, from left to right. */
	readonly hosts: readonly string[];
	readonly rows: readonly LadderRow[];
	readonly stays: readonly Stay[];
}

/** Hosts from left to right as on the picture of the network. */
function hostOrder({ scenario }: Recording): string[] {
	const network = networkOf(scenario);
	const columns = columnsOf(network);
	return network.hosts
		.map(({ name }) => name)
		.toSorted((a, b) => columns.get(a)! - columns.get(b)!);
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
	/** The walk that has sent out what goes over a wire; in pieces, it may be more than one packet. */
	let leaving: number | null = null;
	const rewritten = new Map<number, readonly End[]>();
	let stop = 0;
	events.forEach((event, index) => {
		while (stop < stops.length - 1 && stops[stop]!.cursor <= index) stop++;
		const { step, direction: at } = stops[stop] ?? { step: 0, direction: null };
		if (event.kind === 'sent') {
			onWire = at;
			leaving = null;
		}
		if (event.kind === 'out') {
			onWire = directionOf(event.walk);
			leaving = event.walk;
		}
		if (event.kind === 'begin') stays.begin(event.walk, event.host, Math.max(0, rows.length - 1));
		if (event.kind === 'wire' && event.flooded) return;
		const copies = event.kind === 'wire' ? copiesOf(events, index) : [];
		const changed = leaving === null ? [] : (rewritten.get(leaving) ?? []);
		const content = contentOf(event, copies, changed);
		if (!content) return;
		if (content.kind === 'rewrite' && 'walk' in event) {
			const ends = content.changes.map(({ end }) => end);
			rewritten.set(event.walk, [...(rewritten.get(event.walk) ?? []), ...ends]);
		}
		const direction =
			'walk' in event ? directionOf(event.walk) : event.kind === 'wire' ? onWire : null;
		rows.push({ ...content, index, at: stop + 1, step, direction } as LadderRow);
		const here = rows.length - 1;
		if (event.kind === 'wire' && leaving !== null) {
			stays.turn(leaving, here, direction, 'over');
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
