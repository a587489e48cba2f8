/**
 * One packet's walk through one host, station by station. It is a value that says where the
 * packet stands and what is known of it: two walks can stand in one host at once and be stepped
 * in turn. Every change to it goes through the journal.
 */
import type { Direction, Entry, Relation } from '../conntrack/entry';
import { IPS_CONFIRMED, ORIGINAL } from '../conntrack/entry';
import { EVENT_HELPER, EVENT_LABEL, EVENT_MARK } from '../conntrack/namespace';
import type { Zone } from '../conntrack/zone';
import { DEFAULT_ZONE } from '../conntrack/zone';
import type { ConntrackTable } from '../conntrack/table';
import type { Template } from '../conntrack/tracking';
import type { Journal } from '../journal';
import { bind } from '../nat/binding';
import type { Binding, BindingContext, Manip, NatRange } from '../nat/binding';
import type { World } from '../network/world';
import type { Packet } from '../packet';
import { IP_HEADER_LENGTH, TCP_HEADER_LENGTH, packetLength } from '../packet';
import type {
	AddressType,
	IpSetChange,
	IpSetView,
	NatRequest,
	RouteOut,
	RuleContext,
	RuleStep,
	Sender
} from '../rules/context';
import { changeByPacket, ipsetView } from '../rules/ipset';
import type {
	HookName,
	PayloadProtocol,
	RangeValue,
	RejectWith,
	Ruleset,
	Verdict
} from '../rules/ruleset';
import { rejectPacket } from './answer';
import { symmetricHash } from './flow-hash';
import type { Sum } from './checksum';
import type { Host } from './host';
import type { Interface } from './interface';
import { lookupLocal, selectSource } from './routing';
import type { Route } from './routing';
import { withField } from './set-field';
import type { Station } from './stations';

/** Where a walk is: in a hook, between hooks, stopped by a scenario, or over. */
export type Phase = 'hook' | 'after hook' | 'held' | 'over';

const NO_STATIONS: readonly Station[] = [];
const WHOLE: readonly number[] = [];

/** `IP_MAX_MTU` */
const MOST_BYTES = 0xffff;

const CONTINUE: Verdict = { kind: 'continue' };
const ACCEPT: Verdict = { kind: 'accept' };
const DROP: Verdict = { kind: 'drop' };

/** Stretches of memory once so many bytes were brought into the first (`__pskb_pull_tail`). */
function gathered(blocks: readonly number[], bytes: number): readonly number[] {
	const [first = 0, next, ...rest] = blocks;
	if (first >= bytes || next === undefined) return blocks;
	const taken = Math.min(next, bytes - first);
	const left = next > taken ? [next - taken, ...rest] : rest;
	return gathered([first + taken, ...left], bytes);
}

/** Which end NAT rewrites at a hook (`HOOK2MANIP`). */
export function manipAt(hook: HookName): Manip {
	return hook === 'postrouting' || hook === 'input' ? 'src' : 'dst';
}

/** What a NAT decision needs of the walk's host. */
export function bindingContext({ host, world }: Walk): BindingContext {
	return { conntrack: host.conntrack, now: world.now, random: () => world.random() };
}

export class Walk implements RuleContext {
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

	// --- Changes: one place for each field, so that unrecorded they are plain assignments -----

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

	// --- RuleContext ------------------------------------------------------------------------

	get ruleset(): Ruleset {
		return this.host.ruleset;
	}
	get now(): number {
		return this.world.now;
	}
	get connections(): ConntrackTable {
		return this.host.conntrack.table;
	}
	/** At POSTROUTING a forwarded packet still has the device it came in by (`ip_output`). */
	get inName(): string {
		return this.hook === 'output' ? '' : (this.input?.name ?? '');
	}
	get outName(): string {
		return this.hook === 'prerouting' || this.hook === 'input'
			? ''
			: (this.askedOutput?.name ?? '');
	}
	get inIndex(): number {
		return this.inName === '' ? 0 : this.input!.index;
	}
	get outIndex(): number {
		return this.outName === '' ? 0 : this.askedOutput!.index;
	}

	random(): number {
		return this.world.random();
	}

	symmetricHash(): number {
		return symmetricHash(this.packet, this.world.flowSecret());
	}

	/** Only the local table is asked: all that is in none of its routes is unicast (`inet_addr_type`). */
	addressType(address: number, interfaceName?: string): AddressType {
		if (address >>> 28 === 14) return 'multicast';
		if (address === 0 || address === 0xffffffff) return 'broadcast';
		const route = lookupLocal(this.host.tables, address);
		if (!route || (interfaceName !== undefined && route.device !== interfaceName)) return 'unicast';
		return route.type;
	}

	routeOut(address: number): RouteOut | null {
		const route = this.host.lookup(address);
		if (!route?.device) return null;
		const device = this.host.interface(route.type === 'local' ? 'lo' : route.device);
		if (!device) return null;
		const { name, index } = device;
		return { name, index, type: route.type, device: route.device };
	}

	/** By `dst_mtu` of both ways (`tcpmss_reverse_mtu`, `get_tcpmss`), each at most `IP_MAX_MTU`. */
	pathMss(): number {
		const back = this.routeOut(this.packet.ip.src);
		const device = back && this.host.interface(back.name);
		const mtu = Math.min(this.output!.mtu, device?.mtu ?? MOST_BYTES, MOST_BYTES);
		return mtu - IP_HEADER_LENGTH - TCP_HEADER_LENGTH;
	}

