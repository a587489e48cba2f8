import { describe, expect, it } from 'vitest';
import {
	decodePacket,
	decodeTcpOptions,
	encodePacket,
	encodeTcpOptions
} from '../../../src/lib/engine/packet';
import {
	fromHex,
	packetFromJson,
	packetToJson,
	toHex
} from '../../../src/lib/scenario/packet-json';

/** What `tcpdump -x` showed of the RST that Linux sends for a port nobody listens on. */
const CAPTURED_RST =
	'4500002800004000400' + '63cce7f0000017f000001000995300000' + '0000e94ce817501400004b300000';

describe('packets and bytes', () => {
	it('reads a captured RST and writes the same bytes again', () => {
		const packet = decodePacket(fromHex(CAPTURED_RST))!;
		expect(packetToJson(packet)).toEqual({
			ip: { src: '127.0.0.1', dst: '127.0.0.1', ttl: 64, id: 0, df: true },
			tcp: { sport: 9, dport: 38192, flags: 'RA', seq: 0, ack: 3914131479, window: 0 }
		});
		expect(toHex(encodePacket(packet))).toBe(CAPTURED_RST);
	});

	it('knows a wrong checksum in each transport, and a UDP checksum that was left out', () => {
		const base = { ip: { src: '10.0.0.1', dst: '10.0.0.2' } };
		for (const kind of [{ tcp: {} }, { udp: {} }, { icmp: { type: 8 } }]) {
			const spoiled = packetFromJson({ ...base, ...kind, badChecksum: true, payload: 'x' });
			const again = decodePacket(encodePacket(spoiled))!;
			expect(packetToJson(again).badChecksum).toBe(true);
			const good = decodePacket(encodePacket(packetFromJson({ ...base, ...kind })))!;
			expect(packetToJson(good).badChecksum).toBeUndefined();
		}
		const without = packetFromJson({ ...base, udp: { noChecksum: true } });
		expect(toHex(encodePacket(without)).slice(-4)).toBe('0000');
	});

	it('writes TCP options in the order of the format, padded with NOPs', () => {
		const bytes = encodeTcpOptions({
			mss: 1460,
			sackOk: true,
			ts: [1, 0],
			wscale: 7,
			sack: [[2000, 3000]]
		});
		expect(toHex(bytes)).toBe(
			'020405b4' + '0402' + '080a0000000100000000' + '030307' + '050a000007d000000bb8' + '010101'
		);
		expect(decodeTcpOptions(bytes)).toEqual({
			mss: 1460,
			sackOk: true,
			ts: [1, 0],
			wscale: 7,
			sack: [[2000, 3000]]
		});
	});

	it('stops reading options at a malformed one', () => {
		expect(decodeTcpOptions(fromHex('020405b40300ffff'))).toEqual({ mss: 1460 });
		expect(decodeTcpOptions(fromHex('03'))).toEqual({});
	});

	it('keeps what cannot be read whole as bytes', () => {
		const short = packetFromJson({
			ip: { src: '10.0.0.1', dst: '10.0.0.2', protocol: 6 },
			payload: { hex: '0050' }
		});
		expect(short.l4).toEqual({ kind: 'opaque', payload: fromHex('0050') });
		expect(decodePacket(fromHex('45'))).toBeNull();
		expect(decodePacket(new Uint8Array(20))).toBeNull();
	});

	it('gives a fragment the checksum of the whole datagram', () => {
		const ip = { src: '10.0.0.1', dst: '10.0.0.2', id: 7 };
		const udp = { sport: 1, dport: 2 };
		const whole = encodePacket(packetFromJson({ ip, udp, payload: '0123456789abcdef' }));
		const first = packetFromJson({
			ip: { ...ip, mf: true },
			udp,
			payload: '0123456789abcdef',
			cut: [0, 16]
		});
		const last = packetFromJson({
			ip: { ...ip, offset: 16 },
			udp,
			payload: '0123456789abcdef',
			cut: [16, 24]
		});
		const bytes = toHex(encodePacket(first)).slice(40) + toHex(encodePacket(last)).slice(40);
		expect(bytes).toBe(toHex(whole).slice(40));
	});
});
