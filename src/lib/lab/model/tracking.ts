/** A TCP entry on both sides of a packet. */
import type { Entry, TcpTracking } from '$lib/engine';
import { TCP, packetTuple } from '$lib/engine';
import type { Recording } from './recording';
import { beforeTracking, isTracked } from './telling';

/** A TCP entry before and after connection tracking saw a packet. */
export interface Tracking {
	/** The packet's entry, or for a packet that was found invalid the one that its tuple fits. */
	readonly entry: Entry | null;
	readonly before: TcpTracking | null;
	readonly after: TcpTracking | null;
	/** An earlier connection's entry stood in the way and was deleted: its state. */
	readonly replaced: number | null;
}

/** Looks at the entry on both sides of a conntrack station's event. */
export function trackingAt(recording: Recording, index: number): Tracking {
	const { timeline, events } = recording;
	const event = events[index];
	const host = event && 'host' in event ? timeline.hosts.get(event.host) : undefined;
	if (!event || !host || !isTracked(event) || event.before.ip.protocol !== TCP)
		return { entry: null, before: null, after: null, replaced: null };
	const earlier = timeline.at(beforeTracking(recording, index));
	const { entry: own, created } = event.outcome;
	const tuple = packetTuple(event.before);
	const found = (!own || created) && tuple ? earlier.find(host, tuple) : null;
	const entry = own ?? found;
	return {
		entry,
		before: created || !entry ? null : earlier.value(entry, 'tcp'),
		after: entry && timeline.at(index + 1).value(entry, 'tcp'),
		replaced: created && found ? (earlier.value(found, 'tcp')?.state ?? null) : null
	};
}
