/**
 * What a host says by itself: ICMP errors (`__icmp_send`), the RST for a port nobody listens on
 * (`tcp_v4_send_reset`) or that a rule refuses (`nf_send_reset`), echo and timestamp replies.
 */
import { IPS_CONFIRMED, ORIGINAL, REPLY } from '../conntrack/entry';
import { EVENT_PROTOINFO } from '../conntrack/namespace';
import { CLOSE } from '../conntrack/tcp/transitions';
import type { Packet, Tcp } from '../packet';
import { sum16 } from '../packet/checksum';
import {
	ACK,
	FIN,
	GRE,
	ICMP,
	NO_BYTES,
	RST,
	SYN,
	TCP,
	UDPLITE,
	encodePacket,
	isFragment,
	isIcmpError
} from '../packet';
import { udpLiteFault } from '../packet/udp-lite';
import type { World } from '../network/world';
import type { RejectWith } from '../rules/ruleset';
import { hasWrongSum } from './checksum';
import type { FragmentQueue } from './defrag';
import type { Host } from './host';
import type { Walk } from './walk';

/** An ICMP error quotes at most so much that it is no longer than this. */
const ERROR_LENGTH = 576;

/** Whether an address can be the source of something that deserves an answer. */
function isUnicast(address: number): boolean {
	return address !== 0 && address >>> 28 !== 14 && address !== 0xffffffff;
}

/**
 * An error about `packet` (`__icmp_send`); `null` where none may be sent.
 *
 * @param unrouted nobody has asked yet whom the packet is for
 */
export function icmpError(
	host: Host,
	packet: Packet,
	type: number,
	code: number,
	rest: number,
	wasForUs: boolean,
	unrouted = false
): Packet | null {
	const { ip, l4 } = packet;
	if (ip.offset > 0 || !isUnicast(ip.src)) return null;
	const forMany = !isUnicast(ip.dst) || host.lookup(ip.dst)?.type === 'broadcast';
	if (forMany && !unrouted) return null;
	if (ip.protocol === ICMP) {
		// An error about an error, or about a type nobody knows, might go on for ever.
		const inner = l4.kind === 'icmp' ? l4.type : l4.kind === 'opaque' ? l4.payload[0] : undefined;
		if (inner === undefined || isIcmpError(inner) || inner > 18) return null;
	}
	const route = host.lookup(ip.src);
	if (!route || !['unicast', 'local', 'broadcast'].includes(route.type)) return null;
	const source = wasForUs
		? ip.dst
		: route.type === 'local'
			? ip.src
			: host.sourceFor(route, ip.src);
	if (source === null) return null;
	const quoted = encodePacket(packet);
	const room = Math.min(mtuOf(host, route.device), ERROR_LENGTH) - 28;
	return {
		ip: {
			src: source,
			dst: ip.src,
			protocol: ICMP,
			ttl: host.ip.defaultTtl,
			id: host.nextIdentification(),
			tos: (ip.tos & 0x1e) | 0xc0,
			df: false,
			mf: false,
			offset: 0
		},
		l4: {
			kind: 'icmp',
			type,
			code,
			rest,
			payload: quoted.length > room ? quoted.slice(0, room) : quoted,
			badChecksum: false
		}
	};
}

function mtuOf(host: Host, device: string | null): number {
	return (device === null ? null : host.interface(device))?.mtu ?? 1500;
}

/**
 * Send an ICMP error about a walk's packet; it belongs to the walk's flow (`nf_ct_attach`) unless
 * the packet has been parted from it.
 */
export function sendError(
	walk: Walk,
	type: number,
	code: number,
	rest = 0,
	belongs: boolean = true
): boolean {
	// While a host sends a message of its own it makes no other about it (`icmp_xmit_lock`).
	if (walk.sender === 'kernel' && walk.packet.ip.protocol === ICMP) return false;
	const { host, packet, route } = walk;
	// Before a packet is routed its way is taken for the one back (`nf_reject_fill_skb_dst`).
	const unrouted = walk.hook === 'prerouting' && !route;
	const forUs = unrouted
		? host.isLocal(packet.ip.src)
		: route?.type === 'local' || host.isLocal(packet.ip.dst);
	const error = icmpError(host, packet, type, code, rest, forUs, unrouted);
	if (!error || !host.isLocal(error.ip.src)) return false;
	walk.world.originate(host, error, {
		origin: 'answer',
		cause: walk,
		what: 'ICMP error',
		...(belongs ? attached(walk) : {})
	});
	return true;
}

