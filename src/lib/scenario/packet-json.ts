/**
 * Packets as scenario files write them ("P" in the format), and the engine's values they stand for.
 */
import type { Ipv4Header, Packet, TcpOptions } from '../engine';
import {
	ICMP,
	NO_BYTES,
	TCP,
	UDP,
	decodeTransport,
	encodePacket,
	encodeTcpOptions,
	encodeTransport,
	formatAddress,
	parseAddress,
	utf8
} from '../engine';
import { flagsFromText, fromHex } from './packet-text';

export { flagsFromText, flagsToText, fromHex, toHex } from './packet-text';
export { packetToJson } from './packet-to-json';

export interface PacketJson {
	ip?: {
		src?: string | undefined;
		dst?: string | undefined;
		ttl?: number | undefined;
		id?: number | undefined;
		tos?: number | undefined;
		df?: boolean | undefined;
		mf?: boolean | undefined;
		/** In bytes. */
		offset?: number | undefined;
		protocol?: number | undefined;
	};
	tcp?: {
		sport?: number | undefined;
		dport?: number | undefined;
		flags?: string | undefined;
		seq?: number | undefined;
		ack?: number | undefined;
		window?: number | undefined;
		urgent?: number | undefined;
		options?: TcpOptions | undefined;
		optionBytes?: string | undefined;
	};
	udp?: { sport?: number; dport?: number; noChecksum?: boolean | undefined };
	icmp?: {
		type?: number | undefined;
		code?: number | undefined;
		id?: number | undefined;
		seq?: number | undefined;
		mtu?: number | undefined;
		inner?: PacketJson | undefined;
		innerLength?: number | undefined;
		innerFrom?: number | undefined;
	};
	payload?: string | { hex: string } | undefined;
	badChecksum?: boolean | undefined;
	/** Keep only these bytes of what follows the IP header. */
	cut?: [number, number] | undefined;
}

function payloadBytes(payload: PacketJson['payload']): Uint8Array {
	if (payload === undefined) return NO_BYTES;
	return typeof payload === 'string' ? utf8(payload) : fromHex(payload.hex);
}

function protocolOf(json: PacketJson): number {
	if (json.tcp) return TCP;
	if (json.udp) return UDP;
	if (json.icmp) return ICMP;
	return json.ip?.protocol ?? 255;
}

/**
 * Build a packet.
 *
 * @param json the packet; addresses must be readable (the scenario's check has seen to that)
 * @param arrived the packet that an `innerFrom` quotes
 */
export function packetFromJson(json: PacketJson, arrived: Packet | null = null): Packet {
	const { ip = {} } = json;
	const header: Ipv4Header = {
		src: parseAddress(ip.src ?? '0.0.0.0') ?? 0,
		dst: parseAddress(ip.dst ?? '0.0.0.0') ?? 0,
		protocol: protocolOf(json),
		ttl: ip.ttl ?? 64,
		id: ip.id ?? 0,
		tos: ip.tos ?? 0,
		df: ip.df ?? false,
		mf: ip.mf ?? false,
		offset: ip.offset ?? 0
	};
	const quoted = json.icmp?.innerFrom !== undefined ? arrived : null;
	const addressed: Ipv4Header = {
		...header,
		src: ip.src === undefined && quoted ? quoted.ip.dst : header.src,
		dst: ip.dst === undefined && quoted ? quoted.ip.src : header.dst
	};
	// Checksums are those of the whole datagram, whatever piece of it is sent.
	const whole: Ipv4Header = { ...addressed, mf: false, offset: 0 };
	let bytes = encodeTransport(whole, transportFromJson(json, quoted));
	if (json.cut) bytes = bytes.slice(json.cut[0], json.cut[1]);
	return { ip: addressed, l4: decodeTransport(addressed, bytes) };
}

function transportFromJson(json: PacketJson, quoted: Packet | null): Packet['l4'] {
	const payload = payloadBytes(json.payload);
	const bad = json.badChecksum ?? false;
	if (json.tcp) {
		const { tcp } = json;
		return {
			kind: 'tcp',
			sport: tcp.sport ?? 0,
			dport: tcp.dport ?? 0,
			seq: (tcp.seq ?? 0) >>> 0,
			ack: (tcp.ack ?? 0) >>> 0,
			flags: flagsFromText(tcp.flags ?? ''),
			window: tcp.window ?? 64240,
			urgent: tcp.urgent ?? 0,
			options:
				tcp.optionBytes !== undefined
					? padded(fromHex(tcp.optionBytes))
					: encodeTcpOptions(tcp.options ?? {}),
			payload,
			badChecksum: bad
		};
	}
	if (json.udp)
		return {
			kind: 'udp',
			sport: json.udp.sport ?? 0,
			dport: json.udp.dport ?? 0,
			payload,
			checksum: json.udp.noChecksum ? 'none' : bad ? 'bad' : 'good'
		};
	if (json.icmp) {
		const { icmp } = json;
		const inner = quoted
			? encodePacket(quoted)
			: icmp.inner
				? encodePacket(packetFromJson(icmp.inner))
				: null;
		const cut = inner && icmp.innerLength !== undefined ? inner.slice(0, icmp.innerLength) : inner;
		return {
			kind: 'icmp',
			type: icmp.type ?? 0,
			code: icmp.code ?? 0,
			rest: cut
				? (icmp.mtu ?? 0) & 0xffff
				: (((icmp.id ?? 0) << 16) | ((icmp.seq ?? 0) & 0xffff)) >>> 0,
			payload: cut ? joined(cut, payload) : payload,
			badChecksum: bad
		};
	}
	return { kind: 'opaque', payload };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
	if (b.length === 0) return a;
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}

function padded(bytes: Uint8Array): Uint8Array {
	const out = new Uint8Array((bytes.length + 3) & ~3).fill(1);
	out.set(bytes);
	return out;
}

/**
 * The answer to a packet: addresses and ports swapped, an ICMP query turned to its reply; the
 * given fields laid over it.
 */
export function replyJson(asked: Packet, over: PacketJson): PacketJson {
	const { ip, l4 } = asked;
	const base: PacketJson = {
		ip: { src: formatAddress(ip.dst), dst: formatAddress(ip.src), ttl: 64, id: 0 }
	};
	if (l4.kind === 'tcp') base.tcp = { sport: l4.dport, dport: l4.sport };
	else if (l4.kind === 'udp') base.udp = { sport: l4.dport, dport: l4.sport };
	else if (l4.kind === 'icmp') {
		const turned: Record<number, number> = { 8: 0, 13: 14, 15: 16, 17: 18 };
		base.icmp = {
			type: turned[l4.type] ?? l4.type,
			code: 0,
			id: l4.rest >>> 16,
			seq: l4.rest & 0xffff
		};
	} else base.ip!.protocol = ip.protocol;
	return overlay(base, over);
}

function overlay(base: PacketJson, over: PacketJson): PacketJson {
	const out: PacketJson = { ...over, ip: { ...base.ip, ...over.ip } };
	// What P names replaces the kind of packet; without a word on it, the kind stays.
	const other = (kind: 'tcp' | 'udp' | 'icmp'): boolean =>
		(['tcp', 'udp', 'icmp'] as const).some((one) => one !== kind && over[one] !== undefined);
	if (base.tcp && !other('tcp')) out.tcp = { ...base.tcp, ...over.tcp };
	if (base.udp && !other('udp')) out.udp = { ...base.udp, ...over.udp };
	if (base.icmp && !other('icmp')) out.icmp = { ...base.icmp, ...over.icmp };
	return out;
}
