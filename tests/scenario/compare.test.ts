import { describe, expect, it } from 'vitest';
import { compareObservations } from '../../src/lib/scenario/compare';
import type { Observation } from '../../src/lib/scenario/observation';
import type { Scenario } from '../../src/lib/scenario/scenario';

/** A gateway that masquerades, with `steps` sends of one UDP packet; `nft` as its rules. */
function scenario(given: { nft?: string; steps?: unknown[] } = {}): Scenario {
	const packet = { ip: { src: '10.0.0.3', dst: '198.51.100.10' }, udp: { sport: 5000, dport: 53 } };
	return {
		version: 1,
		title: 'two hosts, one port',
		hosts: {
			client: { kind: 'wire', interfaces: { eth0: { address: '198.51.100.10/24' } } },
			gateway: {
				kind: 'linux',
				interfaces: { ext: { address: '198.51.100.1/24' }, int: { address: '10.0.0.1/24' } },
				nft: given.nft ?? 'add rule ip nat postrouting masquerade'
			},
			server: { kind: 'wire', interfaces: { eth0: { address: '10.0.0.3/24' } } }
		},
		links: [
			['client/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		],
		steps: given.steps ?? [{ send: { from: 'server/eth0', packet } }, { advance: 1 }]
	} as unknown as Scenario;
}

interface StepGiven {
	out?: unknown[];
	events?: string[];
	table?: string[];
	trace?: unknown[];
	exit?: number;
	stdout?: string[];
	skipped?: boolean;
}

/** An observation with one linux host, `gateway`. */
function seen(...steps: StepGiven[]): Observation {
	return {
		steps: steps.map(({ out = [], events = [], table = [], trace = [], ...rest }) => ({
			out,
			hosts: { gateway: { events, table, trace } },
			...rest
		}))
	} as Observation;
}

const differences = (
	expected: StepGiven | StepGiven[],
	actual: StepGiven | StepGiven[],
	given: Parameters<typeof scenario>[0] = {}
) => compareObservations(seen(...[expected].flat()), seen(...[actual].flat()), scenario(given));

const udp = (
	port: number,
	{ seconds = 30, sport = 5000, event = '', src = '10.0.0.3', extra = '' } = {}
) =>
	`${event ? `[${event}] ` : ''}udp 17 ${seconds} src=${src} dst=198.51.100.10 sport=${sport} dport=53 ` +
	`[UNREPLIED] src=198.51.100.10 dst=198.51.100.1 sport=53 dport=${port}${extra}`;
const ping = (id: number, event = 'NEW') =>
	`[${event}] icmp 1 30 src=10.0.0.3 dst=198.51.100.10 type=8 code=0 id=9 ` +
	`[UNREPLIED] src=198.51.100.10 dst=198.51.100.1 type=0 code=0 id=${id}`;
const sent = (sport: number, ip: object = {}, at = 'client/eth0') => ({
	at,
	packet: {
		ip: { src: '198.51.100.1', dst: '198.51.100.10', ttl: 63, id: 0, ...ip },
		udp: { sport, dport: 53 },
		payload: { hex: '71' }
	}
});
const expired = (port: number, sport = 5000) =>
	`[DESTROY] udp 17 src=10.0.0.3 dst=198.51.100.10 sport=${sport} dport=53 [UNREPLIED] ` +
	`src=198.51.100.10 dst=198.51.100.1 sport=53 dport=${port}`;

describe('what must be equal', () => {
	it('finds no difference between an observation and itself', () => {
		const step = {
			out: [sent(5000), sent(5001)],
			events: [udp(5000, { event: 'NEW' })],
			table: [udp(5000)],
			trace: [{ table: 'ip nat', chain: 'postrouting', rule: 0, verdict: 'accept' }],
			exit: 0,
			stdout: ['table ip nat {', '}']
		};
		expect(differences(step, step)).toEqual([]);
	});

	it('names the step, the field and both values', () => {
		expect(
			differences([{}, { out: [sent(5000)] }], [{}, { out: [sent(5000, { ttl: 62 })] }])
		).toEqual([{ step: 1, field: 'out[0].packet.ip.ttl', expected: 63, actual: 62 }]);
		const line = udp(5000, { event: 'NEW' });
		expect(differences({ events: [line, line] }, { events: [line] })).toEqual([
			{ step: 0, field: 'hosts.gateway.events[0]', expected: line, actual: undefined }
		]);
	});

	it('compares traces in order, with rule and verdict', () => {
		const first = { table: 'ip f', chain: 'forward', rule: 0, verdict: 'jump a' };
		const second = { table: 'ip f', chain: 'a', rule: 1, verdict: 'accept' };
		const fields = differences({ trace: [first, second] }, { trace: [second, first] });
		expect(fields.map(({ field }) => field)).toEqual([
			'hosts.gateway.trace[0]',
			'hosts.gateway.trace[1]'
		]);
		expect(differences({ trace: [second] }, { trace: [{ ...second, rule: 2 }] })).toHaveLength(1);
	});

	it('compares exit, output and whether a step was skipped', () => {
		expect(differences({ exit: 0 }, { exit: 1 })[0]!.field).toBe('exit');
		expect(differences({ stdout: ['a', 'b'] }, { stdout: ['b', 'a'] })).toHaveLength(2);
		expect(differences({ skipped: true }, {})[0]!.field).toBe('skipped');
	});

	it('misses a step and a host', () => {
		expect(differences([{}, {}], [{}])).toHaveLength(1);
		const none = { steps: [{ out: [], hosts: {} }] };
		expect(compareObservations(seen({}), none, scenario())[0]!.field).toBe('hosts.gateway');
	});

	it('compares the state, the flags and the marks of an entry', () => {
		for (const extra of [' [ASSURED]', ' mark=7', ' zone=1']) {
			expect(differences({ table: [udp(5000)] }, { table: [udp(5000, { extra })] })).toHaveLength(
				1
			);
		}
	});
});

describe('order', () => {
	it('lets packets of one step come in any order', () => {
		const one = [sent(5000), sent(7, {}, 'server/eth0'), sent(5001)];
		expect(differences({ out: one }, { out: [...one].reverse() })).toEqual([]);
	});

	it('does not let a packet come twice, or elsewhere', () => {
		expect(differences({ out: [sent(1), sent(2)] }, { out: [sent(1), sent(1)] })).toHaveLength(1);
		expect(differences({ out: [sent(1)] }, { out: [sent(1, {}, 'server/eth0')] })[0]!.field).toBe(
			'out[0].at'
		);
	});

	it('lets lines of a table come in any order, in output too', () => {
		const lines = [udp(5000), udp(5001, { sport: 5001 })];
		const turned = [...lines].reverse();
		expect(differences({ table: lines }, { table: turned })).toEqual([]);
		expect(differences({ stdout: lines }, { stdout: turned })).toEqual([]);
		expect(differences({ stdout: lines }, { stdout: [lines[0]!] })).toHaveLength(1);
	});

	it('holds the order of events', () => {
		const lines = [udp(5000, { event: 'NEW' }), udp(5001, { sport: 5001, event: 'NEW' })];
		expect(differences({ events: lines }, { events: [...lines].reverse() })).toHaveLength(2);
	});
});

describe('seconds', () => {
	it('may differ by two', () => {
		expect(differences({ table: [udp(5000)] }, { table: [udp(5000, { seconds: 28 })] })).toEqual(
			[]
		);
		expect(differences({ table: [udp(5000)] }, { table: [udp(5000, { seconds: 32 })] })).toEqual(
			[]
		);
	});

	it('may not differ by three', () => {
		const table = [udp(5000, { seconds: 27 })];
		expect(differences({ table: [udp(5000)] }, { table })).toEqual([
			{ step: 0, field: 'hosts.gateway.table[0]', expected: udp(5000), actual: table[0] }
		]);
	});

	it('may differ in an expectation and in a set, by as much', () => {
		const expectation = (left: number) =>
			`${left} proto=6 src=10.0.0.2 dst=10.0.0.3 sport=0 dport=9`;
		expect(differences({ stdout: [expectation(300)] }, { stdout: [expectation(298)] })).toEqual([]);
		expect(
			differences({ stdout: [expectation(300)] }, { stdout: [expectation(297)] })
		).toHaveLength(1);
		const element = (left: string) => `elements = { 10.0.0.2 timeout 1m expires ${left} }`;
		expect(differences({ stdout: [element('59s992ms')] }, { stdout: [element('58s1ms')] })).toEqual(
			[]
		);
		expect(differences({ stdout: [element('59s')] }, { stdout: [element('50s')] })).toHaveLength(1);
	});
});

describe('a port drawn after a clash', () => {
	const NEW = 'NEW';

	it('may be another of its class, and is then the same in packets, table, events and output', () => {
		const run = (port: number): StepGiven[] => [
			{
				out: [sent(port)],
				events: [udp(port, { event: NEW })],
				table: [udp(port)],
				stdout: [udp(port)]
			},
			{ table: [udp(port)], events: [udp(port, { event: 'UPDATE' })], out: [sent(port)] }
		];
		expect(differences(run(46046), run(1024))).toEqual([]);
	});

	it.each([
		[5000, 46046, 1023],
		[5000, 46046, 600],
		[700, 894, 599],
		[700, 894, 1024],
		[80, 300, 512],
		[80, 300, 1024]
	])('of %i, %i, may not be %i', (sport, expected, actual) => {
		const step = (port: number) => ({ events: [udp(port, { event: NEW, sport })] });
		expect(differences(step(expected), step(actual))).toHaveLength(1);
	});

	it.each([
		[700, 600, 1023],
		[80, 1, 511],
		[5000, 1024, 65535]
	])('of %i, %i, may be %i', (sport, expected, actual) => {
		const step = (port: number) => ({ events: [udp(port, { event: NEW, sport })] });
		expect(differences(step(expected), step(actual))).toEqual([]);
	});

	it('is none where one side kept the port', () => {
		const step = (port: number) => ({ events: [udp(port, { event: NEW })] });
		expect(differences(step(5000), step(46046))).toHaveLength(1);
		expect(differences(step(46046), step(5000))).toHaveLength(1);
	});

	it('may not become another later', () => {
		const first = (port: number) => ({ events: [udp(port, { event: NEW })], table: [udp(port)] });
		const twice = (...ports: number[]) => [
			first(ports[0]!),
			{ table: [udp(ports[1]!)], out: [sent(ports[2]!)] }
		];
		const expected = twice(46046, 46046, 46046);
		expect(differences(expected, twice(31007, 31007, 31007))).toEqual([]);
		expect(differences(expected, twice(31007, 31008, 31007))).toHaveLength(1);
		expect(differences(expected, twice(31007, 31007, 31008))).toHaveLength(1);
		expect(differences(expected, twice(31007, 31007, 46046))).toHaveLength(1);
	});

	it('holds for its own flow only', () => {
		const other = '198.51.100.11';
		const run = (port: number, elsewhere: number) => [
			{ events: [udp(port, { event: NEW })] },
			{ out: [sent(elsewhere, { dst: other, src: '192.0.2.1' })] }
		];
		expect(differences(run(46046, 1234), run(31007, 1235))).toHaveLength(1);
	});

	it('is the same one in a quoted packet, and in one that is cut short', () => {
		const quote = (inner: object) => ({
			at: 'server/eth0',
			packet: {
				ip: { src: '198.51.100.10', dst: '10.0.0.3', ttl: 63, id: 0 },
				icmp: { type: 3, code: 1, inner }
			}
		});
		const ip = { src: '198.51.100.1', dst: '198.51.100.10', ttl: 63, id: 0 };
		const whole = (sport: number) => quote({ ip, udp: { sport, dport: 53 } });
		const cut = (hex: string) => quote({ ip: { ...ip, protocol: 17 }, payload: { hex } });
		const run = (port: number, packet: object) => [
			{ events: [udp(port, { event: NEW })] },
			{ out: [packet] }
		];
		const hex = (port: number) => port.toString(16).padStart(4, '0') + '0035';
		expect(differences(run(46046, whole(46046)), run(31007, whole(31007)))).toEqual([]);
		expect(differences(run(46046, whole(46046)), run(31007, whole(31008)))[0]!.field).toBe(
			'out[0].packet.icmp.inner.udp.sport'
		);
		expect(differences(run(46046, cut(hex(46046))), run(31007, cut(hex(31007))))).toEqual([]);
		expect(differences(run(46046, cut(hex(46046))), run(31007, cut(hex(31008))))).toHaveLength(1);
	});

	it('is the same one in a first fragment, whose checksum goes with it', () => {
		const piece = (hex: string) => ({
			at: 'client/eth0',
			packet: {
				ip: { src: '198.51.100.1', dst: '198.51.100.10', ttl: 63, id: 9, mf: true, protocol: 17 },
				payload: { hex }
			}
		});
		const run = (port: number, hex: string) => [
			{ events: [udp(port, { event: NEW })] },
			{ out: [piece(hex)] }
		];
		const expected = run(3000, '0bb80035005839da66726167');
		expect(differences(expected, run(3003, '0bbb0035005839d766726167'))).toEqual([]);
		expect(differences(expected, run(3003, '0bbb0035005839d666726167'))).toHaveLength(1);
		expect(differences(expected, run(3003, '0bbb0035005839d766726168'))).toHaveLength(1);
	});

	it('may not be given to two flows', () => {
		const run = (second: number) => ({
			events: [udp(40000, { event: NEW }), udp(second, { event: NEW, sport: 5001 })],
			table: [udp(40000), udp(second, { sport: 5001 })]
		});
		expect(differences(run(40001), run(40002))).toEqual([]);
		expect(differences(run(40001), run(40000))).not.toEqual([]);
	});

	it('is drawn anew by an entry that comes after', () => {
		const run = (one: number, two: number) => [
			{ events: [udp(one, { event: NEW })] },
			{ events: [udp(two, { event: NEW })], out: [sent(two)] }
		];
		expect(differences(run(46046, 46046), run(31007, 31008))).toEqual([]);
	});

	it('may be seen in the packet of a flow that no entry is left of', () => {
		expect(differences({ out: [sent(46046)] }, { out: [sent(31007)] })).toEqual([]);
		expect(differences({ out: [sent(46046)] }, { out: [sent(5000)] })).toHaveLength(1);
		expect(differences({ out: [sent(46046)] }, { out: [sent(1023)] })).toHaveLength(1);
	});

	it('does not excuse another address', () => {
		const line = udp(31007, { event: NEW }).replace('dst=198.51.100.1 ', 'dst=198.51.100.2 ');
		expect(differences({ events: [udp(46046, { event: NEW })] }, { events: [line] })).toHaveLength(
			1
		);
	});

	it('is any for an ICMP id, once it was replaced', () => {
		expect(differences({ events: [ping(300)] }, { events: [ping(65000)] })).toEqual([]);
		expect(differences({ events: [ping(9)] }, { events: [ping(65000)] })).toHaveLength(1);
		const then = (id: number, next: number) => ({ events: [ping(id), ping(next, 'UPDATE')] });
		expect(differences(then(300, 300), then(65000, 65001))).toHaveLength(1);
	});
});

describe('a port out of a rule’s range', () => {
	const step = (port: number) => ({ events: [udp(port, { event: 'NEW' })] });
	const rules = [
		'snat to 198.51.100.1:2000-2003',
		'masquerade to :2000-2003',
		'-A POSTROUTING -j MASQUERADE --to-ports 2000-2003',
		'-A POSTROUTING -j SNAT --to-source 198.51.100.1:2000-2003'
	];

	it.each(rules)('may be another of that range: %s', (nft) => {
		expect(differences(step(2000), step(2003), { nft })).toEqual([]);
		expect(differences({ events: [udp(512, { event: 'NEW' })] }, step(2000), { nft })).toHaveLength(
			1
		);
	});

	it('is of that range even if the port’s class is another', () => {
		const low = (port: number) => ({ events: [udp(port, { event: 'NEW', sport: 80 })] });
		const nft = 'snat to 198.51.100.1:2000-2003';
		expect(differences(low(2000), low(2003), { nft })).toEqual([]);
		expect(differences(low(2000), low(2004), { nft })).toHaveLength(1);
	});

	it('is not read out of ranges that are no ports or no translation', () => {
		const low = (port: number) => ({ events: [udp(port, { event: 'NEW', sport: 80 })] });
		for (const nft of ['tcp dport 2000-2003 accept', 'snat to 198.51.100.1-198.51.100.3']) {
			expect(differences(low(2000), low(2003), { nft })).toHaveLength(1);
		}
	});

	it('may be a destination port only by a rule', () => {
		const to = (port: number) => ({
			events: [
				`[NEW] udp 17 30 src=198.51.100.10 dst=198.51.100.1 sport=9 dport=53 [UNREPLIED] ` +
					`src=10.0.0.3 dst=198.51.100.10 sport=${port} dport=9`
			]
		});
		expect(differences(to(8000), to(8003), { nft: 'dnat to 10.0.0.3:8000-8003' })).toEqual([]);
		expect(differences(to(8000), to(8003), { nft: 'dnat to 10.0.0.3:8000' })).toHaveLength(1);
	});
});

describe('a host’s own packets', () => {
	const tcpSent = {
		send: {
			from: 'server/eth0',
			packet: { ip: { src: '10.0.0.3' }, tcp: { sport: 1, dport: 2, flags: 'S' } }
		}
	};
	const error = (id: number) => ({
		at: 'client/eth0',
		packet: {
			ip: { src: '198.51.100.1', dst: '198.51.100.10', ttl: 64, id, tos: 192 },
			icmp: { type: 3, code: 3, inner: { ip: { src: '1.2.3.4', dst: '5.6.7.8', ttl: 1, id: 0 } } }
		}
	});

	it('may have another IP id', () => {
		expect(differences({ out: [error(23261)] }, { out: [error(1)] }, { steps: [tcpSent] })).toEqual(
			[]
		);
		const reset = (id: number) => ({
			at: 'server/eth0',
			packet: {
				ip: { src: '198.51.100.10', dst: '10.0.0.3', ttl: 64, id },
				tcp: { sport: 2, dport: 1, flags: 'RA', seq: 0, ack: 1, window: 0 }
			}
		});
		expect(differences({ out: [reset(0)] }, { out: [reset(7)] }, { steps: [tcpSent] })).toEqual([]);
	});

	it('keep the id that was asked of them, and everything else', () => {
		const own = (id: number) => [
			{ send: { from: 'gateway', packet: { ip: { id }, udp: { sport: 5000, dport: 53 } } } }
		];
		const out = (id: number) => ({ out: [sent(5000, { id })] });
		expect(differences(out(7), out(8), { steps: own(7) })).toHaveLength(1);
		expect(differences(out(7), out(8), { steps: own(0) })).toEqual([]);
		expect(
			differences({ out: [error(1)] }, { out: [{ ...error(1), at: 'server/eth0' }] })
		).toHaveLength(1);
	});

	it('are not forwarded ones: those keep the id they came with', () => {
		expect(differences({ out: [sent(5000)] }, { out: [sent(5000, { id: 9 })] })).toHaveLength(1);
		const steps = [
			{ send: { from: 'server/eth0', packet: { ip: { id: 77 }, udp: { sport: 5000, dport: 53 } } } }
		];
		const out = (id: number) => ({ out: [sent(5000, { id })] });
		expect(differences(out(77), out(78), { steps })).toHaveLength(1);
	});

	it('have one id wherever it recurs', () => {
		const quoting = (id: number) => ({
			at: 'server/eth0',
			packet: {
				ip: { src: '9.9.9.9', dst: '10.0.0.3', ttl: 63, id: 0 },
				icmp: { type: 3, code: 1, inner: { ip: { src: '1.1.1.1', dst: '2.2.2.2', ttl: 9, id } } }
			}
		});
		const steps = [tcpSent, { send: { from: 'client/eth0', packet: { icmp: { type: 3 } } } }];
		const run = (id: number, quoted: number) => [{ out: [error(id)] }, { out: [quoting(quoted)] }];
		expect(differences(run(500, 500), run(900, 900), { steps })).toEqual([]);
		expect(differences(run(500, 500), run(900, 901), { steps })).toHaveLength(1);
	});

	it('may have other times in a timestamp reply, but not more of them', () => {
		const reply = (hex: string) => ({
			at: 'client/eth0',
			packet: {
				ip: { src: '198.51.100.1', dst: '198.51.100.10', ttl: 64, id: 0 },
				icmp: { type: 14, code: 0, id: 7, seq: 1 },
				payload: { hex }
			}
		});
		const ask = (type: number) => ({
			steps: [{ send: { from: 'client/eth0', packet: { icmp: { type, id: 7, seq: 1 } } } }]
		});
		expect(differences({ out: [reply('aabb')] }, { out: [reply('ccdd')] }, ask(13))).toEqual([]);
		expect(differences({ out: [reply('aabb')] }, { out: [reply('cc')] }, ask(13))).toHaveLength(1);
		expect(differences({ out: [reply('aabb')] }, { out: [reply('ccdd')] }, ask(14))).toHaveLength(
			1
		);
	});
});

describe('the end of an entry', () => {
	const end = (port: number, rest = '', seconds = 29) =>
		udp(port, { event: 'DESTROY', seconds, extra: rest, sport: port });

	it('may be told in another order, with other seconds, by another program', () => {
		const one = [end(1, ' [USERSPACE] progname=conntrack'), end(2, ' [USERSPACE]', 3)];
		const other = [end(2, ' [USERSPACE] progname=x', 1), end(1, ' [USERSPACE]', 300)];
		expect(differences({ events: one }, { events: other })).toEqual([]);
	});

	it('may not be someone else’s, or told at another place among other events', () => {
		expect(differences({ events: [end(1, ' [USERSPACE]')] }, { events: [end(1)] })).toHaveLength(1);
		expect(differences({ events: [end(1)] }, { events: [end(2)] })).toHaveLength(2);
		const start = udp(5000, { event: 'NEW' });
		expect(differences({ events: [end(1), start] }, { events: [start, end(1)] })).toHaveLength(1);
	});

	it('may be told in another step if it expired, but not if it was brought about', () => {
		const late = (line: string, at: number) =>
			[0, 1].map((i) => ({ events: i === at ? [line] : [] }));
		expect(differences(late(expired(5000), 0), late(expired(5000), 1))).toEqual([]);
		expect(differences(late(end(5000), 0), late(end(5000), 1))).toHaveLength(2);
		expect(
			differences(late(expired(5000), 0), late(expired(5001, 5001), 1)).map(({ step }) => step)
		).toEqual([0, 1]);
		expect(differences(late(expired(5000), 0), [{}, {}])).toHaveLength(1);
	});

	it('knows the port that its entry had drawn', () => {
		const run = (port: number, at: number) =>
			[0, 1, 2].map((i) => ({
				events: i === 0 ? [udp(port, { event: 'NEW' })] : i === at ? [expired(port)] : []
			}));
		expect(differences(run(46046, 1), run(31007, 2))).toEqual([]);
		const other = run(31007, 1);
		other[1] = { events: [expired(31008)] };
		expect(differences(run(46046, 1), other)).toHaveLength(2);
	});
});
