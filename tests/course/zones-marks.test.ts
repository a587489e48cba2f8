// Each claim about behaviour in the lesson "The same tuple twice", held against the engine.
import { describe, expect, test } from 'vitest';
import { lessonScenario, natRules, relation, rulesOf, varied, walk } from './lesson-lab';

const marks = (table: readonly string[]) =>
	table.map((line) => Number(/mark=(\d+)/.exec(line)?.[1] ?? 0));

describe('two customers, one tuple', () => {
	const steps = walk(lessonScenario('zones-marks'));

	test('blue’s reading fits red’s entry, and goes to red’s collector', () => {
		expect(natRules(steps[1]!, 'prerouting')).toBe('already decided');
		expect(steps[1]!.out).toEqual(['collector1/eth0 192.168.0.5:5000 > 172.16.1.2:5000']);
		expect(steps[1]!.table).toHaveLength(1);
	});

	test('both write their mark on it', () => {
		expect(steps.map(({ table }) => marks(table))).toEqual([[1], [2], [1]]);
	});
});

describe('a zone for each', () => {
	const scenario = lessonScenario('zones-marks-zones');
	const steps = walk(scenario);

	test('each has its own flow, and its own first packet', () => {
		expect(natRules(steps[0]!, 'prerouting')).toBe('by a rule');
		expect(natRules(steps[1]!, 'prerouting')).toBe('by a rule');
		expect(natRules(steps[2]!, 'prerouting')).toBe('already decided');
		expect(steps[2]!.table).toHaveLength(2);
		expect(marks(steps[2]!.table)).toEqual([1, 2]);
	});

	test('each reading goes to its own collector', () => {
		expect([steps[0]!.out, steps[1]!.out, steps[2]!.out]).toEqual([
			['collector1/eth0 192.168.0.5:5000 > 172.16.1.2:5000'],
			['collector2/eth0 192.168.0.5:5000 > 172.16.2.2:5000'],
			['collector1/eth0 192.168.0.5:5000 > 172.16.1.2:5000']
		]);
	});

	test('-D with a zone deletes that customer’s flows only', () => {
		expect(steps[3]!.table).toHaveLength(1);
		expect(steps[3]!.table[0]).toContain('zone=1');
	});

	const answer = {
		send: {
			from: 'collector2/eth0',
			packet: { ip: { src: '172.16.2.2', dst: '192.168.0.5' }, udp: { sport: 5000, dport: 5000 } }
		}
	};

	test('an answer is looked up without a zone, and is NEW', () => {
		const answered = walk(varied(scenario, { steps: [scenario.steps[1], answer] }));
		expect(relation(answered[1]!)).toBe('new');
	});

	test('with a zone in the original direction only, it finds its entry', () => {
		const nft = rulesOf(scenario).replaceAll('ct zone set', 'ct original zone set');
		const answered = walk(
			varied(scenario, { gateway: { nft }, steps: [scenario.steps[1], answer] })
		);
		expect(relation(answered[1]!)).toBe('established');
	});
});
