// Each claim about behaviour in the lesson "RELATED", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { ends, lessonScenario, relation, walk } from './lesson-lab';

/** The gateway's stations that the ICMP error passed. */
const ofError = ({ stations }: LabStep): LabStep =>
	({ stations: stations.filter(({ packet }) => packet.l4.kind === 'icmp') }) as unknown as LabStep;

const forward = ({ stations }: LabStep) =>
	stations.flatMap(({ station, outcome }) => {
		if (outcome.kind !== 'chain' || station.chain !== 'forward') return [];
		const last = outcome.steps.findLast(({ verdict }) => verdict !== null);
		return [`${last && last.rule >= 0 ? `rule ${last.rule}` : 'policy'}: ${outcome.verdict}`];
	});

describe('a packet too big for the tunnel', () => {
	const scenario = lessonScenario('related-pmtu');
	const steps = walk(scenario);

	test('is dropped by the router, which tells 203.0.113.2', () => {
		const answer = steps[3]!.events.find(
			(event) => event.kind === 'begin' && event.host === 'tunnel' && event.origin === 'answer'
		);
		expect(answer && 'packet' in answer && ends(answer.packet)).toBe('203.0.113.1 > 203.0.113.2');
	});

	test('the error is RELATED, makes no entry, and is let in by the rule for it', () => {
		expect(relation(ofError(steps[3]!))).toBe('related');
		expect(forward(ofError(steps[3]!))).toEqual(['rule 1: accept']);
		expect(steps[3]!.table).toHaveLength(1);
	});

	test('it reaches the client, with the client’s own packet in it', () => {
		expect(steps[3]!.out).toEqual(['client/eth0 203.0.113.1 > 192.168.1.10']);
		const error = steps[3]!.events.findLast(
			(event) => event.kind === 'received' && event.host === 'client'
		);
		if (!error || !('packet' in error) || error.packet.l4.kind !== 'icmp')
			throw new Error('no error');
		expect(JSON.stringify(error.packet.l4)).not.toContain(String(0xcb007102));
	});

	test('it does not renew the entry', () => {
		const later = walk({
			...scenario,
			steps: [...scenario.steps.slice(0, 3), { advance: 100 }, scenario.steps[3]!]
		});
		// The big segment itself renews it, and the error behind it changes nothing more.
		const [line] = later[4]!.table;
		const entryEvents = later[4]!.events.filter(
			(event) => event.kind === 'table' && event.host === 'gateway'
		);
		expect(line).toContain('ESTABLISHED');
		expect(entryEvents).toEqual([]);
	});

	test('half as much goes through, and is acknowledged', () => {
		expect(steps[4]!.out).toHaveLength(1);
		expect(steps[5]!.out).toEqual(['client/eth0 198.51.100.80:443 > 192.168.1.10:40000']);
	});
});

describe('the hardened gateway', () => {
	const steps = walk(lessonScenario('related-pmtu-dropped'));

	test('accepts the small packets of the handshake', () => {
		for (const step of [0, 1, 2]) expect(steps[step]!.out).toHaveLength(1);
	});

	test.each([3, 5])('drops the error of step %i: the client hears nothing', (step) => {
		expect(forward(ofError(steps[step]!))).toEqual(['policy: drop']);
		expect(steps[step]!.out).toEqual([]);
	});
});
