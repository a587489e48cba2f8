// Each claim about behaviour in the lesson "The rule changed, the flow did not", held against the engine.
import { describe, expect, test } from 'vitest';
import { lessonScenario, natRules, relation, rewrites, walk } from './lesson-lab';

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
		const told = walk({
			...scenario,
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
			] as typeof scenario.steps
		});
		expect(told[1]!.out).toHaveLength(1);
		expect(told[1]!.table).toHaveLength(1);
	});

	test('another port is another flow, and meets the new rule', () => {
		expect(natRules(steps[6]!, 'prerouting')).toBe('by a rule');
		expect(steps[6]!.out).toEqual(['new/eth0 198.51.100.10:40001 > 10.0.1.3:514']);
	});

	test('once the entry is deleted, the same datagram meets the new rule', () => {
		expect(steps[7]!.table).toEqual([]);
		expect(scenario.steps[8]).toEqual(scenario.steps[0]);
		expect(steps[8]!.out).toEqual(['new/eth0 198.51.100.10:40000 > 10.0.1.3:514']);
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
