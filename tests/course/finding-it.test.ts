// Each claim about behaviour in the lesson "Finding it on a real host", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { filtered, lessonScenario, natRules, walk } from './lesson-lab';

const told = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'table' && event.host === 'gateway' ? [event.change.kind] : []
	);
const output = ({ events }: LabStep) =>
	events.flatMap((event) => (event.kind === 'command' ? event.output : [])).join('\n');

describe('some get through, some do not', () => {
	const steps = walk(lessonScenario('finding-it'));

	test('one customer gets through, and an answer home', () => {
		expect(steps[1]!.out).toEqual(['internet/eth0 198.51.100.1:443 > 198.51.100.10:40000']);
	});

	test('the other passes the DNAT rule, and ends at FORWARD', () => {
		expect(natRules(steps[2]!, 'prerouting')).toBe('by a rule');
		expect(filtered(steps[2]!)).toBe('rule 1: drop');
		expect(steps[2]!.out).toEqual([]);
	});

	test('no event is told of it, and no statistics count it', () => {
		expect(told(steps[2]!)).toEqual([]);
		expect(output(steps[4]!)).toMatch(/insert_failed=0 drop=0/);
	});

	test('the counters of the DNAT rule and of the block list have', () => {
		expect(output(steps[3]!)).toContain('packets 2 bytes 80 dnat to 10.0.0.2:8443');
		expect(output(steps[3]!)).toContain('@blocked counter packets 1 bytes 40 drop');
	});
});

describe('nobody gets through', () => {
	const steps = walk(lessonScenario('finding-it-reply'));

	test('the SYN/ACK is dropped at FORWARD, and the table has seen it', () => {
		expect(filtered(steps[1]!)).toBe('policy: drop');
		expect(steps[1]!.out).toEqual([]);
		expect(steps[1]!.table[0]).toContain('SYN_RECV');
	});

	test('the events have not: the UPDATE is told by the next packet that gets through', () => {
		expect(told(steps[0]!)).toEqual(['new']);
		expect(told(steps[1]!)).toEqual([]);
		expect(told(steps[3]!)).toEqual(['update']);
	});
});
