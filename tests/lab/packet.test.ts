import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePacket, encodePacket, type Packet } from '$lib/engine';
import { hexDump, hexRows } from '$lib/lab/model/hex';
import { momentAt } from '$lib/lab/model/moment';
import { cutFromQuote, endpoints, headersOf, majorFields } from '$lib/lab/model/packet-fields';
import { provenanceOf } from '$lib/lab/model/provenance';
import type { Recording } from '$lib/lab/model/recording';
import { fromHex } from '$lib/scenario/packet-text';
import { gateway, lessonScenario, record, syn } from './load';

/** Bytes written as hexadecimal digits, with blanks to read them by. */
const wire = (digits: string) => fromHex(digits.replaceAll(' ', ''));

/** A TCP segment as on the wire, captured: 192.0.2.1:40000 → 198.51.100.7:443, SYN with four options. */
const SYN_BYTES = wire(
	'4500003c1c4640004006 0000 c0000201 c6336407' +
		'9c4001bb 000003e8 00000000 a002faf0 0000 0000' +
		'020405b4 0402080a 00000001 00000000 01030307'
);
const segment = decodePacket(SYN_BYTES)!;

const fieldsOf = (packet: Packet) => headersOf(packet).flatMap(({ fields }) => fields);
const field = (packet: Packet, key: string) => fieldsOf(packet).find((one) => one.key === key)!;

describe('fields and their bytes', () => {
	test('stand where the protocols put them', () => {
		const places = Object.fromEntries(
			fieldsOf(segment).map(({ key, from, to }) => [key, [from, to]])
		);
		// RFC 791 3.1, RFC 9293 3.1.
		expect(places).toMatchObject({
			'ipv4.tos': [1, 2],
			'ipv4.length': [2, 4],
			'ipv4.id': [4, 6],
			'ipv4.fragment': [6, 8],
			'ipv4.ttl': [8, 9],
			'ipv4.proto': [9, 10],
			'ipv4.checksum': [10, 12],
			'ipv4.src': [12, 16],
			'ipv4.dst': [16, 20],
			'tcp.sport': [20, 22],
			'tcp.dport': [22, 24],
			'tcp.seq': [24, 28],
			'tcp.ack': [28, 32],
			'tcp.flags': [33, 34],
			'tcp.window': [34, 36],
			'tcp.checksum': [36, 38],
			'tcp.mss': [40, 44],
			'tcp.sackOK': [44, 46],
			'tcp.ts': [46, 56],
			'tcp.nop': [56, 57],
			'tcp.wscale': [57, 60]
		});
		expect(field(segment, 'tcp.mss').value).toBe('1460');
		expect(field(segment, 'tcp.ts').value).toBe('1 ecr 0');
		expect(field(segment, 'ipv4.fragment').value).toBe('DF');
	});

	test('every byte of any packet belongs to one field, and to no second one', () => {
		const byte = fc.integer({ min: 0, max: 255 });
		const bytes = fc.tuple(
			fc.constantFrom(1, 6, 17, 47, 132, 136),
			fc.constantFrom(0, 0x2000, 0x4000, 0x2010, 0x0010),
			fc.uint8Array({ maxLength: 80 }),
			fc.array(byte, { minLength: 8, maxLength: 8 }),
			fc.boolean()
		);
		fc.assert(
			fc.property(bytes, ([protocol, fragment, body, addresses, error]) => {
				const whole = Uint8Array.from([
					...[
						0x45,
						0,
						0,
						20 + body.length,
						0,
						9,
						fragment >> 8,
						fragment & 255,
						64,
						protocol,
						0,
						0
					],
					...addresses,
					...body
				]);
				if (protocol === 1 && error && body.length > 0) whole[20] = 3;
				const packet = decodePacket(whole)!;
				const encoded = encodePacket(packet);
				const owners = new Array<number>(encoded.length).fill(0);
				const keys = new Set<string>();
				for (const { key, from, to } of fieldsOf(packet)) {
					expect(keys.has(key)).toBe(false);
					keys.add(key);
					for (let at = from; at < to; at++) owners[at]!++;
				}
				// A quotation that makes no sense is nobody's.
				const named = owners.filter((count) => count > 0).length;
				expect(Math.max(...owners)).toBe(1);
				if (protocol !== 1) expect(named).toBe(encoded.length);
				expect(majorFields(packet)).toBeGreaterThan(0);
			}),
			{ numRuns: 400 }
		);
	});

	test('a malformed option takes the rest', () => {
		const broken = Uint8Array.from(SYN_BYTES);
		broken[41] = 40;
		const packet = decodePacket(broken)!;
		expect(field(packet, 'tcp.malformed')).toMatchObject({ from: 40, to: 60 });
	});

	test('the first piece of a datagram shows its ports, the second only data', () => {
		const piece = (offset: number, mf: boolean): Packet => ({
			ip: { ...segment.ip, protocol: 17, df: false, mf, offset },
			l4: { kind: 'opaque', payload: Uint8Array.from([0x9c, 0x40, 0, 53, 0, 40, 1, 2]) }
		});
		expect(field(piece(0, true), 'udp.dport').value).toBe('53');
		const second = piece(1480, false);
		expect(headersOf(second).map(({ name }) => name)).toEqual(['IPv4', 'data']);
		expect(field(second, 'ipv4.fragment')).toMatchObject({
			value: 'offset 1480',
			minor: false
		});
	});

	test('an ICMP error’s quotation stands within it, cut where it was cut', () => {
		const quote = SYN_BYTES.subarray(0, 28);
		const error: Packet = {
			ip: { ...segment.ip, protocol: 1 },
			l4: { kind: 'icmp', type: 3, code: 3, rest: 0, payload: quote, badChecksum: false }
		};
		expect(field(error, 'quoted.ipv4.dst')).toMatchObject({
			value: '198.51.100.7',
			from: 28 + 16,
			to: 28 + 20
		});
		expect(field(error, 'quoted.tcp.dport')).toMatchObject({ value: '443', from: 50, to: 52 });
		expect(error.l4.kind === 'icmp' && cutFromQuote(error.l4)).toBe(60 - 28);
	});

	test('the grid has every byte once, in order, and the dump can be read again', () => {
		const bytes = encodePacket(segment);
		const rows = hexRows(bytes, headersOf(segment), 16);
		expect(rows.map((row) => row.length)).toEqual([16, 16, 16, 12]);
		expect(rows.flat().map(({ text }) => parseInt(text, 16))).toEqual([...bytes]);
		// The last byte of a field is not joined to the next field's first.
		const cell = rows.flat()[15]!;
		expect([cell.field, cell.joined]).toEqual(['ipv4.src', false]);
		const again = hexDump(bytes)
			.split('\n')
			.flatMap((line) => line.slice(6).split(' '))
			.filter((digits) => digits !== '')
			.map((digits) => parseInt(digits, 16));
		expect(again).toEqual([...bytes]);
	});
});

