/**
 * The way of a packet through a host (`ip_rcv` … `ip_finish_output`): which hooks it passes, the
 * routing decisions between them, and what happens at the ends.
 */
import { IPS_CONFIRMED, IPS_DYING, REPLY } from '../conntrack/entry';
import { TCP, TCP_HEADER_LENGTH, withTtl } from '../packet';
import type { EngineEvent } from '../network/events';
import type { OriginOptions } from '../network/world';
import type { HookName } from '../rules/ruleset';
import { deliver, sendError } from './answer';
import { forgetSum } from './checksum';
import type { Interface } from './interface';
import { exceedsMtu, fragmentsOf } from './fragment';
import { isOn } from './by-interface';
import { mayRedirect } from './redirect';
import { decideInput } from './route-input';
import { runStation } from './run-station';
import type { Walk } from './walk';

/** Chains up to this priority have been asked when a scenario holds a packet (`security`). */
const HOLD_PRIORITY = 50;

/** What each type of service makes of a forwarded packet's priority (`ip_tos2prio`). */
const PRIORITY_OF_SERVICE = [0, 2, 6, 4] as const;

const LIMITED_BROADCAST = 0xffffffff;

function enter(walk: Walk, hook: HookName): void {
	const { world, host } = walk;
	walk.enterHook(hook, host.stations[hook]);
	if (world.listener)
		world.tell({ kind: 'hook', walk: walk.id, host: host.name, packet: walk.packet, hook });
}

/** Begin the walk of a packet that came in by an interface. */
export function beginArrival(walk: Walk, origin: 'wire' | 'loopback', from?: Walk): void {
	tellArrival(walk, origin, from);
	enter(walk, 'prerouting');
}

/** What is longer than its interface takes never gets to a hook (`__dev_forward_skb`). */
export function refuseArrival(walk: Walk): void {
	tellArrival(walk, 'wire');
	drop(walk, 'longer than the interface takes');
}

function tellArrival(walk: Walk, origin: 'wire' | 'loopback', from?: Walk): void {
	const { world } = walk;
	if (world.listener)
		world.tell({
			kind: 'begin',
			walk: walk.id,
			host: walk.host.name,
			packet: walk.packet,
			interface: walk.input!.name,
			origin,
			...(from ? { follows: from.id } : {}),
			...(from?.softirq ? { waited: true as const } : {})
		});
}

/** Begin the walk of a packet that the host made: it is routed before its first hook. */
export function beginOrigin(walk: Walk, options: OriginOptions): void {
	const { world } = walk;
	if (world.listener)
		world.tell({
			kind: 'begin',
			walk: walk.id,
			host: walk.host.name,
			packet: walk.packet,
			interface: null,
			origin: options.origin,
			...(options.cause ? { answers: options.cause.id } : {}),
			...(options.what === undefined ? {} : { what: options.what })
		});
	if (!routeOutput(walk, false, options.origin === 'answer')) return;
	// A raw socket with its own header is refused what the link cannot take whole (`raw_send_hdrinc`).
	if (options.origin === 'sent' && walk.length > walk.output!.mtu) drop(walk, 'too big');
	else if (options.origin === 'sent' && isBroadcast(walk)) drop(walk, 'to a broadcast address');
	else enter(walk, 'output');
}

function isBroadcast({ route, packet }: Walk): boolean {
	return route?.type === 'broadcast' || packet.ip.dst === LIMITED_BROADCAST;
}

/** The walk is over; an unconfirmed entry goes with the last packet that carries it. */
export function end(walk: Walk): void {
	const { entry, host, world } = walk;
	walk.setPhase('over');
	if (!entry || entry.status & (IPS_CONFIRMED | IPS_DYING)) return;
	const carried = (other: Walk): boolean =>
		other !== walk && other.phase !== 'over' && other.entry === entry;
	if (!world.queue.some(carried) && !world.held.some(carried)) host.conntrack.release(entry);
}

