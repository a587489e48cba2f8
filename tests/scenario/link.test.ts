import { deflateSync } from 'fflate';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MOST_PACKED, MOST_UNPACKED, pack, unpack } from '../../src/lib/scenario/packed';
import { LIMITS, elementsOf } from '../../src/lib/scenario/limits';
import { readScenario, scenarioFromLink, scenarioToLink } from '../../src/lib/scenario/link';
import { fromBase64url, toBase64url } from '../../src/lib/scenario/base64url';
import type { Scenario } from '../../src/lib/scenario/scenario';

const folder = 'content/scenarios';
const lessons = readdirSync(folder).map(
	(file) => [file, JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Scenario] as const
);

const small: Scenario = {
	version: 1,
	hosts: {
		a: { kind: 'wire', interfaces: { e: { address: '10.0.0.1/24', via: '10.0.0.2' } } },
		g: { kind: 'linux', interfaces: { e: { address: '10.0.0.2/24' } } }
	},
	links: [['a/e', 'g/e']],
	steps: [{ send: { from: 'a/e', packet: { ip: { src: '10.0.0.1', dst: '10.0.0.2' }, udp: {} } } }]
};

/** What a link says that holds this value instead of a scenario. */
function told(value: unknown): string[] {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const read = scenarioFromLink(pack(text));
	return read.ok ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a scenario in a link', () => {
	test.each(lessons)('%s goes into a link and comes back', (_, scenario) => {
		const link = scenarioToLink(scenario);
		expect(link.ok).toBe(true);
		if (!link.ok) return;
		expect(link.packed).toMatch(/^[A-Za-z0-9_-]+$/);
		expect(link.packed.length).toBeLessThan(MOST_PACKED / 2);
		expect(scenarioFromLink(link.packed)).toEqual({ ok: true, scenario });
	});

	test('one that would be too long is not cut: its size is told', () => {
		let noise = 1;
		const letters = Array.from({ length: 20_000 }, () => {
			noise = (noise * 48_271) % 2_147_483_647;
			return String.fromCharCode(33 + (noise % 90));
		});
		const link = scenarioToLink({ ...small, title: letters.join('') });
		expect(link).toMatchObject({ ok: false });
		if (!link.ok) expect(link.size).toBeGreaterThan(link.most);
		// It packs well, but nobody would read it.
		const long = scenarioToLink({ ...small, title: 'a'.repeat(MOST_UNPACKED) });
		expect(long).toMatchObject({ ok: false, most: MOST_UNPACKED });
	});
});

describe('base64url', () => {
	test('is what Node makes of it, for any length', () => {
		for (let length = 0; length < 70; length++) {
			const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 31) & 255);
			const text = Buffer.from(bytes).toString('base64url');
			expect(toBase64url(bytes)).toBe(text);
			expect(fromBase64url(text)).toEqual(bytes);
		}
	});
});

describe('the packed text', () => {
	test('holds any text', () => {
		for (const text of ['', 'a', '规则 "ct state"\n\u0000', '🙂'.repeat(500)])
			expect(unpack(pack(text))).toEqual({ ok: true, text });
	});

	test('64 KiB come out, and not a byte more', () => {
		expect(unpack(pack('a'.repeat(MOST_UNPACKED)))).toMatchObject({ ok: true });
		expect(unpack(pack('a'.repeat(MOST_UNPACKED + 1)))).toEqual({ ok: false, why: 'long' });
		expect(unpack(pack('ab'), 1)).toEqual({ ok: false, why: 'long' });
	});

	test('a bomb is put out: 5 MB in less than 8 kB', () => {
		const bomb = pack('a'.repeat(5_000_000));
		expect(bomb.length).toBeLessThan(MOST_PACKED);
		expect(unpack(bomb)).toEqual({ ok: false, why: 'long' });
	});

	test('8 kB are read, and not a letter more', () => {
		expect(unpack('A'.repeat(MOST_PACKED + 1))).toEqual({ ok: false, why: 'long' });
		expect(unpack('A'.repeat(MOST_PACKED))).not.toMatchObject({ why: 'long' });
	});

	test('what is no base64url, cut off or no UTF-8 is told apart', () => {
		for (const text of ['', '%', 'a+b/', 'YQ==', 'äöü', 'AAAAA', ' AAAA'])
			expect(unpack(text), text).toEqual({ ok: false, why: 'form' });
		const whole = pack(JSON.stringify(small));
		for (const length of [2, 10, whole.length - 4])
			expect(unpack(whole.slice(0, length))).toEqual({ ok: false, why: 'broken' });
		const bytes = deflateSync(new Uint8Array([0xff, 0xfe, 0x80]));
		const noText = Buffer.from(bytes).toString('base64url');
		expect(unpack(noText)).toEqual({ ok: false, why: 'broken' });
	});
});