/** Who made the packet of the last event of a kind what it is. */
function provenanceAt(recording: Recording, step: number, what: string) {
	const { events, stops } = recording;
	const stop = stops.findLast((one) => one.step === step && events[one.focus]!.kind === what)!;
	return provenanceOf(events, stop.focus, stop.direction);
}

describe('SCTP', () => {
	/** 192.0.2.1:1000 → 198.51.100.7:36412, INIT and, which no host would send, DATA behind it (RFC 9260, section 3). */
	const bytes = wire(
		'45000044000000004084 0000 c0000201 c6336407' +
			'03e8 8e3c 00000000 00000000' +
			'01000014 11223344 0000ffff 000a000a 00000001' +
			'00030010 00000001 00000000 00000000'
	);
	const packet = decodePacket(bytes)!;

	test('is read by ports, tag and chunks', () => {
		expect(
			fieldsOf(packet)
				.filter(({ key }) => key.startsWith('sctp.'))
				.map(({ label, value, from, to, checksum }) => [label, value, from, to, checksum])
		).toEqual([
			['sport', '1000', 20, 22, undefined],
			['dport', '36412', 22, 24, undefined],
			['tag', '0x00000000', 24, 28, undefined],
			['INIT', 'tag 0x11223344', 32, 52, undefined],
			['DATA', '16 B', 52, 68, undefined],
			['checksum', '0x00000000', 28, 32, 'bad']
		]);
		expect(field(packet, 'ipv4.proto').value).toBe('sctp');
		expect(endpoints(packet)).toEqual({ src: '192.0.2.1:1000', dst: '198.51.100.7:36412' });
	});

	test('as a piece is read no further than it goes', () => {
		const piece = decodePacket(bytes.with(6, 0x20))!;
		const { checksum } = field(piece, 'sctp.checksum');
		expect(checksum).toBe('good');
		expect(endpoints(piece)).toEqual({ src: '192.0.2.1', dst: '198.51.100.7' });
	});
});

