import type { EngineEvent } from '../../engine';
import { dumpLine } from './packet-text';

/**
 * What `tcpdump -nSt -i` would print at an interface, without its checks of what packets carry.
 * @param at `host/interface`
 */
export function dumpLines(events: readonly EngineEvent[], at: string): string[] {
	return events.flatMap((event) =>
		event.kind === 'wire' && (event.from === at || event.to === at) && !sentTwice(event, at)
			? [dumpLine(event.packet)]
			: []
	);
}

/** A wire of many ends carries one packet to each: its sender sees it once. */
function sentTwice(event: Extract<EngineEvent, { kind: 'wire' }>, at: string): boolean {
	return event.from === at && event.flooded === true;
}
