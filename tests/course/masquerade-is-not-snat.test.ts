// Each claim about behaviour in the lesson "MASQUERADE is not SNAT", held against the engine.
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { lessonScenario, natRules, rulesOf, varied, walk } from './lesson-lab';

describe('snat, and the address changes', () => {
	const steps = walk(lessonScenario('masquerade-is-not-snat-snat'));

	test('the entry stays, and keepalives go out from the old address', () => {
		expect(steps[4]!.table).toHaveLength(1);
		for (const step of [5, 7])
			expect(steps[step]!.out).toEqual(['server/eth0 203.0.113.2:5060 > 203.0.113.80:5060']);
	});

	test('each keepalive renews the entry', () => {
		expect(steps[6]!.table[0]).toMatch(/^udp 17 100 /);
		expect(steps[7]!.table[0]).toMatch(/^udp 17 120 /);
	});
});

describe('masquerade, and the address changes', () => {
	const scenario = lessonScenario('masquerade-is-not-snat');
	const steps = walk(scenario);

	test('the entry goes with the address', () => {
		expect(steps[2]!.table).toHaveLength(1);
		expect(steps[3]!.table).toEqual([]);
	});

	test('the next keepalive asks the rule, and goes on from the new address', () => {
		expect(natRules(steps[5]!, 'postrouting')).toBe('by a rule');
		expect(steps[5]!.out).toEqual(['server/eth0 203.0.113.9:5060 > 203.0.113.80:5060']);
		expect(steps[6]!.out).toEqual(['phone/eth0 203.0.113.80:5060 > 192.168.1.10:5060']);
	});

	/** The phone's flow, and then two packets more when its route leads to another interface. */
	const reroute = (action: string) => {
		const interfaces = {
			...scenario.hosts['gateway']!.interfaces,
			other: { address: ['203.0.112.2/24'] }
		};
		const twoLines: Scenario = {
			...scenario,
			hosts: {
				...scenario.hosts,
				elsewhere: { kind: 'wire', interfaces: { eth0: { address: ['203.0.112.1/24'] } } }
			},
			links: [...scenario.links, ['gateway/other', 'elsewhere/eth0']]
		};
		const nft = rulesOf(scenario).replace('oifname "ext" counter masquerade', action);
		const keepalive = scenario.steps[0];
		const moved = {
			run: { on: 'gateway', command: 'ip route add 203.0.113.80/32 via 203.0.112.1' }
		};
		return walk(
			varied(twoLines, {
				gateway: { interfaces, nft },
				steps: [keepalive, moved, keepalive, keepalive]
			})
		);
	};

	test('a flow whose route leads to another interface loses its entry with the packet', () => {
		const rerouted = reroute('oifname != "int" masquerade');
		expect(rerouted[2]!.out).toEqual([]);
		expect(rerouted[2]!.table).toEqual([]);
		expect(rerouted[3]!.out).toEqual(['elsewhere/eth0 203.0.112.2:5060 > 203.0.113.80:5060']);
	});

	test('with snat it keeps the first line’s address, whatever rule there is for the other', () => {
		const rerouted = reroute(
			'oifname "ext" snat to 203.0.113.2; oifname "other" snat to 203.0.112.2'
		);
		for (const step of [2, 3])
			expect(rerouted[step]!.out).toEqual(['elsewhere/eth0 203.0.113.2:5060 > 203.0.113.80:5060']);
	});

	test('it stays when another address of the interface is deleted', () => {
		const kept = walk({
			...scenario,
			steps: [
				scenario.steps[0]!,
				{ run: { on: 'gateway', command: 'ip addr add 203.0.113.7/24 dev ext' } },
				{ run: { on: 'gateway', command: 'ip addr del 203.0.113.7/24 dev ext' } }
			]
		});
		expect(kept[2]!.table).toHaveLength(1);
	});
});

describe('a link goes down for a moment', () => {
	const scenario = lessonScenario('masquerade-is-not-snat-flap');

	test('masqueraded entries are gone', () => {
		const steps = walk(scenario);
		expect(steps[1]!.table).toHaveLength(1);
		expect(steps[2]!.table).toEqual([]);
	});

	test('those of snat stay', () => {
		const steps = walk({
			...lessonScenario('masquerade-is-not-snat-snat'),
			steps: scenario.steps
		});
		expect(steps[3]!.table).toHaveLength(1);
	});

	describe('in the middle of a TCP connection', () => {
		const ip = { src: '192.168.1.10', dst: '203.0.113.80' };
		const client = (tcp: object) => ({
			send: {
				from: 'phone/eth0',
				packet: { ip, tcp: { sport: 40000, dport: 80, ...tcp } }
			}
		});
		const server = (tcp: object) => ({
			send: { from: 'server/eth0', replyTo: 0, packet: { tcp } }
		});
		const after = (step: object) =>
			walk(
				varied(scenario, {
					steps: [
						client({ flags: 'S', seq: 1000 }),
						server({ flags: 'SA', seq: 5000, ack: 1001 }),
						client({ flags: 'A', seq: 1001, ack: 5001 }),
						...scenario.steps.slice(2),
						step
					]
				})
			);

		test('the client’s next packet gets the same address and port, and the connection goes on', () => {
			const steps = after(client({ flags: 'A', seq: 1001, ack: 5001 }));
			expect(steps[3]!.table).toEqual([]);
			expect(steps[5]!.out).toEqual(['server/eth0 203.0.113.2:40000 > 203.0.113.80:80']);
		});

		test('the server’s is delivered to the gateway, which answers with a RST', () => {
			const [answer] = after(server({ flags: 'A', seq: 5001, ack: 1001 })).slice(5);
			expect(answer!.out).toEqual(['server/eth0 203.0.113.2:40000 > 203.0.113.80:80']);
			expect(answer!.events).toContainEqual(
				expect.objectContaining({ kind: 'begin', host: 'gateway', origin: 'answer' })
			);
		});
	});
});