	setMark(mark: number): void {
		this.journal.set(this, 'mark', mark >>> 0);
	}

	setPriority(priority: number): void {
		this.journal.set(this, 'priority', priority >>> 0);
	}

	setEntryMark(mark: number): void {
		const { entry } = this;
		if (!entry || entry.mark === mark >>> 0) return;
		this.journal.set(entry, 'mark', mark >>> 0);
		this.host.conntrack.cacheEvent(entry, EVENT_MARK);
	}

	/** An entry of which no event is told is given its mask only while it is new (`nft_ct_set_eval`). */
	setEntryEvents(events: number): void {
		const { entry, host } = this;
		if (!entry) return;
		const has = entry.told !== null || host.conntrack.settings.events !== 0;
		if (has || (events !== 0 && !(entry.status & IPS_CONFIRMED)))
			this.journal.set(entry, 'told', events);
	}

	setEntryLabels(labels: bigint): void {
		const { entry } = this;
		if (!entry || entry.labels === labels) return;
		this.journal.set(entry, 'labels', labels);
		this.host.conntrack.cacheEvent(entry, EVENT_LABEL);
	}

	notrack(): void {
		if (this.entry || this.template || this.relation === 'untracked') return;
		this.journal.set(this, 'relation', 'untracked');
	}

	setZone(id: number, direction: Zone['direction'] = 'both'): void {
		// The first rule that says something stands, unless all it says is `notrack`: that is no
		// entry, so the packet is tracked again (`nft_ct_set_zone_eval`).
		if (this.entry || this.template) return;
		if (this.relation === 'untracked') this.journal.set(this, 'relation', 'invalid');
		this.journal.set(this, 'template', {
			zone: { id, direction },
			helper: null,
			events: null
		});
	}

	attachTemplate(template: Template): void {
		if (this.entry || this.template || this.relation === 'untracked') return;
		this.journal.set(this, 'template', template);
	}

	setHelper(name: string): void {
		const { entry } = this;
		if (!entry) {
			if (this.relation === 'untracked') return;
			this.journal.set(this, 'template', {
				zone: this.template?.zone ?? DEFAULT_ZONE,
				helper: name,
				events: this.template?.events ?? null
			});
			return;
		}
		if (entry.status & IPS_CONFIRMED || entry.helper !== null) return;
		this.journal.set(entry, 'helper', name);
		this.host.conntrack.cacheEvent(entry, EVENT_HELPER);
	}

	setPayload(protocol: PayloadProtocol, field: string, value: number): boolean {
		const made = withField(this.packet, protocol, field, value);
		if (!made) return false;
		this.makeWritable(made.written);
		this.journal.set(this, 'packet', made.packet);
		return true;
	}

	setTrace(): void {
		// Tracing is always on where somebody listens.
	}

	nat(request: NatRequest): Verdict {
		const { entry } = this;
		if (!entry) return CONTINUE;
		const range = this.rangeOf(request);
		if (!range) return DROP;
		const manip: Manip = request.type === 'snat' || request.type === 'masquerade' ? 'src' : 'dst';
		const binding = bind(bindingContext(this), entry, range, manip);
		if (binding) this.binding = binding;
		return ACCEPT;
	}

	/** Masquerade and redirect take the address from an interface. */
	private rangeOf(request: NatRequest): NatRange | null {
		const { address, port, basePort, flags } = request;
		const rest = {
			...(port ? { port } : {}),
			...(basePort === undefined ? {} : { basePort }),
			flags
		};
		if (request.type === 'snat' || request.type === 'dnat') {
			if (!address) return rest;
			return { address: request.netmap ? this.mapped(address, request.type) : address, ...rest };
		}
		let from: number | null;
		if (request.type === 'masquerade') {
			const device = this.output;
			const towards = this.route?.via ?? this.packet.ip.dst;
			from = device ? selectSource(device, this.host.interfaces, towards) : null;
			if (from !== null) this.journal.set(this.entry!, 'masqueradeIndex', device!.index);
		} else if (this.hook === 'output') from = 0x7f000001;
		else from = this.input?.addresses[0]?.address ?? null;
		return from === null ? null : { address: { from, to: from }, ...rest };
	}

	/** The packet's own address in another network (`nft_nat_setup_netmap`, `netmap_tg4`). */
	private mapped({ from, to }: RangeValue, type: 'snat' | 'dnat'): RangeValue {
		const { src, dst } = this.packet.ip;
		const host = from ^ to;
		const address = (((type === 'snat' ? src : dst) & host) | (from & ~host)) >>> 0;
		return { from: address, to: address };
	}

	reject(how: RejectWith): void {
		this.rejected = true;
		rejectPacket(this, how);
	}

	log(): void {
		// The kernel's log is nothing that a packet or the table shows.
	}

	ipset(name: string): IpSetView | null {
		return ipsetView(this.host.ipsets, name, this.journal, this.now);
	}

	changeIpset(change: IpSetChange, flags: readonly ('src' | 'dst')[]): void {
		const { packet, host, inName, outName } = this;
		const seen = { packet, flags, inName, outName };
		const sets = changeByPacket(host.ipsets, change, seen, this.now);
		if (sets !== host.ipsets) this.journal.set(host, 'ipsets', sets);
	}

	// --- for the record ---------------------------------------------------------------------

	/** A list to note rules in, where somebody listens. */
	newRecord(): RuleStep[] | null {
		return this.world.listener ? [] : null;
	}

	get length(): number {
		return packetLength(this.packet);
	}
}
