// Each claim about behaviour in the lesson "One flow, two tuples", held against the engine.
import { describe, expect, test } from 'vitest';
import { ORIGINAL, REPLY } from '../../src/lib/engine';
import { filtered, lessonScenario, relation, walk } from './lesson-lab';

const foretold =
	'src=192.0.2.10 dst=203.0.113.53 sport=40000 dport=53 [UNREPLIED] ' +
	'src=203.0.113.53 dst=192.0.2.10 sport=53 dport=40000';

describe('what the table foretells', () => {
	const steps = walk(lessonScenario('two-tuples'));

	test('the reply tuple stands there with the first packet, not replied to', () => {
		expect(steps[0]!.table).toHaveLength(1);
		expect(steps[0]!.table[0]).toContain(foretold);
	});

	test('the answer fits it: ESTABLISHED, reply direction, still one entry', () => {
		expect(relation(steps[1]!)).toBe('established');
		const tracked = steps[1]!.stations.find(({ outcome }) => outcome.kind === 'conntrack');
		expect(tracked!.outcome).toMatchObject({ direction: REPLY, created: false });
		expect(steps[1]!.table).toHaveLength(1);
		expect(steps[1]!.table[0]).toContain(foretold.replace('[UNREPLIED] ', ''));
	});

	test('an answer from the other address is NEW, and is dropped by the policy', () => {
		expect([relation(steps[2]!), filtered(steps[2]!)]).toEqual(['new', 'policy: drop']);
		expect(steps[2]!.table).toEqual(steps[1]!.table);
	});

	test('a ping has type, code and id in place of ports, and foretells type 0', () => {
		expect(steps[3]!.table.find((line) => line.startsWith('icmp'))).toContain(
			'dst=203.0.113.53 type=8 code=0 id=7 [UNREPLIED] src=203.0.113.53 dst=192.0.2.10 type=0 code=0 id=7'
		);
		expect(relation(steps[4]!)).toBe('established');
	});
});

describe('another query, another answer', () => {
	const scenario = lessonScenario('two-tuples');
	const [query, answer] = [scenario.steps[0]!, scenario.steps[1]!];

	test('a query from the same port adds no line, one from another port does', () => {
		const elsewhere = JSON.parse(
			JSON.stringify(query).replaceAll('40000', '40001')
		) as typeof query;
		const steps = walk({ ...scenario, steps: [query, answer, query, elsewhere] });
		expect(steps.map(({ table }) => table.length)).toEqual([1, 1, 1, 2]);
	});

	test('a second answer passes like the first, until the entry runs out', () => {
		const steps = walk({ ...scenario, steps: [query, answer, answer, { advance: 121 }, answer] });
		expect([filtered(steps[2]!), relation(steps[2]!)]).toEqual([
			filtered(steps[1]!),
			'established'
		]);
		expect(steps[2]!.out).toEqual(steps[1]!.out);
		expect(filtered(steps[4]!)).toBe('policy: drop');
	});
});

describe('the same flow by another interface', () => {
	test('is the same flow', () => {
		const scenario = lessonScenario('two-tuples');
		const query = scenario.steps[0]!;
		// The client's own packet, but it comes in on the other side.
		const again = structuredClone(query) as { send: { from: string } };
		again.send.from = 'dns/eth0';
		const steps = walk({ ...scenario, steps: [query, again as typeof query] });
		expect(steps[1]!.table).toHaveLength(1);
		expect(
			steps[1]!.stations.find(({ outcome }) => outcome.kind === 'conntrack')!.outcome
		).toMatchObject({ created: false, direction: ORIGINAL });
	});
});

describe('two mirrored rules', () => {
	const steps = walk(lessonScenario('two-tuples-mirror'));

	test('query and answer pass', () => {
		expect(steps[0]!.out).toEqual(['dns/eth0 192.0.2.10:40000 > 203.0.113.53:53']);
		expect(steps[1]!.out).toEqual(['client/eth0 203.0.113.53:53 > 192.0.2.10:40000']);
	});

	test('so does a packet to port 161 that nobody asked for', () => {
		expect(relation(steps[2]!)).toBe('new');
		expect(filtered(steps[2]!)).toBe('rule 1: accept');
		expect(steps[2]!.out).toEqual(['client/eth0 203.0.113.54:53 > 192.0.2.10:161']);
	});

	test('an entry of one unanswered query lives thirty seconds', () => {
		expect(steps[0]!.table[0]).toMatch(/^udp 17 30 /);
	});
});
