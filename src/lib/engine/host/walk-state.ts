/**
 * What is known of one packet's walk through one host: where it stands, and what belongs to the packet there
 * (`struct sk_buff`, `struct nf_hook_state`). Every change to it goes through the journal.
 */
import type { Direction, Entry, Relation } from '../conntrack/entry';
import { ORIGINAL } from '../conntrack/entry';
import type { Template } from '../conntrack/tracking';
import type { Journal } from '../journal';
import type { Binding } from '../nat/binding';
import type { World } from '../network/world';
import type { Packet } from '../packet';
import { IP_HEADER_LENGTH, packetLength } from '../packet';
import type { RuleStep, Sender } from '../rules/context';
import type { HookName } from '../rules/ruleset';
import type { Sum } from './checksum';
import type { Host } from './host';
import type { Interface } from './interface';
import type { Route } from './routing';
import type { Station } from './stations';

/** Where a walk is: in a hook, between hooks, stopped by a scenario, or over. */
export type Phase = 'hook' | 'after hook' | 'held' | 'over';

const NO_STATIONS: readonly Station[] = [];
const WHOLE: readonly number[] = [];

/** Stretches of memory once so many bytes were brought into the first (`__pskb_pull_tail`). */
function gathered(blocks: readonly number[], bytes: number): readonly number[] {
	const [first = 0, next, ...rest] = blocks;
	if (first >= bytes || next === undefined) return blocks;
	const taken = Math.min(next, bytes - first);
	const left = next > taken ? [next - taken, ...rest] : rest;
	return gathered([first + taken, ...left], bytes);
}

export class WalkState {
	phase: Phase = 'hook';
	hook: HookName;
	/** The hook's stations as they were when the packet entered it, and the next one's place. */
	stations: readonly Station[] = NO_STATIONS;
	at = 0;

	packet: Packet;
	entry: Entry | null = null;
	relation: Relation = 'invalid';
	direction: Direction = ORIGINAL;
	template: Template | null = null;
	mark = 0;
	priority = 0;

	input: Interface | null = null;
	output: Interface | null = null;
	/**
	 * The output interface as rules are told it: the one on entering the hook, whatever a second
	 * look-up within the hook finds (`nf_hook_state.out`).
	 */
	askedOutput: Interface | null = null;
	/**
	 * Whether it goes its way in a softirq: what such a packet sends over loopback waits until the
	 * packets before it are through, while a process's own loops back at once.
	 */
	softirq = false;
	route: Route | null = null;
	/** Payload lengths of the fragments it came in, if it came in fragments. */
	pieces: readonly number[] = WHOLE;
	blocks: readonly number[] = WHOLE;
	sender: Sender | null = null;
	/** The checksum was found right: the host does not look again, whatever rules write (`csum_valid`). */
	summed = false;
	sum: Sum = 'none';
	/** Where a scenario wants it stopped. */
	hold: HookName | null = null;
	/** Where it is to be stopped in a host that it has yet to reach. */
	holdLater: { readonly on: string; readonly hook: HookName } | null = null;
	/** The step of the scenario that sent or caused it. */
	readonly step: number;

	/** What the NAT rules asked at this station decided. */
	binding: Binding | null = null;
	/** A rule answered the packet with a RST or an error. */
	rejected = false;

	readonly journal: Journal;

	constructor(
		readonly id: number,
		readonly world: World,
		readonly host: Host,
		hook: HookName,
		packet: Packet
	) {
		this.hook = hook;
		this.packet = packet;
		this.step = world.step;
		this.journal = world.journal;
	}

	// One place for each field: unrecorded, a change is a plain assignment.

	/** Stand at the first of a hook's stations. */
	enterHook(hook: HookName, stations: readonly Station[]): void {
		const { journal } = this;
		journal.keep(this, 'hook', this.hook, hook);
		this.hook = hook;
		journal.keep(this, 'stations', this.stations, stations);
		this.stations = stations;
		journal.keep(this, 'askedOutput', this.askedOutput, this.output);
		this.askedOutput = this.output;
		this.setPlace(0);
		this.setPhase('hook');
	}

	setPhase(phase: Phase): void {
		this.journal.keep(this, 'phase', this.phase, phase);
		this.phase = phase;
	}

	setPlace(at: number): void {
		this.journal.keep(this, 'at', this.at, at);
		this.at = at;
	}

	setPacket(packet: Packet): void {
		this.journal.keep(this, 'packet', this.packet, packet);
		this.packet = packet;
	}

	setEntry(entry: Entry | null): void {
		this.journal.keep(this, 'entry', this.entry, entry);
		this.entry = entry;
	}

	setRelation(relation: Relation, direction: Direction): void {
		this.journal.keep(this, 'relation', this.relation, relation);
		this.relation = relation;
		this.journal.keep(this, 'direction', this.direction, direction);
		this.direction = direction;
	}

	makeWritable(bytes: number): void {
		const { pieces } = this;
		// Nearly every packet comes whole.
		if (pieces.length < 2 || pieces[0]! >= bytes) return;
		// With one length more they are not the packet's any longer, which is cut anew, no larger than the largest.
		this.journal.set(this, 'pieces', [...pieces, Math.max(...pieces)]);
		this.journal.set(this, 'blocks', gathered(this.blocks, IP_HEADER_LENGTH + bytes));
	}

	/** It came in fragments with payloads of these lengths. */
	setPieces(pieces: readonly number[]): void {
		const [first = 0, ...rest] = pieces;
		this.journal.set(this, 'pieces', pieces);
		this.journal.set(this, 'blocks', [IP_HEADER_LENGTH + first, ...rest]);
	}

	setRoute(route: Route | null): void {
		this.journal.keep(this, 'route', this.route, route);
		this.route = route;
	}

	setOutput(output: Interface): void {
		this.journal.keep(this, 'output', this.output, output);
		this.output = output;
	}

	/** A list to note rules in, where somebody listens. */
	newRecord(): RuleStep[] | null {
		return this.world.listener ? [] : null;
	}

	get length(): number {
		return packetLength(this.packet);
	}
}
