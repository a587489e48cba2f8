/**
 * Hosts and the wires between them, the packets on their way, and the time and chance that come
 * from outside. One call of `stepOnce` takes one packet one station further.
 */
import type { Direction, Entry } from '../conntrack/entry';
import { reassemblyTimedOut } from '../host/answer';
import { Host } from '../host/host';
import type { Interface } from '../host/interface';
import { Journal } from '../journal';
import type { Packet } from '../packet';
import { collectCounted } from '../rules/collect-counted';
import type { HookName, Ruleset } from '../rules/ruleset';
import type { EngineEvent } from './events';
import { Ports, isCarried, isTaken, neighbour } from './ports';
import type { Port, Wire, WireInterface } from './ports';

export type { End, Wire, WireInterface } from './ports';
import { Walk } from '../host/walk';
import { beginArrival, beginOrigin, drop, refuseArrival, resume, stepWalk } from '../host/path';
import { emptiesQueue } from '../host/queued';

/** What arrived at a wire host. */
export interface Arrival {
	readonly at: string;
	readonly packet: Packet;
}

export interface OriginOptions {
	readonly origin: 'sent' | 'answer';
	/** The walk whose packet it answers. */
	readonly cause?: Walk;
	readonly what?: string;
	/** The flow it belongs to from the start (`nf_ct_attach`). */
	readonly entry?: Entry | null;
	readonly direction?: Direction;
	readonly hold?: HookName | null;
	/** It comes from no socket (`nf_send_reset`). */
	readonly socketless?: true;
}

export class World {
	readonly journal = new Journal();
	readonly hosts = new Map<string, Host>();
	readonly wireInterfaces = new Map<string, WireInterface>();
	readonly wires: Wire[] = [];
	/** World time in milliseconds. */
	now = 0;
	/** The scenario step under way. */
	step = -1;
	/** Walks that can go on, in the order they came. */
	readonly queue: Walk[] = [];
	/** Walks that a scenario stopped. */
	readonly held: Walk[] = [];
	/** Told of everything that happens; absent, nothing is recorded. */
	listener: ((event: EngineEvent) => void) | null = null;
	/** Told of what arrives at wire hosts. */
	onArrival: ((arrival: Arrival) => void) | null = null;
	/** What came out at each wire interface is told to the listener as well. */
	private seed: number;
	private readonly secret: number | null = null;
	private entryIds = 0;
	private walkIds = 0;
	private readonly ports = new Ports(this);

	/** @param seed of every random choice; the same seed gives the same world */
	constructor(seed = 1) {
		this.seed = seed >>> 0;
	}

	/** Take a host in; whoever listens is told of its table's changes. */
	addHost(host: Host): void {
		const [other] = this.hosts.values();
		// One for all namespaces: whoever comes later finds what was set before.
		if (other)
			host.conntrack.settings = {
				...host.conntrack.settings,
				max: other.conntrack.settings.max
			};
		this.hosts.set(host.name, host);
		host.kin = this.hosts;
		host.conntrack.watcher = (change) => this.tell({ kind: 'table', host: host.name, change });
	}

	/** An unsigned 32-bit number (splitmix32). */
	random(): number {
		this.journal.set(this as unknown as { seed: number }, 'seed', (this.seed + 0x9e3779b9) >>> 0);
		let z = this.seed;
		z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
		z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
		return (z ^ (z >>> 15)) >>> 0;
	}

	/** What hashes of flows are made with: drawn once, and one for all hosts (`flow_hash_secret`). */
	flowSecret(): number {
		const self = this as unknown as { secret: number | null };
		if (self.secret === null) this.journal.set(self, 'secret', this.random());
		return self.secret!;
	}

	nextEntryId(): number {
		const self = this as unknown as { entryIds: number };
		this.journal.set(self, 'entryIds', self.entryIds + 1);
		return self.entryIds;
	}

	private nextWalkId(): number {
		const self = this as unknown as { walkIds: number };
		this.journal.keep(self, 'walkIds', self.walkIds, self.walkIds + 1);
		return ++self.walkIds;
	}

