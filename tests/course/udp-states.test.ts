// Each claim about behaviour in the lesson "UDP has states too", held against the engine.
import { describe, expect, test } from 'vitest';
import { filtered, lessonScenario, relation, walk } from './lesson-lab';

const kind = (table: readonly string[]) =>
	/^udp 17 (\d+) /.exec(table[0] ?? '')?.[1] +
	(/\[(UNREPLIED|ASSURED)\]/.exec(table[0] ?? '')?.[0] ?? '');

describe('a tunnel that falls silent', () => {
	const scenario = lessonScenario('udp-states');
	const steps = walk(scenario);

	test('unreplied, replied, and still 30 seconds after one second', () => {
		expect(kind(steps[0]!.table)).toBe('30[UNREPLIED]');
		expect(kind(steps[1]!.table)).toBe('30');
		expect(kind(steps[4]!.table)).toBe('30');
	});

	test('assured, with 120 seconds, once both still speak after two seconds', () => {
		expect(kind(steps[6]!.table)).toBe('120[ASSURED]');
	});

	test('a rule sees NEW, then ESTABLISHED', () => {
		expect([relation(steps[0]!), relation(steps[1]!), relation(steps[7]!)]).toEqual([
			'new',
			'established',
			'established'
		]);
	});

	test('after a minute the server gets through; after 121 seconds more it does not', () => {
		expect(steps[9]!.out).toHaveLength(1);
		expect(steps[10]!.table).toEqual([]);
		expect([relation(steps[11]!), filtered(steps[11]!)]).toEqual(['new', 'policy: drop']);
	});

	const [query, answer] = scenario.steps;
	const hundred = { advance: 100 } as const;

	test('a flow in which only one side speaks stays unreplied and NEW', () => {
		const monologue = walk({
			...scenario,
			steps: [query!, { advance: 20 }, query!, { advance: 20 }, query!]
		});
		expect(kind(monologue[4]!.table)).toBe('30[UNREPLIED]');
		expect(relation(monologue[4]!)).toBe('new');
	});

	test('an exchange every 100 seconds never makes an entry assured, and each finds none', () => {
		const seldom = walk({
			...scenario,
			steps: [query!, answer!, hundred, query!, answer!, hundred]
		});
		expect(kind(seldom[4]!.table)).toBe('30');
		expect(seldom[2]!.table).toEqual([]);
		expect(seldom[5]!.table).toEqual([]);
	});

	test('one that is assured already lives on with a packet every 100 seconds', () => {
		const kept = walk({
			...scenario,
			steps: [...scenario.steps.slice(0, 7), hundred, query!, hundred, query!]
		});
		expect(kind(kept.at(-1)!.table)).toBe('120[ASSURED]');
	});

	test('a hundred datagrams in the first second leave it at 30', () => {
		const many = walk({
			...scenario,
			steps: [...scenario.steps.slice(0, 2), ...Array(100).fill(scenario.steps[0]!)]
		});
		expect(kind(many.at(-1)!.table)).toBe('30');
	});
});

test('a question and its answer are forgotten after 30 seconds', () => {
	const steps = walk(lessonScenario('udp-states-query'));
	expect(steps[2]!.table).toEqual([]);
	expect([relation(steps[3]!), filtered(steps[3]!)]).toEqual(['new', 'policy: drop']);
});
