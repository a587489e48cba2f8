/** Packets that stand in a host while another one is looked at: held by the scenario, or overtaken by an answer. */
import type { Direction, EngineEvent, HookName, Packet } from '$lib/engine';
import { countUpTo } from '$lib/timeline/field-history';
import type { Recording } from './recording';
import type { WalkIndex } from './recording-index';
import { stationKey } from './walk-view';

export interface Traveller {
	readonly walk: number;
	readonly host: string;
	readonly packet: Packet;
	readonly direction: Direction | null;
	/** Entry that it belongs to. */
	readonly entry: number | null;
	/** Where it stands; `null` before its first hook. */
	readonly hook: HookName | null;
	/** The station that it came by last, by `stationKey`. */
	readonly station: string | null;
	/** A step of the scenario holds it. */
	readonly held: boolean;
}

const candidates = new WeakMap<Recording, readonly WalkIndex[]>();

/** Walks during which something else happened: only these can stand somewhere while another packet is told of. */
function interrupted(recording: Recording): readonly WalkIndex[] {
	const known = candidates.get(recording);
	if (known) return known;
	const { events, index } = recording;
	const walks = [...index.walks.values()].sort((a, b) => a.events[0]! - b.events[0]!);
	const found = walks.filter((walk, i) => {
		const last = walk.events.at(-1)!;
		const next = walks[i + 1]?.events[0] ?? Infinity;
		return next < last || walk.events.some((at) => events[at]!.kind === 'held');
	});
	candidates.set(recording, found);
	return found;
}

function standing(
	events: readonly EngineEvent[],
	walk: WalkIndex,
	happened: number
): Traveller | null {
	let packet: Packet | null = null;
	let hook: HookName | null = null;
	let station: string | null = null;
	let entry: number | null = null;
	let held = false;
	for (const at of walk.events.slice(0, happened)) {
		const event = events[at]!;
		if (!('walk' in event)) continue;
		packet = event.packet;
		if (event.kind === 'held' || event.kind === 'released') held = event.kind === 'held';
		if (event.kind === 'hook' || event.kind === 'held') hook = event.hook;
		if (event.kind !== 'station') continue;
		hook = event.station.hook;
		station = stationKey(event.station);
		const { outcome } = event;
		if ('entry' in outcome) entry = outcome.entry?.id ?? null;
	}
	if (!packet) return null;
	const { id, host, direction } = walk;
	return { walk: id, host, packet, direction, entry, hook, station, held };
}

/**
 * Who stands where when `cursor` events have happened.
 *
 * @param current the walk that is looked at: it is drawn as the packet at hand
 */
export function travellersAt(
	recording: Recording,
	cursor: number,
	current: number | null
): Traveller[] {
	const found: Traveller[] = [];
	for (const walk of interrupted(recording)) {
		if (walk.id === current) continue;
		const happened = countUpTo(walk.events, cursor - 1);
		if (happened === 0) continue;
		const over = happened === walk.events.length;
		const last = recording.events[walk.events[happened - 1]!]!;
		if (over && last.kind !== 'held') continue;
		const traveller = standing(recording.events, walk, happened);
		if (traveller) found.push(traveller);
	}
	return found;
}