	tell(event: EngineEvent): void {
		this.listener?.(event);
	}

	/** Time passes; what runs out meanwhile goes. */
	advance(seconds: number): void {
		this.journal.set(this, 'now', this.now + seconds * 1000);
		for (const host of this.hosts.values()) {
			host.conntrack.expire(this.now);
			const { journal, now } = this;
			const connections = host.conntrack.table;
			collectCounted({ journal, now, id: null, connections }, host.ruleset);
			const left = host.fragments.filter((queue) => queue.expires > this.now);
			if (left.length === host.fragments.length) continue;
			const late = host.fragments.filter((queue) => !left.includes(queue));
			this.journal.set(host, 'fragments', left);
			for (const queue of late) reassemblyTimedOut(this, host, queue);
		}
		if (this.listener) this.tell({ kind: 'time', seconds, now: this.now });
	}

	/** A wire host puts a packet on its wire. */
	sendFromWire(
		at: WireInterface,
		packet: Packet,
		hold: { on: string; hook: HookName } | null
	): void {
		if (this.listener) this.tell({ kind: 'sent', host: at.host, interface: at.name, packet });
		const port = this.ports.of(at.host, at.name);
		const to =
			port &&
			(neighbour(port, packet.ip.dst) ??
				(at.via === null ? null : neighbour(port, at.via)) ??
				port.others.find((other) => other.host) ??
				null);
		if (to && isCarried(port!.wire, packet)) this.carry(port!, to, packet, hold);
		else if (this.listener)
			this.tell({ kind: 'wire', from: `${at.host}/${at.name}`, to: null, packet });
	}

	/** A Linux host puts a packet on a wire, to the neighbour that has this address. */
	transmit(host: Host, device: Interface, packet: Packet, nextHop: number, walk: Walk): void {
		const port = this.ports.of(host.name, device.name);
		if (port && !isCarried(port.wire, packet)) {
			if (this.listener) this.tell({ kind: 'wire', from: port.name, to: null, packet });
			return;
		}
		if (host.lookup(nextHop)?.type === 'broadcast') {
			for (const other of port?.others ?? []) {
				if (this.listener) this.tell({ kind: 'wire', from: port!.name, to: other.name, packet });
				this.arrive(other, packet, walk.holdLater);
			}
			return;
		}
		const to = port && neighbour(port, nextHop);
		if (to) this.carry(port!, to, packet, walk.holdLater);
		else if (this.listener) {
			this.tell({ kind: 'wire', from: `${host.name}/${device.name}`, to: null, packet });
			this.tell({
				kind: 'drop',
				walk: walk.id,
				host: host.name,
				packet,
				reason: 'nobody there'
			});
		}
	}

	/**
	 * A wire of two is a cable. One of more is a bridge, which learns from senders who is where
	 * (`br_handle_frame_finish`): until the receiver has sent something, everybody gets the frame,
	 * and hands that take all they see pick it up too.
	 */
	private carry(
		from: Port,
		to: Port,
		packet: Packet,
		hold: { on: string; hook: HookName } | null
	): void {
		const { learned } = from.wire;
		const bridged = from.others.length > 1;
		if (bridged && !learned.has(from.name)) this.journal.put(learned, from.name, true);
		const flooded = bridged && !learned.has(to.name);
		for (const other of from.others) {
			const meant = other === to;
			if (!meant && !(flooded && !other.host)) continue;
			if (this.listener)
				this.tell({
					kind: 'wire',
					from: from.name,
					to: other.name,
					packet,
					...(meant ? {} : { flooded: true as const })
				});
			this.arrive(other, packet, hold);
		}
	}

	private arrive(at: Port, packet: Packet, hold: { on: string; hook: HookName } | null): void {
		const { host } = at;
		const fits = isTaken(at, packet);
		if (!host) {
			if (!fits) return;
			if (this.listener)
				this.tell({ kind: 'received', host: at.end.host, interface: at.end.interface, packet });
			this.onArrival?.({ at: at.name, packet });
			return;
		}
		const device = host.interface(at.end.interface);
		if (!device?.up) return;
		const walk = new Walk(this.nextWalkId(), this, host, 'prerouting', packet);
		walk.input = device;
		walk.softirq = true;
		if (hold && hold.on === host.name) walk.hold = hold.hook;
		else walk.holdLater = hold;
		this.enqueue(walk);
		if (fits) beginArrival(walk, 'wire');
		else refuseArrival(walk);
	}

