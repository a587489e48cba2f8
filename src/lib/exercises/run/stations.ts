/** What happened to a packet at the stations of a host, under names that files and students use. */
import type { EngineEvent } from '../../engine';

type StationEvent = Extract<EngineEvent, { kind: 'station' }>;

/** `forward/ip filter forward`, `postrouting/NAT`. */
export function stationId({ station }: StationEvent): string {
	return `${station.hook}/${station.name}`;
}

/** Routing's place among the stations. */
export const ROUTING = 'routing';

/** Whether a station answers to a place: a hook, a name, or both. */
export function isAt(event: StationEvent, place: string): boolean {
	const { hook, name } = event.station;
	return place === hook || place === name || place === `${hook}/${name}`;
}

/** Whether the station had anything to do with the packet. */
export function didSomething({ outcome }: StationEvent): boolean {
	switch (outcome.kind) {
		case 'passed over':
			return false;
		case 'nat':
			return outcome.rewrites.length > 0 || outcome.dropped;
		case 'confirm':
			return outcome.outcome !== 'known';
		default:
			return true;
	}
}

/** Whether the packet ended there. */
export function droppedThere({ outcome }: StationEvent): boolean {
	switch (outcome.kind) {
		case 'conntrack':
		case 'nat':
			return outcome.dropped;
		case 'chain':
		case 'nat-rules':
			return outcome.verdict === 'drop';
		case 'confirm':
			return outcome.outcome === 'insert_failed' || outcome.outcome === 'helper_drop';
		default:
			return false;
	}
}

/** A packet's end inside a host: at a station, or for a reason outside of any. */
export interface Drop {
	readonly host: string;
	/** `forward/ip filter forward`, or `no route`. */
	readonly where: string;
	readonly event: EngineEvent;
}

export function dropsOf(events: readonly EngineEvent[], host: string): Drop[] {
	return events.flatMap((event): Drop[] => {
		if (event.kind === 'drop' && event.host === host) return [{ host, where: event.reason, event }];
		if (event.kind === 'station' && event.host === host && droppedThere(event))
			return [{ host, where: stationId(event), event }];
		return [];
	});
}