export function drop(
	walk: Walk,
	reason: (EngineEvent & { kind: 'drop' })['reason'] | null,
	note?: string
): void {
	const { world } = walk;
	if (reason && world.listener)
		world.tell({
			kind: 'drop',
			walk: walk.id,
			host: walk.host.name,
			packet: walk.packet,
			reason,
			...(note === undefined ? {} : { note })
		});
	end(walk);
}

type RouteEvent = Extract<EngineEvent, { kind: 'route' }>;

function tellRoute(
	walk: Walk,
	decision: RouteEvent['decision'],
	out: string | null = null,
	via: number | null = null,
	again = false
): void {
	const { world } = walk;
	if (!world.listener) return;
	const { id, host, packet } = walk;
	world.tell({ kind: 'route', walk: id, host: host.name, packet, decision, out, via, again });
}

/**
 * Look up the way out for a packet of the host's own; `false` when there is none.
 *
 * @param again within a hook, which changed the packet (`ip_route_me_harder`)
 * @param fromSource whether the look-up knows the packet's source; a raw socket's does not
 */
export function routeOutput(walk: Walk, again: boolean, fromSource: boolean = again): boolean {
	const { host } = walk;
	const route = host.lookup(walk.packet.ip.dst);
	if (!route || !route.device || route.type === 'unreachable' || route.type === 'prohibit') {
		tellRoute(walk, 'none', null, null, again);
		drop(walk, 'no route');
		return false;
	}
	const device = host.interface(route.type === 'local' ? 'lo' : route.device);
	// To the loopback interface there is always a way, even where it ends when that is down.
	if (!device || !(device.up || route.type === 'local')) {
		drop(walk, 'interface is down');
		return false;
	}
	// `__mkroute_output`
	const homeless = fromSource && walk.packet.ip.src >>> 24 === 127 && device.name !== 'lo';
	if (homeless && !isOn(host.ip.routeLocalnet, device.name)) {
		tellRoute(walk, 'none', null, null, again);
		drop(walk, 'martian source');
		return false;
	}
	// The way of a raw socket's packet leads to one neighbour, whatever address rules give the packet (`rt_set_nexthop`).
	const fixed = !again && walk.sender === 'process' && device.name !== 'lo';
	walk.setRoute(fixed ? { ...route, via: route.via ?? walk.packet.ip.dst } : route);
	walk.setOutput(device);
	tellRoute(walk, 'out', device.name, route.via, again);
	return true;
}

/** Take a walk one step further. */
export function stepWalk(walk: Walk): void {
	if (walk.phase === 'hook') stepHook(walk);
	else if (walk.phase === 'after hook') leaveHook(walk);
}

function stepHook(walk: Walk): void {
	const station = walk.stations[walk.at];
	if (walk.hold === walk.hook && (!station || station.priority > HOLD_PRIORITY)) {
		const { id, host, world, packet, hook, journal } = walk;
		journal.set(walk, 'hold', null);
		if (sharesNewEntry(walk)) {
			drop(walk, 'queue emptied');
			return;
		}
		walk.setPhase('held');
		journal.push(world.held, walk);
		if (walk.entry) host.conntrack.pin(walk.entry);
		if (world.listener) world.tell({ kind: 'held', walk: id, host: host.name, packet, hook });
		return;
	}
	if (!station) {
		walk.setPhase('after hook');
		return;
	}
	walk.setPlace(walk.at + 1);
	if (runStation(walk, station) === 'stop') end(walk);
}

/**
 * What answers a first packet shares its entry, which is in no table yet: a queue does not take it
 * (`nf_ct_drop_unconfirmed`).
 */
function sharesNewEntry({ entry, direction }: Walk): boolean {
	return entry !== null && direction === REPLY && !(entry.status & IPS_CONFIRMED);
}

/** Let a held walk go on, by the stations as they are now. */
export function resume(walk: Walk): void {
	const { id, host, world, packet, hook, journal } = walk;
	const stations = host.stations[hook];
	const at = stations.findIndex((station) => station.priority > HOLD_PRIORITY);
	journal.set(walk, 'stations', stations);
	if (walk.entry) host.conntrack.unpin(walk.entry);
	walk.setPlace(at < 0 ? stations.length : at);
	walk.setPhase('hook');
	if (world.listener) world.tell({ kind: 'released', walk: id, host: host.name, packet });
}

