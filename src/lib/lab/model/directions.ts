/** Which direction of its flow each event's packet goes in. */
import type { Direction, EngineEvent } from '$lib/engine';

/** Direction of each walk, as connection tracking found it; walks of no flow are absent. */
function walkDirections(events: readonly EngineEvent[]): Map<number, Direction> {
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

/** For each event, the direction of its packet within its flow; `null` where it has none. */
export function directionsOf(events: readonly EngineEvent[]): (Direction | null)[] {
	const walks = walkDirections(events);
	const result: (Direction | null)[] = events.map(() => null);
	// A packet on a wire is what the last walk sent out, else what the next walk takes in.
	let onWire: Direction | null = null;
	events.forEach((event, index) => {
		if ('walk' in event) {
			result[index] = walks.get(event.walk) ?? null;
			if (event.kind === 'out') onWire = result[index]!;
		} else if (event.kind === 'sent') {
			const next = events
				.slice(index + 1)
				.find((later) => later.kind === 'begin' || later.kind === 'sent' || later.kind === 'step');
			onWire = next?.kind === 'begin' ? (walks.get(next.walk) ?? null) : null;
			result[index] = onWire;
		} else if (event.kind === 'wire' || event.kind === 'received') result[index] = onWire;
	});
	return result;
}
