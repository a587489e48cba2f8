/**
 * Who rewrote a packet: for each field that is not what it was, every change on the way, with the
 * station at which it was made and the rule or the entry that says so.
 */
import type { Direction, EngineEvent, HookName, Packet, RuleStep, Statement } from '$lib/engine';
import type { Field } from './packet-fields';
import { headersOf } from './packet-fields';
import { ruleText } from './rule-text';

type StationEvent = Extract<EngineEvent, { kind: 'station' }>;

/** A rule with the place where it stands. */
export interface RulePlace {
	readonly table: string;
	readonly chain: string;
	/** Place in its chain, from 0. */
	readonly index: number;
	readonly text: string;
}

export type Author =
	/** NAT did, as the entry says. The rule is the one that decided it for this very packet. */
	| {
			readonly by: 'entry';
			readonly entry: number;
			readonly direction: Direction | null;
			readonly rule: RulePlace | null;
			/** No rule wanted another port: the packet's own was taken. */
			readonly clashed: boolean;
	  }
	/** A rule that sets a field of the packet. */
	| { readonly by: 'rule'; readonly rule: RulePlace | null }
	/** The entry's helper, or the sequence numbers that it moved. */
	| { readonly by: 'helper'; readonly entry: number; readonly helper: string | null }
	/** The pieces of a packet were put together. */
	| { readonly by: 'defrag' }
	/** Forwarding counts the TTL down. */
	| { readonly by: 'forward' };

export interface FieldChange {
	readonly before: string;
	readonly after: string;
	readonly author: Author;
	readonly host: string;
	/** Where it happened; `null` between the hooks. */
	readonly hook: HookName | null;
	readonly priority: number | null;
	/** A checksum that follows from what else was changed. */
	readonly recomputed: boolean;
}

/** Changes by field, in the order in which they were made. */
export type Provenance = ReadonlyMap<string, readonly FieldChange[]>;

/** The walk that made the packet of an event what it is; `null` where none did. */
function walkOf(events: readonly EngineEvent[], focus: number): number | null {
	const event = events[focus];
	if (!event) return null;
	if ('walk' in event) return event.walk;
	if (event.kind === 'sent') return null;
	for (let i = focus; i >= 0; i--) {
		const earlier = events[i]!;
		if (earlier.kind === 'step' || earlier.kind === 'sent') return null;
		// What is on a wire came out of the last walk that sent something out.
		if (earlier.kind === 'out') return earlier.walk;
	}
	return null;
}

function placeOf({ table, chain, rule: index }: RuleStep): RulePlace | null {
	const rule = table.chains.find(({ name }) => name === chain)?.rules[index];
	if (!rule) return null;
	return { table: `${table.family} ${table.name}`, chain, index, text: ruleText(rule, table) };
}

/** The rule that gave the verdict of a NAT chain. */
function deciding(steps: readonly RuleStep[]): RulePlace | null {
	const step = steps.findLast(({ rule, failedAt, verdict }) => {
		return rule >= 0 && failedAt === null && verdict !== null && verdict.kind === 'accept';
	});
	return step ? placeOf(step) : null;
}

/** Targets of iptables that write into the packet. */
const WRITING: ReadonlySet<string> = new Set(['TCPMSS', 'TCPOPTSTRIP', 'TTL', 'TOS', 'ECN']);

/** Whether a statement writes into the packet. */
function setsField(one: Statement): boolean {
	if (one.kind === 'xt') return WRITING.has(one.name);
	if (one.kind === 'strip') return true;
	return (
		one.kind === 'assign' && (one.target.kind === 'payload' || one.target.kind === 'tcp option')
	);
}

/** The last rule of a chain that was carried out and sets a field. */
function setting(steps: readonly RuleStep[]): RulePlace | null {
	const step = steps.findLast(
		({ table, chain, rule, failedAt }) =>
			rule >= 0 &&
			failedAt === null &&
			table.chains.find(({ name }) => name === chain)?.rules[rule]?.statements.some(setsField)
	);
	return step ? placeOf(step) : null;
}

/** What the NAT chains of an end said about this packet, if they were asked for it. */
interface Asked {
	readonly rule: RulePlace | null;
	readonly clashed: boolean;
}

function authorAt(event: StationEvent, asked: Asked | null, direction: Direction | null): Author {
	const { outcome } = event;
	switch (outcome.kind) {
		case 'nat':
			return {
				by: 'entry',
				entry: outcome.entry.id,
				direction,
				rule: asked?.rule ?? null,
				clashed: asked?.clashed ?? false
			};
		case 'confirm':
			return { by: 'helper', entry: outcome.entry.id, helper: outcome.entry.helper };
		case 'defrag':
			return { by: 'defrag' };
		case 'chain':
			return { by: 'rule', rule: setting(outcome.steps) };
		default:
			return { by: 'rule', rule: null };
	}
}

/** The fields of a packet by their keys. */
export function fieldMap(packet: Packet): ReadonlyMap<string, Field> {
	return new Map(
		headersOf(packet).flatMap(({ fields }) => fields.map((field) => [field.key, field] as const))
	);
}

/**
 * The changes of one walk up to and including `focus`.
 *
 * @param direction of the packet within its flow
 */
export function provenanceOf(
	events: readonly EngineEvent[],
	focus: number,
	direction: Direction | null
): Provenance {
	const found = new Map<string, FieldChange[]>();
	const walk = walkOf(events, focus);
	if (walk === null) return found;
	const own: EngineEvent[] = [];
	for (let i = focus; i >= 0; i--) {
		const event = events[i]!;
		if (!('walk' in event) || event.walk !== walk) continue;
		own.push(event);
		if (event.kind === 'begin') break;
	}
	own.reverse();
	// The chains are asked right before NAT does what they decided.
	let asked: Asked | null = null;
	for (const event of own) {
		if (event.kind === 'station' && event.outcome.kind === 'nat-rules') {
			const { steps, decided, clashed } = event.outcome;
			asked = { rule: decided === 'by a rule' ? deciding(steps) : null, clashed };
		}
		if (event.kind !== 'station' && event.kind !== 'forward') continue;
		if (event.before === event.packet) continue;
		const station = event.kind === 'station' ? event.station : null;
		const author: Author =
			event.kind === 'station' ? authorAt(event, asked, direction) : { by: 'forward' };
		const before = fieldMap(event.before);
		for (const [key, { value, checksum }] of fieldMap(event.packet)) {
			const was = before.get(key)?.value;
			if (was === undefined || was === value) continue;
			const list = found.get(key) ?? [];
			found.set(key, list);
			list.push({
				before: was,
				after: value,
				author,
				host: event.host,
				hook: station?.hook ?? null,
				priority: station?.priority ?? null,
				recomputed: checksum !== undefined
			});
		}
		if (event.kind === 'station' && event.outcome.kind === 'nat') asked = null;
	}
	return found;
}