describe('a hostile link', () => {
	test('what is no JSON or no scenario says where', () => {
		expect(told('{"version":1,\n  "hosts" {}}')).toEqual([
			'line 2, column 11: this is not JSON (colon expected)'
		]);
		expect(told('null').length).toBeGreaterThan(0);
		expect(told('[]').length).toBeGreaterThan(0);
		expect(told({ ...small, version: 2 })).toEqual([
			'version: expected 1, the only version there is'
		]);
		expect(told({ ...small, steps: [{ release: 0 }] })[0]).toMatch(/^steps\[0\]\.release: /);
	});

	test('names that JavaScript has for something else change nothing', () => {
		for (const [text, place] of [
			['{"__proto__":{"polluted":1}}', '__proto__'],
			['{"hosts":{"constructor":{"prototype":{"polluted":1}}}}', 'hosts.constructor'],
			['{"steps":[{"advance":1,"__proto__":{"polluted":1}}]}', 'steps[0].__proto__']
		] as const)
			expect(told(text)).toEqual([
				`${place}: \`${place.split('.').at(-1)}\` cannot be a name here`
			]);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('depth is refused before anything goes down into it', () => {
		const deep = 30_000;
		expect(told('['.repeat(deep) + ']'.repeat(deep))[0]).toMatch(/deeper than 40 levels/);
		const quoted = '{"icmp":{"type":3,"inner":'.repeat(1500) + '{}' + '}}'.repeat(1500);
		expect(
			told(
				`{"version":1,"hosts":{},"links":[],"steps":[{"send":{"from":"a","packet":${quoted}}}]}`
			)[0]
		).toMatch(/deeper than 40 levels/);
	});

	test('crowds are counted before they are let in', () => {
		const many = <T>(size: number, make: (i: number) => T) =>
			Array.from({ length: size }, (_, i) => make(i));
		const hosts = Object.fromEntries(many(65, (i) => [`h${i}`, { kind: 'linux', interfaces: {} }]));
		expect(told({ ...small, hosts })).toEqual(['hosts: 65 hosts; no more than 64 are opened here']);
		const steps = many(3000, () => ({ advance: 1 }));
		expect(told({ ...small, steps })).toEqual([]);
		const file = JSON.stringify({
			...small,
			steps: many(LIMITS.steps + 1, () => ({ advance: 1 }))
		});
		expect(readScenario(file)).toMatchObject({
			ok: false,
			errors: [{ path: 'steps', message: '10,001 steps; no more than 10,000 are opened here' }]
		});
		expect(readScenario(' '.repeat(LIMITS.characters + 1))).toMatchObject({
			ok: false,
			errors: [{ path: '(file)' }]
		});
	});

	test('chains that call chains that call chains do not hold the page up', () => {
		const calls = (to: number) => `${`jump c${to}; `.repeat(16)}`;
		const chains = Array.from({ length: 14 }, (_, i) =>
			i === 0 ? 'chain c0 { counter; }' : `chain c${i} { ${calls(i - 1)} }`
		);
		const nft = [
			'table ip t {',
			...chains,
			'chain in { type filter hook input priority 0; jump c13; }',
			'}'
		];
		const scenario = { ...small, hosts: { ...small.hosts, g: { ...small.hosts.g, nft } } };
		expect(told(scenario)).toEqual([
			expect.stringMatching(/^steps\[0\]: .*more rules than can be recorded/)
		]);
	});

	test('packets that go round and round in crowds are given up', () => {
		const loop: Scenario = {
			version: 1,
			hosts: {
				a: { kind: 'wire', interfaces: { e: { address: '10.0.0.1/24', via: '10.0.0.2' } } },
				g: {
					kind: 'linux',
					interfaces: { e: { address: '10.0.0.2/24' }, f: { address: '10.1.0.1/24', mtu: 68 } },
					routes: [{ to: 'default', via: '10.1.0.2' }],
					sysctl: { 'net.ipv4.ip_forward': 1 }
				},
				h: {
					kind: 'linux',
					interfaces: { f: { address: '10.1.0.2/24', mtu: 68 } },
					routes: [{ to: 'default', via: '10.1.0.1' }],
					sysctl: { 'net.ipv4.ip_forward': 1 }
				}
			},
			links: [
				['a/e', 'g/e'],
				['g/f', 'h/f']
			],
			steps: Array.from({ length: 200 }, (_, i) => ({
				send: {
					from: 'a/e',
					packet: {
						ip: { src: '10.0.0.1', dst: '192.0.2.1', ttl: 255, id: i },
						udp: {},
						payload: 'x'.repeat(200)
					}
				}
			}))
		};
		expect(told(loop)).toEqual([
			expect.stringMatching(/^steps\[\d+\]: the run comes to more than 250,000 events/)
		]);
	});

	test('a line of ipset that stands for millions is not carried out', () => {
		expect(elementsOf('create s hash:ip\nadd s 10.0.0.0/12\nadd s 10.0.0.1')).toBe(2 ** 20 + 1);
		expect(elementsOf('add s 10.0.0.0-10.0.0.9,tcp:1-100')).toBe(1000);
		expect(elementsOf('create n hash:net\nadd n 10.0.0.0/8')).toBe(1);
		const ipset = ['create s hash:ip,port', 'add s 10.0.0.0/12,tcp:0-65535'];
		const scenario = { ...small, hosts: { ...small.hosts, g: { ...small.hosts.g, ipset } } };
		expect(told(scenario)).toEqual([
			'hosts.g.ipset: the sets come to 68,719,476,736 elements; no more than 200,000 are made here'
		]);
	});
});
