/** What sentences are made of, the same in every language. */
import type {
	Direction,
	EngineEvent,
	Packet,
	Relation,
	RuleStep,
	StationOutcome
} from '$lib/engine';
import { formatAddress } from '$lib/engine';
import type { Moment } from '../model/moment';
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

/** What there is to tell of a moment. */
export function tellingOf(moment: Moment): Telling {
	const { event, also, direction, walk, before, table, entry } = moment;
	const row = entry === null ? undefined : table.get(entry);
	return {
		event,
		also,
		was: before.get(entry ?? 0)?.state ?? null,
		state: row?.state ?? null,
		direction,
		relation: walk?.relation ?? null
	};
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

/** Whether the packet that an ICMP error quotes was rewritten. */
export function quotedRewritten({ rewrites }: Outcome<'nat'>): boolean {
	return rewrites.some(({ field }) => field === 'quoted');
}