function leaveHook(walk: Walk): void {
	switch (walk.hook) {
		case 'prerouting':
			routeInput(walk);
			return;
		case 'input': {
			const { id, host, world } = walk;
			const answer = deliver(walk);
			if (world.listener)
				world.tell({ kind: 'delivered', walk: id, host: host.name, packet: walk.packet, answer });
			end(walk);
			return;
		}
		case 'forward':
		case 'output':
			enter(walk, 'postrouting');
			return;
		case 'postrouting':
			sendOut(walk);
	}
}

/** `ip_route_input`: for us, to be forwarded, or nowhere. */
function routeInput(walk: Walk): void {
	const { host, packet } = walk;
	// A socket is looked for that may wait for it, whoever it is for (`tcp_v4_early_demux`).
	if (packet.ip.protocol === TCP) walk.makeWritable(TCP_HEADER_LENGTH);
	const decision = decideInput(host, walk.input!, packet.ip.src, packet.ip.dst);
	walk.setRoute(decision.route);
	switch (decision.kind) {
		case 'local':
			tellRoute(walk, 'local');
			enter(walk, 'input');
			return;
		case 'forward': {
			const { device, route } = decision;
			walk.setOutput(device);
			tellRoute(walk, 'forward', device.name, route.via);
			forward(walk, device, decision.redirect);
			return;
		}
		case 'unreachable':
			tellRoute(walk, 'none');
			if (decision.code !== null) sendError(walk, 3, decision.code);
			drop(walk, decision.reason);
			return;
		case 'refused':
			tellRoute(walk, 'none');
			drop(walk, decision.reason);
	}
}

/** `ip_forward`: what is checked and changed before the FORWARD hook. */
function forward(walk: Walk, device: Interface, redirect: boolean): void {
	const { id, host, world, packet } = walk;
	if (packet.ip.ttl <= 1) {
		sendError(walk, 11, 0);
		drop(walk, 'ttl exceeded');
		return;
	}
	if (exceedsMtu(packet, walk.length, walk.pieces, device.mtu)) {
		sendError(walk, 3, 4, device.mtu);
		drop(walk, 'too big');
		return;
	}
	const after = withTtl(packet, packet.ip.ttl - 1);
	walk.setPacket(after);
	if (world.listener)
		world.tell({ kind: 'forward', walk: id, host: host.name, packet: after, before: packet });
	walk.setPriority(PRIORITY_OF_SERVICE[(after.ip.tos >> 3) & 3]!);
	if (redirect && mayRedirect(host, packet.ip.src, world.now))
		sendError(walk, 5, 1, walk.route?.via ?? packet.ip.dst);
	forgetSum(walk);
	enter(walk, 'forward');
}

function tellOut(walk: Walk, device: string, pieces: number): void {
	const { world } = walk;
	if (!world.listener) return;
	const { id, host, packet } = walk;
	world.tell({ kind: 'out', walk: id, host: host.name, packet, interface: device, pieces });
}

/** `ip_finish_output`: onto the wire, in pieces if need be. */
function sendOut(walk: Walk): void {
	const { world, host, packet } = walk;
	// The interface as it is now: a held packet may find another MTU.
	const device = host.interface(walk.output!.name) ?? walk.output!;
	if (device.name === 'lo') {
		tellOut(walk, 'lo', 1);
		world.loopBack(walk);
		end(walk);
		return;
	}
	const nextHop = walk.route?.via ?? packet.ip.dst;
	const { length, pieces: arrived } = walk;
	if (length <= device.mtu && arrived.length <= 1) {
		tellOut(walk, device.name, 1);
		world.transmit(host, device, packet, nextHop, walk);
	} else if (exceedsMtu(packet, length, arrived, device.mtu)) {
		sendError(walk, 3, 4, device.mtu);
		drop(walk, 'too big');
		return;
	} else {
		const pieces = fragmentsOf(packet, arrived, device.mtu);
		tellOut(walk, device.name, pieces.length);
		for (const piece of pieces) world.transmit(host, device, piece, nextHop, walk);
	}
	end(walk);
}