/**
 * A datagram to the host itself of which the first piece came, but not all, in time: its sender is
 * told (`ip_expire`).
 */
export function reassemblyTimedOut(world: World, host: Host, queue: FragmentQueue): void {
	const first = queue.pieces.find((piece) => piece.ip.offset === 0);
	if (!first || !host.isLocal(queue.dst)) return;
	const error = icmpError(host, first, 11, 1, 0, true);
	if (error) world.originate(host, error, { origin: 'answer', what: 'ICMP error' });
}

function attached(walk: Walk): { entry?: Walk['entry']; direction?: Walk['direction'] } {
	if (!walk.entry) return {};
	return {
		entry: walk.entry,
		direction: walk.direction === ORIGINAL ? REPLY : ORIGINAL
	};
}

/** The RST that answers a segment; `null` for a RST, which nobody answers. */
export function resetFor(tcp: Tcp): Pick<Tcp, 'seq' | 'ack' | 'flags'> | null {
	if (tcp.flags & RST) return null;
	if (tcp.flags & ACK) return { seq: tcp.ack, ack: 0, flags: RST };
	const length = tcp.payload.length + (tcp.flags & SYN ? 1 : 0) + (tcp.flags & FIN ? 1 : 0);
	return { seq: 0, ack: (tcp.seq + length) >>> 0, flags: RST | ACK };
}

function resetPacket(host: Host, packet: Packet, tcp: Tcp, tos: number): Packet | null {
	const reset = resetFor(tcp);
	if (!reset) return null;
	return {
		ip: {
			src: packet.ip.dst,
			dst: packet.ip.src,
			protocol: TCP,
			ttl: host.ip.defaultTtl,
			id: 0,
			tos,
			df: true,
			mf: false,
			offset: 0
		},
		l4: {
			kind: 'tcp',
			sport: tcp.dport,
			dport: tcp.sport,
			...reset,
			window: 0,
			urgent: 0,
			options: NO_BYTES,
			payload: NO_BYTES,
			badChecksum: false
		}
	};
}

/** `reject` and `-j REJECT`: answer the packet of a walk. The caller drops it. */
export function rejectPacket(walk: Walk, how: RejectWith): void {
	const { packet, host, world } = walk;
	const { l4 } = packet;
	if (how.kind === 'icmp') {
		// A packet with a wrong checksum is not answered (`nf_send_unreach`).
		if (hasWrongSum(walk)) return;
		if (l4.kind === 'opaque' && !isFragment(packet.ip) && !sumsUp(packet)) return;
		sendError(walk, 3, how.code);
		return;
	}
	if (isFragment(packet.ip) || l4.kind !== 'tcp') return;
	// What is forwarded is summed up anew (`skb_forward_csum`).
	if (walk.hook === 'forward' ? l4.badChecksum : hasWrongSum(walk)) return;
	const reset = resetPacket(host, packet, l4, 0);
	if (!reset) return;
	const { entry } = walk;
	if (entry && entry.tcp && entry.status & IPS_CONFIRMED && entry.tcp.state !== CLOSE) {
		// `nf_conntrack_tcp_set_closing`
		const { conntrack } = host;
		world.journal.set(entry, 'tcp', { ...entry.tcp, state: CLOSE });
		const seconds = conntrack.settings.tcpTimeouts.byState[CLOSE]!;
		world.journal.set(entry, 'timeout', world.now + seconds * 1000);
		conntrack.cacheEvent(entry, EVENT_PROTOINFO);
	}
	world.originate(host, reset, {
		origin: 'answer',
		cause: walk,
		what: 'RST',
		socketless: true,
		...attached(walk)
	});
}

/**
 * Protocols without a plain checksum over all they carry (`nf_reject_verify_csum`); GRE has one if
 * its first bit says so.
 */
