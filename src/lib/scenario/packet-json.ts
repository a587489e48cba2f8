/**
 * Packets as scenario files write them and observations print them ("P" in the format), to and
 * from the engine's values.
 */
import type { Ipv4Header, Packet, TcpOptions } from '../engine';
import {
	ICMP,
	IP_HEADER_LENGTH,
	NO_BYTES,
	TCP,
	UDP,
	decodeIpv4Header,
	decodeTransport,
	encodePacket,
	encodeTcpOptions,
	encodeTransport,
	formatAddress,
	get16,
	get32,
	isFragment,
	isIcmpError,
	parseAddress
} from '../engine';

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

const FLAG_LETTERS = 'FSRPAUEC';

/** `"SA"` → flag bits. */
export function flagsFromText(text: string): number {
	let bits = 0;
	for (const letter of text) bits |= 1 << FLAG_LETTERS.indexOf(letter);
	return bits;
}

/** Flag bits → letters in the order F S R P A U E C. */
export function flagsToText(bits: number): string {
	return [...FLAG_LETTERS].filter((_, i) => bits & (1 << i)).join('');
}

/** Hex text → bytes. */
export function fromHex(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length >> 1);
	for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}

export function toHex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Text as UTF-8. */
function utf8(text: string): Uint8Array {
	const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
	const bytes: number[] = [];
	for (let i = 0; i < escaped.length; i++) {
		if (escaped[i] === '%') {
			bytes.push(parseInt(escaped.slice(i + 1, i + 3), 16));
			i += 2;
		} else bytes.push(escaped.charCodeAt(i));
	}
	return Uint8Array.from(bytes);
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

function headerToJson(ip: Ipv4Header): NonNullable<PacketJson['ip']> {
	return {
		src: formatAddress(ip.src),
		dst: formatAddress(ip.dst),
		ttl: ip.ttl,
		id: ip.id,
		...(ip.tos ? { tos: ip.tos } : {}),
		...(ip.df ? { df: true } : {}),
		...(ip.mf ? { mf: true } : {}),
		...(ip.offset ? { offset: ip.offset } : {})
	};
}

/** A packet as an observation prints it. */
export function packetToJson(packet: Packet): PacketJson {
	const { ip, l4 } = packet;
	const out: PacketJson = { ip: headerToJson(ip) };
	const payload = (bytes: Uint8Array): void => {
		if (bytes.length > 0) out.payload = { hex: toHex(bytes) };
	};
	switch (l4.kind) {
		case 'opaque':
			out.ip!.protocol = ip.protocol;
			payload(l4.payload);
			break;
		case 'tcp':
			out.tcp = {
				sport: l4.sport,
				dport: l4.dport,
				flags: flagsToText(l4.flags),
				seq: l4.seq,
				ack: l4.ack,
				window: l4.window,
				...(l4.urgent ? { urgent: l4.urgent } : {}),
				...(l4.options.length > 0 ? { optionBytes: toHex(l4.options) } : {})
			};
			payload(l4.payload);
			if (l4.badChecksum) out.badChecksum = true;
			break;
		case 'udp':
			out.udp = {
				sport: l4.sport,
				dport: l4.dport,
				...(l4.checksum === 'none' ? { noChecksum: true } : {})
			};
			payload(l4.payload);
			if (l4.checksum === 'bad') out.badChecksum = true;
			break;
		case 'icmp':
			if (isIcmpError(l4.type) && decodeIpv4Header(l4.payload)) {
				const mtu = l4.rest & 0xffff;
				out.icmp = {
					type: l4.type,
					code: l4.code,
					inner: quotedToJson(l4.payload),
					...(mtu ? { mtu } : {})
				};
			} else {
				out.icmp = {
					type: l4.type,
					code: l4.code,
					id: l4.rest >>> 16,
					seq: l4.rest & 0xffff
				};
				payload(l4.payload);
			}
			if (l4.badChecksum) out.badChecksum = true;
			break;
	}
	return out;
}

/** A quoted packet, which may end anywhere after its header. */
function quotedToJson(bytes: Uint8Array): PacketJson {
	const head = decodeIpv4Header(bytes);
	if (!head) return { payload: { hex: toHex(bytes) } };
	const { header } = head;
	const body = bytes.slice(head.headerLength);
	const whole = head.headerLength + body.length >= head.totalLength;
	if (whole || isFragment(header)) {
		return packetToJson({
			ip: header,
			l4: decodeTransport(header, body.slice(0, head.totalLength - IP_HEADER_LENGTH))
		});
	}
	const out: PacketJson = { ip: headerToJson(header) };
	if (header.protocol === TCP && body.length >= 8) {
		if (body.length >= 20) {
			const length = (body[12]! >> 4) * 4;
			out.tcp = {
				sport: get16(body, 0),
				dport: get16(body, 2),
				flags: flagsToText(body[13]!),
				seq: get32(body, 4),
				ack: get32(body, 8),
				window: get16(body, 14),
				...(length > 20 ? { optionBytes: toHex(body.slice(20, length)) } : {})
			};
			if (body.length > length) out.payload = { hex: toHex(body.slice(length)) };
		} else out.tcp = { sport: get16(body, 0), dport: get16(body, 2), seq: get32(body, 4) };
	} else if (header.protocol === UDP && body.length >= 8) {
		out.udp = { sport: get16(body, 0), dport: get16(body, 2) };
		if (body.length > 8) out.payload = { hex: toHex(body.slice(8)) };
	} else if (header.protocol === ICMP && body.length >= 8) {
		out.icmp = {
			type: body[0]!,
			code: body[1]!,
			id: get16(body, 4),
			seq: get16(body, 6)
		};
		if (body.length > 8) out.payload = { hex: toHex(body.slice(8)) };
	} else {
		out.ip!.protocol = header.protocol;
		if (body.length > 0) out.payload = { hex: toHex(body) };
	}
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