	/** A packet that left by the loopback interface comes in by it, its flow still attached. */
	loopBack(from: Walk): void {
		const device = from.host.interface('lo');
		if (!device?.up) return;
		const walk = new Walk(this.nextWalkId(), this, from.host, 'prerouting', from.packet);
		walk.input = device;
		walk.entry = from.entry;
		walk.relation = from.relation;
		walk.direction = from.direction;
		walk.mark = from.mark;
		walk.priority = from.priority;
		walk.hold = from.hold;
		walk.softirq = true;
		if (from.softirq) this.enqueue(walk);
		else this.interpose(walk);
		beginArrival(walk, 'loopback', from);
	}

	/** A host sends a packet of its own. */
	originate(host: Host, packet: Packet, options: OriginOptions): void {
		const walk = new Walk(this.nextWalkId(), this, host, 'output', packet);
		if (options.entry) {
			walk.entry = options.entry;
			walk.relation = 'related';
			walk.direction = options.direction ?? 0;
		}
		// What a packet that is to be held is answered with stops there as well, if it never got there.
		walk.hold = options.hold ?? options.cause?.hold ?? null;
		walk.softirq = options.cause?.softirq ?? false;
		if (!options.socketless) walk.sender = options.origin === 'sent' ? 'process' : 'kernel';
		// What a host answers goes its way at once, while the asking packet still stands there.
		if (options.origin === 'answer') this.interpose(walk);
		else this.enqueue(walk);
		beginOrigin(walk, options);
	}

	private enqueue(walk: Walk): void {
		this.journal.push(this.queue, walk);
	}

	private interpose(walk: Walk): void {
		this.journal.unshift(this.queue, walk);
	}

	/** Take the walk that came first one station further; `false` when none is left. */
	stepOnce(): boolean {
		const walk = this.queue[0];
		if (!walk) return false;
		if (walk.phase === 'over' || walk.phase === 'held') this.journal.removeAt(this.queue, 0);
		else stepWalk(walk);
		return true;
	}

	/** Let every packet go on until it is out, delivered, dropped or held. */
	run(): void {
		while (this.stepOnce());
	}

	/**
	 * After a command: throw away the held packets of a host that the change of its rules, or of an
	 * interface they came in or go out by, took with it (`nfqnl_dev_drop`).
	 */
	dropHeld(host: Host, before: { readonly ruleset: Ruleset }): void {
		if (this.held.length === 0) return;
		const all = emptiesQueue(before.ruleset, host.ruleset);
		const isDown = (device: Interface | null): boolean =>
			device !== null && !host.interface(device.name)?.up;
		for (const walk of [...this.held]) {
			if (walk.host !== host || !(all || isDown(walk.input) || isDown(walk.output))) continue;
			this.journal.removeAt(this.held, this.held.indexOf(walk));
			if (walk.entry) host.conntrack.unpin(walk.entry);
			drop(walk, 'queue emptied');
		}
	}

	/** After a command: a bridge knows no longer who is behind an end whose link is down (`br_stp_disable_port`). */
	unlearn(host: Host): void {
		for (const device of host.interfaces) {
			const port = device.up ? null : this.ports.of(host.name, device.name);
			if (port?.wire.learned.has(port.name))
				this.journal.put(port.wire.learned, port.name, undefined);
		}
	}

	/** Let a held packet go on. */
	release(walk: Walk): void {
		const index = this.held.indexOf(walk);
		if (index < 0) return;
		this.journal.removeAt(this.held, index);
		// Whoever sent it has closed the socket since, or has it in use for something else.
		this.journal.set(walk, 'sender', null);
		this.enqueue(walk);
		resume(walk);
	}
}
