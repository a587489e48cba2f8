// Each claim about behaviour in the lesson "INVALID is not harmless", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, relation, rewrites, varied, walk } from './lesson-lab';

const hooks = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
	);

describe('the server’s segment out of the window', () => {
	const scenario = lessonScenario('invalid-not-harmless');
	const steps = walk(scenario);

	test('is INVALID, is not translated, and reaches the client from the inner address', () => {
		expect(relation(steps[3]!)).toBe('invalid');
		expect(rewrites(steps[3]!)).toEqual([]);
		expect(steps[3]!.out).toEqual(['client/eth0 10.0.0.2:8080 > 198.51.100.10:40000']);
	});

	test('the client’s RST is INVALID too, and reaches the server from the client’s address', () => {
		expect(relation(steps[4]!)).toBe('invalid');
		expect(steps[4]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
	});

	test('its sequence number is the one that the server waits for', () => {
		const acknowledged = scenario.steps[1] as { send: { packet: { tcp: { ack: number } } } };
		const rst = scenario.steps[4] as { send: { packet: { tcp: { seq: number } } } };
		expect(rst.send.packet.tcp.seq).toBe(acknowledged.send.packet.tcp.ack);
	});

	test('the entry has noticed nothing', () => {
		expect(steps[4]!.table).toEqual(steps[2]!.table);
		expect(steps[4]!.table[0]).toContain('ESTABLISHED');
	});

	test('if connection tracking is liberal the segment is translated', () => {
		const liberal = walk({
			...scenario,
			steps: [
				{
					run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=1' }
				},
				...scenario.steps.slice(0, 4)
			]
		});
		expect(liberal[4]!.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
	});

	test('a RST from before what has been acknowledged stays INVALID even so', () => {
		const stray = structuredClone(scenario.steps[3]!) as {
			send: { packet: { tcp: { flags: string; seq: number }; payload?: string } };
		};
		stray.send.packet.tcp.flags = 'R';
		stray.send.packet.tcp.seq = 3000;
		delete stray.send.packet.payload;
		const liberal = walk({
			...scenario,
			steps: [
				{
					run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=1' }
				},
				...scenario.steps.slice(0, 3),
				stray as (typeof scenario.steps)[number]
			]
		});
		expect(relation(liberal[4]!)).toBe('invalid');
	});
});

describe('the client’s segment out of the window', () => {
	const steps = walk(lessonScenario('invalid-not-harmless-request'));

	test('is not DNATed, is delivered to the gateway, and the gateway sends a RST', () => {
		expect(relation(steps[3]!)).toBe('invalid');
		expect(hooks(steps[3]!).slice(0, 2)).toEqual(['prerouting', 'input']);
		expect(hooks(steps[3]!)).not.toContain('forward');
		expect(steps[3]!.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
		expect(
			steps[3]!.events.some((event) => event.kind === 'begin' && event.origin === 'answer')
		).toBe(true);
	});
});

describe('the same behind masquerading', () => {
	const scenario = lessonScenario('invalid-not-harmless');
	const inner = { src: '10.0.0.2', dst: '198.51.100.10' };
	const send = (from: string, ip: object, tcp: object) => ({ send: { from, packet: { ip, tcp } } });
	const nft = `table ip nat {
		chain postrouting { type nat hook postrouting priority srcnat; policy accept;
			oifname "ext" masquerade
		}
	}`;
	const steps = walk(
		varied(scenario, {
			gateway: { nft },
			steps: [
				send('server/eth0', inner, { sport: 40000, dport: 443, flags: 'S', seq: 1000 }),
				{
					send: {
						from: 'client/eth0',
						replyTo: 0,
						packet: { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }
					}
				},
				send('server/eth0', inner, { sport: 40000, dport: 443, flags: 'A', seq: 1001, ack: 5001 }),
				send('server/eth0', inner, {
					sport: 40000,
					dport: 443,
					flags: 'A',
					seq: 3001001,
					ack: 5001
				}),
				send(
					'client/eth0',
					{ src: '198.51.100.10', dst: '198.51.100.1' },
					{ sport: 443, dport: 40000, flags: 'A', seq: 2005001, ack: 1001 }
				)
			]
		})
	);

	test('a stray segment from inside leaves with its private source address', () => {
		expect(relation(steps[3]!)).toBe('invalid');
		expect(steps[3]!.out).toEqual(['client/eth0 10.0.0.2:40000 > 198.51.100.10:443']);
	});

	test('a stray reply is answered by the gateway, from the address and port of the connection', () => {
		expect(hooks(steps[4]!).slice(0, 2)).toEqual(['prerouting', 'input']);
		expect(steps[4]!.out).toEqual(['client/eth0 198.51.100.1:40000 > 198.51.100.10:443']);
	});
});
