/** Which direction of its flow each event's packet goes in. */
import type { Direction, EngineEvent } from '$lib/engine';

/** Direction of each walk, as connection tracking found it; walks of no flow are absent. */
export function walkDirections(events: readonly EngineEvent[]): Map<number, Direction> {
	const found = new Map<number, Direction>();
	const answers = new Map<number, number>();
	for (const event of events) {
		if (event.kind === 'begin' && event.answers !== undefined)
			answers.set(event.walk, event.answers);
		if (event.kind !== 'station') continue;
		const { outcome, walk } = event;
		if (outcome.kind === 'conntrack') {
			if (outcome.entry) found.set(walk, outcome.direction);
		} else if (outcome.kind === 'passed over' && outcome.reason === 'has its entry') {
			// A host's answer goes the other way than the packet that it answers.
			const answered = found.get(answers.get(walk) ?? -1);
			if (answered !== undefined) found.set(walk, answered === 0 ? 1 : 0);
		}
	}
	return found;
}

/** The walk that a packet which was put on a wire begins; `null` where no host takes it in. */
function walkOfSent(events: readonly EngineEvent[], sent: number): number | null {
	for (let i = sent + 1; i < events.length; i++) {
		const later = events[i]!;
		if (later.kind === 'begin') return later.walk;
		if (later.kind === 'sent' || later.kind === 'step') return null;
	}
	return null;
}

/** For each event, the direction of its packet within its flow; `null` where it has none. */
export function directionsOf(
	events: readonly EngineEvent[],
	walks: ReadonlyMap<number, Direction> = walkDirections(events)
): (Direction | null)[] {
	// A packet on a wire is what the last walk sent out, else what the next walk takes in.
	let onWire: Direction | null = null;
	return events.map((event, index) => {
		if ('walk' in event) {
			const direction = walks.get(event.walk) ?? null;
			if (event.kind === 'out') onWire = direction;
			return direction;
		}
		if (event.kind === 'sent') {
			const walk = walkOfSent(events, index);
			onWire = walk === null ? null : (walks.get(walk) ?? null);
			return onWire;
		}
		return event.kind === 'wire' || event.kind === 'received' ? onWire : null;
	});
}
