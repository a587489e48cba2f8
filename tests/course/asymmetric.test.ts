// Each claim about behaviour in the lesson "Asymmetric ways", held against the engine.
import { describe, expect, test } from 'vitest';
import { filtered, lessonScenario, relation, walk } from './lesson-lab';

describe('the request one way, the reply another', () => {
	const steps = walk(lessonScenario('asymmetric'));

	test('the gateway sees the SYN, and does not see the SYN/ACK', () => {
		expect(filtered(steps[0]!)).toBe('rule 2: accept');
		expect(steps[0]!.table[0]).toContain('SYN_SENT');
		expect(steps[1]!.stations).toEqual([]);
		expect(steps[1]!.out).toEqual(['client/eth1 10.0.0.2:80 > 198.51.100.10:40000']);
	});

	test.each([2, 3])('packet %i of the client is INVALID, and dropped', (step) => {
		expect(relation(steps[step]!)).toBe('invalid');
		expect(filtered(steps[step]!)).toBe('rule 0: drop');
		expect(steps[step]!.out).toEqual([]);
	});

	test('the server’s second SYN/ACK reaches the client, too', () => {
		expect(steps[4]!.out).toHaveLength(1);
	});
});

describe('the gateway has not seen the beginning', () => {
	const scenario = lessonScenario('asymmetric-loose');
	const steps = walk(scenario);

	test('the ACK is NEW, and passes; so does what follows', () => {
		expect(relation(steps[0]!)).toBe('new');
		expect(steps[0]!.out).toHaveLength(1);
		expect(steps[1]!.out).toHaveLength(1);
	});

	test('the entry says ESTABLISHED and UNREPLIED, and has 300 seconds', () => {
		expect(steps[1]!.table[0]).toMatch(/^tcp 6 300 ESTABLISHED .*\[UNREPLIED\]/);
	});

	test('with nf_conntrack_tcp_loose=0 it is INVALID', () => {
		const strict = walk({
			...scenario,
			steps: [
				{ run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_tcp_loose=0' } },
				scenario.steps[0]!
			]
		});
		expect(relation(strict[1]!)).toBe('invalid');
		expect(strict[1]!.out).toEqual([]);
	});
});
