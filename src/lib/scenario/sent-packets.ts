/** What a step of a scenario sends, as far as telling a host's own packets apart needs it. */
import type { PacketJson } from './packet-json';
import type { Scenario } from './scenario';

/** The packet that a step puts into the network, and who does. */
export interface Sent {
	readonly packet: PacketJson;
	/** A linux host sends it itself. */
	readonly own: boolean;
	/** It is made from another one, so that `packet` has only what is laid over. */
	readonly derived: boolean;
	/** Every IP id that any step gives. */
	readonly ids: ReadonlySet<number>;
}

/** What step `step` sends or releases; `undefined` for steps that send nothing. */
export function sentIn(scenario: Scenario, step: number): Sent | undefined {
	const now = scenario.steps[step];
	if (!now) return undefined;
	const origin = 'release' in now ? scenario.steps[now.release] : now;
	if (!origin || !('send' in origin)) return undefined;
	const { from, replyTo, packet } = origin.send;
	const ids = new Set<number>();
	for (const other of scenario.steps) {
		const id = 'send' in other ? other.send.packet.ip?.id : undefined;
		if (id) ids.add(id);
	}
	return { packet, own: !from.includes('/'), derived: replyTo !== undefined, ids };
}
