// Each claim about behaviour in the lesson "Two packets race", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, relation, walk } from './lesson-lab';

/** What `conntrack -S` says after the race. */
const statistics = ({ events }: LabStep) =>
	Object.fromEntries(
		[
			...events
				.find((event) => event.kind === 'command')!
				.output.join(' ')
				.matchAll(/(\w+)=(\d+)/g)
		].map(([, name, value]) => [name!, Number(value)])
	);

const confirmed = ({ stations }: LabStep) =>
	stations.flatMap(({ outcome }) => (outcome.kind === 'confirm' ? [outcome.outcome] : []));

describe('two SYNs', () => {
	const steps = walk(lessonScenario('races'));

	test('both are new: the held one’s entry cannot be found', () => {
		expect([relation(steps[0]!), relation(steps[1]!)]).toEqual(['new', 'new']);
		expect(steps[0]!.table).toEqual([]);
	});

	test('the second is confirmed, the first is dropped at its end', () => {
		expect(confirmed(steps[1]!)).toEqual(['inserted']);
		expect(confirmed(steps[2]!)).toEqual(['insert_failed']);
		expect(steps[2]!.out).toEqual([]);
		expect(steps[2]!.table).toEqual(steps[1]!.table);
		expect(statistics(steps[3]!)).toMatchObject({ insert_failed: 1, drop: 1, clash_resolve: 0 });
	});
});

describe('two lookups, two name servers', () => {
	const scenario = lessonScenario('races-dns');
	const steps = walk(scenario);

	test('are given different ones, and both go out', () => {
		expect(steps[1]!.out).toEqual(['dns2/eth0 10.1.0.7:40000 > 10.0.1.54:53']);
		expect(steps[2]!.out).toEqual(['dns1/eth0 10.1.0.7:40000 > 10.0.0.53:53']);
		expect(confirmed(steps[2]!)).toEqual(['beside']);
		expect(statistics(steps[3]!)).toMatchObject({ insert_failed: 0, drop: 0, clash_resolve: 1 });
	});

	test('both answers come home, as from the service', () => {
		for (const step of [4, 5])
			expect(steps[step]!.out).toEqual(['pod/eth0 10.96.0.10:53 > 10.1.0.7:40000']);
	});

	test('what the program sends next goes to the winner’s name server', () => {
		const next = walk({ ...scenario, steps: [...scenario.steps.slice(0, 3), scenario.steps[1]!] });
		expect(next[3]!.out).toEqual(['dns2/eth0 10.1.0.7:40000 > 10.0.1.54:53']);
	});

	test('the entry beside the winner’s lives for a second', () => {
		const late = walk({
			...scenario,
			steps: [...scenario.steps.slice(0, 3), { advance: 2 }, scenario.steps[5]!]
		});
		expect(late[4]!.out).not.toEqual(['pod/eth0 10.96.0.10:53 > 10.1.0.7:40000']);
	});
});

describe('two lookups, one name server', () => {
	const steps = walk(lessonScenario('races-dns-one'));

	test('the loser goes out with the winner’s entry', () => {
		expect(confirmed(steps[2]!)).toEqual(['merged']);
		expect(steps[2]!.out).toEqual(['dns1/eth0 10.1.0.7:40000 > 10.0.0.53:53']);
		expect(steps[2]!.table).toHaveLength(1);
		expect(statistics(steps[3]!)).toMatchObject({ insert_failed: 0, clash_resolve: 1 });
	});
});