describe('who rewrote a field', () => {
	const recording = record(lessonScenario('reverse-snat'));

	test('the request: a rule decided, the entry rewrites', () => {
		const changes = provenanceAt(recording, 0, 'received').get('ipv4.dst')!;
		expect(changes).toHaveLength(1);
		expect(changes[0]).toMatchObject({
			before: '198.51.100.1',
			after: '10.0.0.2',
			hook: 'prerouting',
			priority: -100,
			author: { by: 'entry', entry: 1, direction: 0 }
		});
		const { author } = changes[0]!;
		expect(author.by === 'entry' && author.rule?.text).toContain('dnat to 10.0.0.2:8080');
		expect(author.by === 'entry' && author.rule?.table).toBe('ip nat');
	});

	test('the reply: the entry, and no rule', () => {
		const changes = provenanceAt(recording, 1, 'received');
		expect(changes.get('ipv4.src')).toHaveLength(1);
		expect(changes.get('ipv4.src')![0]).toMatchObject({
			before: '10.0.0.2',
			after: '198.51.100.1',
			hook: 'postrouting',
			author: { by: 'entry', entry: 1, rule: null }
		});
		expect(changes.get('tcp.sport')![0]!.after).toBe('80');
		expect(changes.has('ipv4.dst')).toBe(false);
	});

	test('forwarding counts down, and checksums follow from what was changed', () => {
		const changes = provenanceAt(recording, 1, 'received');
		expect(changes.get('ipv4.ttl')).toMatchObject([
			{ before: '64', after: '63', hook: null, author: { by: 'forward' } }
		]);
		expect(changes.get('ipv4.checksum')!.every(({ recomputed }) => recomputed)).toBe(true);
		expect(changes.get('tcp.checksum')!.map(({ hook }) => hook)).toEqual(['postrouting']);
	});

	test('a rule that sets a field is named', () => {
		const marked = record(
			gateway(
				'table ip m {\nchain c {\ntype filter hook forward priority -150;\nip protocol udp ip ttl set 9\nip ttl set 77\n}\n}',
				[syn('10.0.0.2', 80)]
			)
		);
		const change = provenanceAt(marked, 0, 'received').get('ipv4.ttl')!.at(-1)!;
		expect(change.author).toMatchObject({
			by: 'rule',
			rule: { table: 'ip m', chain: 'c', index: 1, text: 'ip ttl set 77' }
		});
	});

	test.each([
		[
			'nft',
			'table ip m {\nchain c {\ntype filter hook forward priority -150;\ntcp flags syn tcp option maxseg size set rt mtu\ntcp dport 80 accept\n}\n}',
			{ index: 0, text: 'tcp flags syn tcp option maxseg size set rt mtu' }
		],
		[
			'iptables',
			'*mangle\n-A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu\n-A FORWARD -p tcp -m tcpmss --mss 1460\nCOMMIT\n',
			{ index: 0, text: '-p tcp -j TCPMSS --clamp-mss-to-pmtu' }
		]
	])('a rule of %s that lowers the MSS is named', (language, rules, rule) => {
		const asked = {
			send: {
				from: 'client/eth0',
				packet: {
					ip: { src: '198.51.100.10', dst: '10.0.0.2' },
					tcp: { sport: 40000, dport: 80, flags: 'S', options: { mss: 9000 } }
				}
			}
		};
		const lowered = record(gateway('', [asked], { [language]: rules }));
		const change = provenanceAt(lowered, 0, 'received').get('tcp.mss')!.at(-1)!;
		expect(change).toMatchObject({ before: '9000', after: '1460', author: { by: 'rule', rule } });
	});

	test('a port that was taken is said to be so', () => {
		const rules =
			'table ip n {\nchain p {\ntype nat hook postrouting priority srcnat;\noifname "int" masquerade\n}\n}';
		const from = (address: string) => ({
			send: {
				from: 'client/eth0',
				packet: { ip: { src: address, dst: '10.0.0.2' }, udp: { sport: 5000, dport: 53 } }
			}
		});
		const two = record(gateway(rules, [from('198.51.100.10'), from('198.51.100.11')]));
		const change = provenanceAt(two, 1, 'received').get('udp.sport')!.at(-1)!;
		expect(change.before).toBe('5000');
		expect(change.author).toMatchObject({ by: 'entry', entry: 2 });
		expect(change.author.by === 'entry' && change.author.rule?.text).toContain('masquerade');
	});

	test('before a walk nobody has rewritten anything', () => {
		expect(provenanceAt(recording, 1, 'sent').size).toBe(0);
		const { packet, original } = momentAt(recording, 1, 'gateway');
		expect(packet).toBe(original);
	});
});
