/**
 * The gateway that is measured, the same for the engine and for the kernel: one service behind
 * DNAT, everybody inside behind masquerade, and a stateful filter between.
 */

export const OUTSIDE = { address: '198.51.100.1', length: 24, peer: '198.51.100.254' } as const;
export const INSIDE = { address: '10.0.0.1', length: 24, peer: '10.0.0.2' } as const;

/** Those of the Lab's long afternoon: one gateway is measured everywhere, with these addresses. */
export { RULES } from '../../src/routes/[lang=lang]/gallery/long/long-scenario';

/** One direction of a flow as its sender puts it on the wire. */
export interface Half {
	readonly from: 'ext' | 'int';
	readonly src: string;
	readonly dst: string;
	readonly sport: number;
	readonly dport: number;
}

/** Flows of one far address: their ports tell them apart, and none has to give way to another. */
const PORTS = 32768;

/**
 * Flow number `i` as its two ends see it: [first sender, answerer]. Even ones come from outside
 * and are DNATed, odd ones from inside and are masqueraded.
 */
function flow(i: number): readonly [Half, Half] {
	const pair = i >> 1;
	const port = 1024 + (pair % PORTS);
	const far = `203.0.${113 + (pair >> 23)}.${1 + Math.floor(pair / PORTS)}`;
	return i % 2 === 0
		? [
				{ from: 'ext', src: far, dst: OUTSIDE.address, sport: port, dport: 80 },
				{ from: 'int', src: INSIDE.peer, dst: far, sport: 8080, dport: port }
			]
		: [
				{ from: 'int', src: INSIDE.peer, dst: far, sport: port, dport: 443 },
				{ from: 'ext', src: far, dst: OUTSIDE.address, sport: 443, dport: port }
			];
}

/** Where each end of flow `i` begins to count its bytes: anywhere in 32 bits. */
function firstSequence(i: number, end: 0 | 1): number {
	return Math.imul(2 * i + end + 1, 0x9e3779b1) >>> 0;
}

/** A segment that one end of a flow sends. */
export interface Segment {
	readonly half: Half;
	readonly flags: string;
	readonly seq: number;
	readonly ack: number;
}

function segment(i: number, end: 0 | 1, flags: string): Segment {
	const sent = firstSequence(i, end) + (flags === 'A' ? 1 : 0);
	const seen = firstSequence(i, end === 0 ? 1 : 0) + 1;
	return {
		half: flow(i)[end],
		flags,
		seq: sent >>> 0,
		ack: flags.includes('A') ? seen >>> 0 : 0
	};
}

/** The three segments that open flow `i`. */
export function opening(i: number): Segment[] {
	return [segment(i, 0, 'S'), segment(i, 1, 'SA'), segment(i, 0, 'A')];
}

/** The two segments that flow `i` goes on with, one from each end. */
export function exchange(i: number): Segment[] {
	return [segment(i, 0, 'A'), segment(i, 1, 'A')];
}
