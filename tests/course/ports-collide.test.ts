// Each claim about behaviour in the lesson "Ports collide", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, natRules, varied, walk } from './lesson-lab';

const sentFrom = ({ out }: LabStep) =>
	out.map((one) => one.replace(/^server\/eth0 (\S+) .*/, '$1'));
const insertFailed = ({ events }: LabStep) => {
	const command = events.find((event) => event.kind === 'command')!;
	return Number(/insert_failed=(\d+)/.exec(command.output.join(' '))![1]);
};

describe('two hosts, one port', () => {
	const scenario = lessonScenario('ports-collide');
	const steps = walk(scenario);

	test('the first keeps its port, the second gets another, from 1024 up', () => {
		expect(sentFrom(steps[0]!)).toEqual(['203.0.113.2:40000']);
		const [address, port] = sentFrom(steps[2]!)[0]!.split(':');
		expect(address).toBe('203.0.113.2');
		expect(Number(port)).toBeGreaterThanOrEqual(1024);
		expect(port).not.toBe('40000');
	});

	test('the reply finds its way to each', () => {
		expect(steps[1]!.out).toEqual(['anna/eth0 203.0.113.80:443 > 192.168.1.10:40000']);
		expect(steps[3]!.out).toEqual(['ben/eth0 203.0.113.80:443 > 192.168.2.20:40000']);
	});

	test('to another server the same port is free', () => {
		expect(sentFrom(steps[4]!)).toEqual(['203.0.113.2:40001']);
		expect(sentFrom(steps[5]!)).toEqual(['203.0.113.2:40001']);
	});

	test('a port below 1024 is replaced by one below 1024', () => {
		const low = structuredClone([scenario.steps[0]!, scenario.steps[2]!]) as {
			send: { packet: { tcp: { sport: number } } };
		}[];
		for (const step of low) step.send.packet.tcp.sport = 700;
		const [, second] = walk(varied(scenario, { steps: low }));
		expect(Number(sentFrom(second!)[0]!.split(':')[1])).toBeLessThan(1024);
	});
});

describe('two ports for three connections', () => {
	const steps = walk(lessonScenario('ports-collide-range'));

	test('the third is accepted by the rule, and dropped when its entry is to be confirmed', () => {
		expect(natRules(steps[3]!, 'postrouting')).toBe('by a rule');
		expect(steps[3]!.out).toEqual([]);
		const { station, outcome } = steps[3]!.stations.at(-1)!;
		expect(station.hook).toBe('postrouting');
		expect(outcome).toMatchObject({ kind: 'confirm', outcome: 'insert_failed' });
		expect(steps[3]!.table).toHaveLength(2);
	});

	test('the statistics count it', () => {
		expect([insertFailed(steps[2]!), insertFailed(steps[4]!)]).toEqual([0, 1]);
	});

	test('to another server the two ports are free', () => {
		expect(sentFrom(steps[5]!)[0]).toMatch(/^203\.0\.113\.2:5000[01]$/);
	});
});
