// Each claim about behaviour in the lesson "A Service's packet", held against the engine.
import { describe, expect, test } from 'vitest';
import { observe } from '../../src/lib/scenario/observe';
import { lessonScenario, natRules, rewrites, walk } from './lesson-lab';

/** The first line of a host's table after the first step. */
function entryOn(name: string, host: string): string {
	const observed = observe(lessonScenario(name));
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	return observed.observation.steps[0]!.hosts![host]!.table[0]!;
}

describe('a Service, in iptables mode', () => {
	const scenario = lessonScenario('kubernetes');
	const steps = walk(scenario);

	test('no host has its address', () => {
		const addresses = Object.values(scenario.hosts).flatMap(({ interfaces }) =>
			Object.values(interfaces).map(({ address }) => [address].flat().join(' '))
		);
		expect(addresses.filter((address) => address.includes('10.96.0.10'))).toEqual([]);
	});

	test('the asking pod’s node translates before routing, and turns the reply back', () => {
		expect(rewrites(steps[0]!)).toEqual([
			'prerouting dst: 10.96.0.10 > 10.244.2.7',
			'prerouting dport: 80 > 8080'
		]);
		expect(steps[0]!.out).toEqual(['web/eth0 10.244.1.5:40000 > 10.244.2.7:8080']);
		expect(natRules(steps[1]!, 'postrouting')).toBe('not the first packet');
		expect(rewrites(steps[1]!)).toEqual([
			'postrouting src: 10.244.2.7 > 10.96.0.10',
			'postrouting sport: 8080 > 80'
		]);
	});

	test('the other node sees two pods', () => {
		expect(entryOn('kubernetes', 'node2')).not.toContain('10.96.0.10');
	});

	test('a ping is not translated, and somebody says unreachable', () => {
		expect(rewrites(steps[2]!)).toEqual([]);
		expect(steps[2]!.out).toHaveLength(1);
	});
});

test('in nftables mode the entry is the same', () => {
	expect(entryOn('kubernetes-nftables', 'gateway')).toBe(entryOn('kubernetes', 'gateway'));
});

describe('the last endpoint goes', () => {
	const steps = walk(lessonScenario('kubernetes-stale'));

	test('the flow goes on to it, past the REJECT', () => {
		expect(natRules(steps[4]!, 'prerouting')).toBe('already decided');
		expect(steps[4]!.out).toEqual(['web/eth0 10.244.1.5:50000 > 10.244.2.7:514']);
	});

	test('a new flow is rejected at FORWARD', () => {
		const forward = steps[5]!.stations.find(({ station }) => station.chain === 'FORWARD')!;
		expect(forward.outcome).toMatchObject({ verdict: 'drop', rejected: true });
		expect(steps[5]!.out).toEqual(['pod/eth0 10.244.1.1 > 10.244.1.5']);
	});
});
