// Each claim about behaviour in the lesson "The rule changed, the flow did not", held against the engine.
import { describe, expect, test } from 'vitest';
import { lessonScenario, natRules, relation, rewrites, rulesOf, varied, walk } from './lesson-lab';

describe('the rule has moved', () => {
	const scenario = lessonScenario('rules-changed-flow-not');
	const steps = walk(scenario);

	test('the flow goes on to the old collector: NEW still, but decided', () => {
		for (const step of [3, 5]) {
			expect(relation(steps[step]!)).toBe('new');
			expect(natRules(steps[step]!, 'prerouting')).toBe('already decided');
			expect(steps[step]!.out).toEqual(['old/eth0 198.51.100.10:40000 > 10.0.0.2:514']);
		}
	});

	test('after 20 quiet seconds 10 are left, and the next datagram sets them back to 30', () => {
		expect(steps[4]!.table[0]).toMatch(/^udp 17 10 /);
		expect(steps[5]!.table[0]).toMatch(/^udp 17 30 /);
	});

	test('30 quiet seconds would have ended it', () => {
		const quiet = walk({
			...scenario,
			steps: [scenario.steps[0]!, scenario.steps[2]!, { advance: 30 }, scenario.steps[0]!]
		});
		expect(quiet[2]!.table).toEqual([]);
		expect(quiet[3]!.out).toEqual(['new/eth0 198.51.100.10:40000 > 10.0.1.3:514']);
	});

	test('an unreachable from the old collector goes to the device, and the entry stays', () => {
		const told = walk(
			varied(scenario, {
				steps: [
					scenario.steps[0]!,
					{
						send: {
							from: 'old/eth0',
							packet: {
								ip: { src: '10.0.0.2', dst: '198.51.100.10' },
								icmp: { type: 3, code: 3, innerFrom: 0 }
							}
						}
					}
				]
			})
		);
		expect(told[1]!.out).toHaveLength(1);
		expect(told[1]!.table).toHaveLength(1);
	});

	test('another port is another flow, and meets the new rule', () => {
		expect(natRules(steps[6]!, 'prerouting')).toBe('by a rule');
		expect(steps[6]!.out).toEqual(['new/eth0 198.51.100.10:40001 > 10.0.1.3:514']);
	});

	test('once the entry is deleted, the same datagram meets the new rule', () => {
		expect(steps[7]!.table).toHaveLength(1);
		expect(steps[7]!.table[0]).toContain('sport=40001');
		expect(scenario.steps[8]).toEqual(scenario.steps[0]);
		expect(steps[8]!.out).toEqual(['new/eth0 198.51.100.10:40000 > 10.0.1.3:514']);
	});
});

describe('the entry of an open TCP connection is deleted', () => {
	const scenario = lessonScenario('rules-changed-flow-not');
	const nft = rulesOf(scenario).replace('udp dport', 'tcp dport');
	const ip = { src: '198.51.100.10', dst: '198.51.100.1' };
	const ports = { sport: 40000, dport: 514 };
	const client = (tcp: object, more?: { payload: string }) => ({
		send: { from: 'client/eth0', packet: { ip, tcp: { ...ports, ...tcp }, ...more } }
	});
	const open = [
		client({ flags: 'S', seq: 1000 }),
		{
			send: {
				from: 'old/eth0',
				replyTo: 0,
				packet: { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }
			}
		},
		client({ flags: 'A', seq: 1001, ack: 5001 })
	];
	const after = (...steps: object[]) =>
		walk(varied(scenario, { gateway: { nft }, steps: [...open, ...steps] }));
	const flush = { run: { on: 'gateway', command: 'conntrack -F' } };
	const next = client({ flags: 'PA', seq: 1001, ack: 5001 }, { payload: 'log' });

	test('with the same rule the client’s next packet goes where it went before', () => {
		const steps = after(flush, next);
		expect(steps[3]!.table).toEqual([]);
		expect(steps[4]!.out).toEqual(['old/eth0 198.51.100.10:40000 > 10.0.0.2:514']);
	});

	test('with a changed rule it goes to the new server, whose RST is translated back', () => {
		const steps = after(
			{
				run: {
					on: 'gateway',
					command:
						'nft replace rule ip nat prerouting handle 2 iifname ext tcp dport 514 counter dnat to 10.0.1.3'
				}
			},
			flush,
			next,
			{ send: { from: 'new/eth0', replyTo: 5, packet: { tcp: { flags: 'R', seq: 5001 } } } }
		);
		expect(steps[5]!.out).toEqual(['new/eth0 198.51.100.10:40000 > 10.0.1.3:514']);
		expect(steps[6]!.out).toEqual(['client/eth0 198.51.100.1:514 > 198.51.100.10:40000']);
	});
});

describe('the last NAT chain goes', () => {
	const steps = walk(lessonScenario('rules-changed-flow-not-last-chain'));

	test('an empty chain keeps translation on', () => {
		expect(rewrites(steps[2]!)).toEqual(['prerouting dst: 198.51.100.1 > 10.0.0.2']);
	});

	test('without any, the entry stays and does not translate: the gateway refuses the datagram', () => {
		expect(steps[4]!.table[0]).toContain('src=10.0.0.2');
		expect(rewrites(steps[4]!)).toEqual([]);
		expect(steps[4]!.out).toEqual(['client/eth0 198.51.100.1 > 198.51.100.10']);
	});

	test('rules that are replaced in one transaction leave no such moment', () => {
		const scenario = lessonScenario('rules-changed-flow-not');
		expect(scenario.steps[2]).toMatchObject({
			run: { command: expect.stringContaining('replace') }
		});
		expect(rewrites(walk(scenario)[3]!)).toEqual(['prerouting dst: 198.51.100.1 > 10.0.0.2']);
	});
});
