/** What sentences are made of, the same in every language. */
import type {
	Direction,
	EngineEvent,
	Packet,
	Relation,
	RuleStep,
	StationOutcome,
	Tuple
} from '$lib/engine';
import { formatAddress } from '$lib/engine';
import { endpoints, flagNames } from '../model/packet-fields';
import { ruleText } from '../model/rule-text';

/** What a sentence is told from. */
export interface Telling {
	/** `null` before anything has happened. */
	readonly event: EngineEvent | null;
	/** What happened in the same breath. */
	readonly also: readonly EngineEvent[];
	/** TCP state of the packet's entry before this packet came; `null` where there was none. */
	readonly was: string | null;
	/** And after it. */
	readonly state: string | null;
	readonly direction: Direction | null;
	readonly relation: Relation | null;
}

export type Of<K extends EngineEvent['kind']> = Extract<EngineEvent, { kind: K }>;
export type Outcome<K extends StationOutcome['kind']> = Extract<StationOutcome, { kind: K }>;
export type StationEvent = Of<'station'>;

/** The rule that gave the verdict; `null` when the policy did, or nothing. */
export function decidingStep(steps: readonly RuleStep[]): RuleStep | null {
	const ends = new Set(['accept', 'drop']);
	const step = steps.findLast(({ verdict }) => verdict !== null && ends.has(verdict.kind));
	return step && step.rule >= 0 ? step : null;
}

/** Text of the rule that a step is about; empty for a policy. */
export function ruleOf({ table, chain, rule }: RuleStep): string {
	const found = table.chains.find(({ name }) => name === chain)?.rules[rule];
	return found ? ruleText(found, table) : '';
}

/** `a → b` */
export function wayOf(packet: Packet): string {
	const { src, dst } = endpoints(packet);
	return `${src} → ${dst}`;
}

/** `SYN,ACK` for TCP; for the rest the language finds a name. */
export function tcpName(packet: Packet): string | null {
	return packet.l4.kind === 'tcp' ? flagNames(packet.l4.flags) : null;
}

export function icmpOf(packet: Packet): readonly [type: number, code: number] | null {
	return packet.l4.kind === 'icmp' ? [packet.l4.type, packet.l4.code] : null;
}

export const address = formatAddress;

/** Entries that went in the same breath. */
export function goneWith(also: readonly EngineEvent[]): number[] {
	return also.flatMap((event) =>
		event.kind === 'table' && event.change.kind === 'destroy' ? [event.change.entry.id] : []
	);
}

/** Whether all on the wire got a copy, because the bridge did not know where the address is. */
export function wasFlooded(also: readonly EngineEvent[]): boolean {
	return also.some((event) => event.kind === 'wire' && event.flooded === true);
}

/** What a rewriting did to the address and port of one end, `old → new`. */
export function rewrittenEnd(
	event: StationEvent,
	manip: 'src' | 'dst'
): { before: string; after: string } | null {
	const before = endpoints(event.before)[manip];
	const after = endpoints(event.packet)[manip];
	return before === after ? null : { before, after };
}

/** What a rewriting did to an ICMP id, which stands for the ports there. */
export function rewrittenId({
	rewrites
}: Outcome<'nat'>): { before: string; after: string } | null {
	return rewrites.find(({ field }) => field === 'id') ?? null;
}

/** A flow that a helper waits for, `a → b`; a port that may be any is left out. */
export function expectedFlow(tuple: Tuple): string {
	const end = (host: number, port: number): string =>
		port === 0 ? address(host) : `${address(host)}:${port}`;
	return `${end(tuple.src, tuple.sport)} → ${end(tuple.dst, tuple.dport)}`;
}

/** What a command printed, as one literal. */
export function printed(output: readonly string[]): string {
	const text = output
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.join(' ')
		.replaceAll('`', "'");
	return text === '' ? '' : `\`${text}\``;
}

/** What a helper changed in a packet besides its addresses. */
export function helperChanged(event: StationEvent): 'data' | 'numbers' | null {
	const { before, packet } = event;
	if (before.l4.kind !== 'tcp' || packet.l4.kind !== 'tcp' || before === packet) return null;
	const one = before.l4.payload;
	const other = packet.l4.payload;
	const same = one.length === other.length && one.every((byte, i) => byte === other[i]);
	return same ? 'numbers' : 'data';
}

/** Whether the packet that an ICMP error quotes was rewritten. */
export function quotedRewritten({ rewrites }: Outcome<'nat'>): boolean {
	return rewrites.some(({ field }) => field === 'quoted');
}
