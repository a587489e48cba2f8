// Each claim about behaviour in the lesson "A Service's packet", held against the engine.
import { describe, expect, test } from 'vitest';
import { observe } from '../../src/lib/scenario/observe';
import { lessonScenario, natRules, relation, rewrites, varied, walk } from './lesson-lab';

/** The first line of a host's table after the first step. */
function entryOn(name: string, host: string): string {
	const observed = observe(lessonScenario(name));
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	return observed.observation.steps[0]!.hosts![host]!.table[0]!;
}

describe('a Service, in iptables mode', () => {
	const scenario = lessonScenario('kubernetes');
	const steps = walk(scenario);
	const acknowledge = {
		send: {
			from: 'pod/eth0',
			packet: {
				ip: { src: '10.244.1.5', dst: '10.96.0.10' },
				tcp: { sport: 40000, dport: 80, flags: 'A', seq: 1001, ack: 5001 }
			}
		}
	};

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

	test('the other node finds nothing by the Service’s address, and makes anew what is deleted there', () => {
		const gone = observe(
			varied(scenario, {
				steps: [
					...scenario.steps.slice(0, 2),
					{ run: { on: 'node2', command: 'conntrack -L --orig-dst 10.96.0.10' } },
					{ run: { on: 'node2', command: 'conntrack -D -p tcp --orig-dst 10.244.2.7' } },
					acknowledge
				]
			})
		);
		if (!gone.ok) throw new Error('not run');
		const { steps } = gone.observation;
		expect(steps[2]!.stdout!.filter((line) => line.includes('src='))).toEqual([]);
		expect(steps[3]!.hosts!.node2!.table).toEqual([]);
		expect(steps[4]!.out!.map(({ at }) => at)).toEqual(['web/eth0']);
		expect(steps[4]!.hosts!.node2!.table[0]).toContain('src=10.244.1.5 dst=10.244.2.7');
	});

	test('a rule for its address at FORWARD does not match, one for the original destination does', () => {
		const blocked = walk(
			varied(scenario, {
				steps: [
					{ run: { on: 'gateway', command: 'iptables -I FORWARD -d 10.96.0.10 -j DROP' } },
					scenario.steps[0]!,
					{ run: { on: 'gateway', command: 'conntrack -D -p tcp' } },
					{
						run: {
							on: 'gateway',
							command: 'iptables -I FORWARD -m conntrack --ctorigdst 10.96.0.10 -j DROP'
						}
					},
					scenario.steps[0]!
				]
			})
		);
		expect(blocked[1]!.out).toEqual(['web/eth0 10.244.1.5:40000 > 10.244.2.7:8080']);
		expect(blocked[4]!.out).toEqual([]);
	});

	test('a connection stays with a pod that has been taken out of the Service', () => {
		const out = walk(
			varied(scenario, {
				steps: [
					...scenario.steps.slice(0, 2),
					acknowledge,
					{
						run: {
							on: 'gateway',
							command:
								'iptables -t nat -D KUBE-SEP-WEB -p tcp -m tcp -j DNAT --to-destination 10.244.2.7:8080'
						}
					},
					{ advance: 3600 },
					acknowledge
				]
			})
		);
		expect(out[5]!.out).toEqual(['web/eth0 10.244.1.5:40000 > 10.244.2.7:8080']);
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

	test('one that is unanswered is still NEW and passes the chain with the REJECT, an answered one does not', () => {
		const scenario = lessonScenario('kubernetes-stale');
		const chains = (step: (typeof steps)[number]): (string | null)[] =>
			step.stations.flatMap(({ station, outcome }) =>
				station.chain === 'FORWARD' && outcome.kind === 'chain'
					? outcome.steps.map(({ chain }) => chain)
					: []
			);
		const answered = walk({
			...scenario,
			steps: [
				scenario.steps[0]!,
				{ send: { from: 'web/eth0', replyTo: 0, packet: {} } },
				...scenario.steps.slice(1, 5)
			]
		});
		expect(relation(steps[4]!)).toBe('new');
		expect(relation(answered[5]!)).toBe('established');
		expect(chains(answered[5]!)).not.toContain('KUBE-SERVICES');
		expect(answered[5]!.out).toEqual(['web/eth0 10.244.1.5:50000 > 10.244.2.7:514']);
	});

	test('`conntrack -D` with both addresses ends it: the next datagram is rejected', () => {
		const scenario = lessonScenario('kubernetes-stale');
		const ended = walk({
			...scenario,
			steps: [
				...scenario.steps.slice(0, 4),
				{
					run: {
						on: 'gateway',
						command: 'conntrack -D -p udp --orig-dst 10.96.0.20 --reply-src 10.244.2.7'
					}
				},
				scenario.steps[4]!
			]
		});
		expect(ended[4]!.table).toEqual([]);
		expect(ended[5]!.out).toEqual(['pod/eth0 10.244.1.1 > 10.244.1.5']);
	});

	test('a new flow is rejected at FORWARD', () => {
		const forward = steps[5]!.stations.find(({ station }) => station.chain === 'FORWARD')!;
		expect(forward.outcome).toMatchObject({ verdict: 'drop', rejected: true });
		expect(steps[5]!.out).toEqual(['pod/eth0 10.244.1.1 > 10.244.1.5']);
	});
});
