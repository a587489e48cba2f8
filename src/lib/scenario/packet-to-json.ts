/** Packets as observations print them. */
import type { Ipv4Header, Packet } from '../engine';
import {
	ICMP,
	IP_HEADER_LENGTH,
	TCP,
	UDP,
	decodeIpv4Header,
	decodeTransport,
	formatAddress,
	get16,
	get32,
	isFragment,
	isIcmpError
} from '../engine';
import type { PacketJson } from './packet-json';
import { flagsToText, toHex } from './packet-text';

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
