// Each claim about behaviour in the lesson "No entry, no NAT", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, relation, rewrites, walk } from './lesson-lab';

const hooks = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
	);

describe('no entry, no NAT', () => {
	const scenario = lessonScenario('notrack');
	const [step] = walk(scenario);

	test('tracking and NAT pass the packet over: untracked', () => {
		const passed = step!.stations.flatMap(({ station, outcome }) =>
			station.hook === 'prerouting' && outcome.kind === 'passed over'
				? [`${station.priority} ${outcome.reason}`]
				: []
		);
		expect(passed).toContain('-200 untracked');
		expect(passed).toContain('-100 untracked');
		expect(rewrites(step!)).toEqual([]);
		expect(step!.table).toEqual([]);
	});

	test('the chain in raw is asked first, and others of the hook after it', () => {
		const order = step!.stations
			.filter(({ station }) => station.hook === 'prerouting')
			.map(({ station }) => station.priority);
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(order.indexOf(-300)).toBeLessThan(order.indexOf(-200));
	});

	test('it is delivered to the gateway, which refuses it', () => {
		expect(hooks(step!).slice(0, 2)).toEqual(['prerouting', 'input']);
		expect(step!.out).toEqual(['world/eth0 198.51.100.1 > 198.51.100.10']);
	});

	test('a reply to an untracked request makes an entry, as if it were a beginning', () => {
		const direct = walk({
			...scenario,
			steps: [
				{
					send: {
						from: 'world/eth0',
						packet: {
							ip: { src: '198.51.100.10', dst: '10.0.0.53' },
							udp: { sport: 40001, dport: 53 }
						}
					}
				},
				{ send: { from: 'dns/eth0', replyTo: 0, packet: {} } }
			]
		} as typeof scenario);
		expect(relation(direct[1]!)).toBe('new');
		expect(direct[1]!.table[0]).toContain('src=10.0.0.53 dst=198.51.100.10');
	});
});

describe('a hundred and one too late', () => {
	const steps = walk(lessonScenario('notrack-late'));

	test('the rule is asked, and does nothing: the query is tracked and translated', () => {
		expect(relation(steps[0]!)).toBe('new');
		expect(steps[0]!.out).toEqual(['dns/eth0 198.51.100.10:40000 > 10.0.0.53:53']);
		expect(steps[1]!.out).toEqual(['world/eth0 198.51.100.1:53 > 198.51.100.10:40000']);
		expect(steps[2]!.table).toHaveLength(1);
	});
});
