// Each claim about behaviour in the lesson "The table is full", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, relation, rulesOf, varied, walk } from './lesson-lab';

const output = ({ events }: LabStep) =>
	events.flatMap((event) => (event.kind === 'command' ? event.output : [])).join('\n');

/** Whether connection tracking let the packet be, because a rule said so. */
const untracked = ({ stations }: LabStep) =>
	stations.some(
		({ station, outcome }) =>
			station.kind === 'conntrack' &&
			outcome.kind === 'passed over' &&
			outcome.reason === 'untracked'
	);

describe('a table of four', () => {
	const steps = walk(lessonScenario('table-full'));

	test('the fourth query ends at connection tracking, before any chain is asked', () => {
		expect(steps[5]!.table).toHaveLength(4);
		expect(steps[6]!.out).toEqual([]);
		const { station, outcome } = steps[6]!.stations.at(-1)!;
		expect([station.hook, station.priority]).toEqual(['prerouting', -200]);
		expect(outcome).toMatchObject({ kind: 'conntrack', dropped: true });
		expect(steps[6]!.stations.filter((one) => one.outcome.kind === 'chain')).toEqual([]);
	});

	test('SSH goes on', () => {
		expect(relation(steps[7]!)).toBe('established');
		expect(steps[7]!.out).toHaveLength(1);
	});

	test('the gateway’s own ping ends at OUTPUT', () => {
		expect(steps[8]!.out).toEqual([]);
		expect(steps[8]!.stations.at(-1)!.station.hook).toBe('output');
	});

	test('a host behind it can answer a query that has an entry, and cannot ask anything', () => {
		const scenario = lessonScenario('table-full');
		const behind = walk(
			varied(scenario, {
				steps: [
					...scenario.steps.slice(0, 6),
					{
						send: {
							from: 'dns/eth0',
							packet: {
								ip: { src: '10.0.0.53', dst: '198.51.100.10' },
								udp: { sport: 5353, dport: 53 }
							}
						}
					},
					{ send: { from: 'dns/eth0', replyTo: 5, packet: {} } }
				]
			})
		);
		expect(behind[6]!.out).toEqual([]);
		expect(behind[6]!.stations.at(-1)!.outcome).toMatchObject({ kind: 'conntrack', dropped: true });
		expect(behind[7]!.out).toHaveLength(1);
	});

	test('what the policy drops takes no room', () => {
		const scenario = lessonScenario('table-full');
		const refused = walk(
			varied(scenario, {
				steps: [1, 2, 3, 4, 5].map((port) => ({
					send: {
						from: 'world/eth0',
						packet: {
							ip: { src: '203.0.113.1', dst: '10.0.0.53' },
							tcp: { sport: 40000 + port, dport: 25, flags: 'S' }
						}
					}
				}))
			})
		);
		expect(refused.at(-1)!.table).toEqual([]);
	});

	test('the statistics count two drops', () => {
		expect(output(steps[9]!)).toMatch(/\bdrop=2\b/);
	});

	test('thirty seconds later there is room', () => {
		expect(steps[10]!.table).toHaveLength(1);
		expect(steps[11]!.out).toHaveLength(1);
	});
});

describe('name lookups are not tracked', () => {
	const steps = walk(lessonScenario('table-full-notrack'));

	test('four queries pass, and leave no entry', () => {
		for (const step of [3, 4, 5, 6]) {
			expect(untracked(steps[step]!)).toBe(true);
			expect(steps[step]!.out).toHaveLength(1);
		}
		expect(output(steps[8]!).trim()).toBe('1');
	});

	test('the answer is untracked, too, and passes by its own rule', () => {
		expect(untracked(steps[7]!)).toBe(true);
		expect(steps[7]!.out).toHaveLength(1);
	});

	test('without the second line each answer begins a new flow', () => {
		const scenario = lessonScenario('table-full-notrack');
		const nft = rulesOf(scenario)
			.replaceAll(/.*sport 53 notrack.*\n/g, '')
			.replaceAll('ct state untracked udp sport', 'udp sport');
		const one = walk(varied(scenario, { gateway: { nft } }));
		expect(relation(one[7]!)).toBe('new');
		expect(one[7]!.table).toHaveLength(2);
	});
});