const UNCHECKED = new Set([50, 51, 132, 136]);

/**
 * Whether the bytes of an unknown protocol happen to sum up like a checksummed packet's: a
 * rejection checks that of everything it does not know better (`nf_ip_checksum`).
 */
function sumsUp({ ip, l4 }: Packet): boolean {
	const { length } = l4.payload;
	if (ip.protocol === GRE && (l4.payload[0] ?? 0) < 0x80) return true;
	return UNCHECKED.has(ip.protocol) || sum16(l4.payload, 0, length) === 0xffff;
}

/** Protocols that something in every Linux kernel takes in, so that no error is sent. */
const HANDLED = new Set([ICMP, 2]);

/**
 * Deliver a packet to the host itself, on which nothing listens. Gives a word for what it
 * answered, or `null`.
 */
export function deliver(walk: Walk): string | null {
	const { packet, host, world } = walk;
	const { ip, l4 } = packet;
	// From an address that a rule made of its own nothing is sent (`ip_route_output_key_hash_rcu`).
	const isOurs = host.isLocal(ip.dst);
	const toBroadcast = !isUnicast(ip.dst) || host.lookup(ip.dst)?.type === 'broadcast';
	if (l4.kind === 'tcp') {
		if (hasWrongSum(walk) || toBroadcast) return null;
		// The answer is not capable of ECN (`tcp_v4_send_reset`).
		const reset = isOurs ? resetPacket(host, packet, l4, ip.tos & ~3) : null;
		if (!reset) return null;
		world.originate(host, reset, { origin: 'answer', cause: walk, what: 'RST' });
		return 'RST';
	}
	if (l4.kind === 'udp') {
		if (hasWrongSum(walk) || toBroadcast) return null;
		// A datagram on its way to a socket has been parted from its flow (`nf_reset_ct`).
		return sendError(walk, 3, 3, 0, false) ? 'ICMP port unreachable' : null;
	}
	if (ip.protocol === UDPLITE) {
		if (toBroadcast || udpLiteFault(packet, UDPLITE) !== null) return null;
		return sendError(walk, 3, 3, 0, false) ? 'ICMP port unreachable' : null;
	}
	if (l4.kind === 'icmp') return isOurs ? answerQuery(walk, toBroadcast) : null;
	if (ip.protocol === TCP || ip.protocol === 17 || HANDLED.has(ip.protocol)) return null;
	return sendError(walk, 3, 2) ? 'ICMP protocol unreachable' : null;
}

/** `icmp_echo`, `icmp_timestamp`. */
function answerQuery(walk: Walk, toBroadcast: boolean): string | null {
	const { packet, host, world } = walk;
	const { ip, l4 } = packet;
	if (l4.kind !== 'icmp' || hasWrongSum(walk) || toBroadcast) return null;
	const echo = l4.type === 8;
	if (!echo && l4.type !== 13) return null;
	if (echo && host.ip.icmpEchoIgnoreAll) return null;
	if (!echo && l4.payload.length < 4) return null;
	const payload = echo ? l4.payload : timestamps(l4.payload, world.now);
	const what = echo ? 'echo reply' : 'timestamp reply';
	world.originate(
		host,
		{
			ip: {
				src: ip.dst,
				dst: ip.src,
				protocol: ICMP,
				ttl: host.ip.defaultTtl,
				id: host.nextIdentification(),
				tos: ip.tos,
				df: false,
				mf: false,
				offset: 0
			},
			l4: {
				kind: 'icmp',
				type: echo ? 0 : 14,
				code: echo ? l4.code : 0,
				rest: l4.rest,
				payload,
				badChecksum: false
			}
		},
		{ origin: 'answer', cause: walk, what }
	);
	return what;
}

/** Originate timestamp as it came, then receive and transmit, in ms since midnight (RFC 792). */
function timestamps(asked: Uint8Array, now: number): Uint8Array {
	const bytes = new Uint8Array(12);
	bytes.set(asked.subarray(0, 4));
	for (const at of [4, 8]) for (let i = 0; i < 4; i++) bytes[at + i] = (now >>> (24 - 8 * i)) & 255;
	return bytes;
}
