// Each claim about behaviour in the lesson "The first packet only", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, natRules, rewrites, rulesOf, varied, walk } from './lesson-lab';

const output = ({ events }: LabStep) =>
	events
		.flatMap((event) => (event.kind === 'command' ? event.output : []))
		.join('\n')
		.replace(/[ \t]+/g, ' ');

describe('one page', () => {
	const scenario = lessonScenario('first-packet-only');
	const steps = walk(scenario);

	test('all five packets are translated, and the NAT chain is asked about the first', () => {
		for (const step of steps.slice(0, 5)) expect(rewrites(step)).toHaveLength(2);
		expect(steps.slice(0, 5).map((step) => natRules(step, 'prerouting'))).toEqual([
			'by a rule',
			...Array(4).fill('not the first packet')
		]);
	});

	test('the NAT rule has counted one, the filter chain three there and two back', () => {
		expect(output(steps[5]!)).toContain('counter packets 1 bytes 40 dnat to 10.0.0.2:8080');
		expect(output(steps[5]!)).toContain('tcp dport 8080 counter packets 3 ');
		expect(output(steps[5]!)).toContain('tcp sport 8080 counter packets 2 ');
	});

	test('a new connection is counted again', () => {
		expect(natRules(steps[6]!, 'prerouting')).toBe('by a rule');
		expect(output(steps[7]!)).toContain('counter packets 2 bytes 80 dnat to 10.0.0.2:8080');
	});

	test('a DNAT rule that is added later does not reach a flow under way', () => {
		const query = {
			send: {
				from: 'client/eth0',
				packet: { ip: { src: '198.51.100.10', dst: '10.0.0.2' }, udp: { sport: 40000, dport: 53 } }
			}
		};
		const late = walk(
			varied(scenario, {
				steps: [
					query,
					{
						run: {
							on: 'gateway',
							command: 'nft add rule ip nat prerouting udp dport 53 dnat to 10.0.0.3'
						}
					},
					query
				]
			})
		);
		expect(natRules(late[0]!, 'prerouting')).toBe('no rule');
		expect(rewrites(late[2]!)).toEqual([]);
		expect(late[2]!.out).toEqual(late[0]!.out);
	});

	test('with accounting on, a new entry carries what it has moved', () => {
		const counted = walk({
			...scenario,
			steps: [
				{ run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_acct=1' } },
				scenario.steps[0]!
			]
		});
		expect(counted[1]!.table[0]).toMatch(/packets=1 bytes=40 .*packets=0 bytes=0/);
	});
});

describe('a block list in the NAT chain', () => {
	const steps = walk(lessonScenario('first-packet-only-blocked'));

	test('does not stop the connection that is there', () => {
		expect(natRules(steps[4]!, 'prerouting')).toBe('not the first packet');
		expect(steps[4]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
	});

	test('stops a new one', () => {
		expect(steps[5]!.out).toEqual([]);
		expect(output(steps[6]!)).toContain('ip saddr @blocked counter packets 1 bytes 40 drop');
	});
});

test('a `dnat` whose limit is used up leaves the next connection to the gateway itself', () => {
	const scenario = lessonScenario('first-packet-only');
	const nft = rulesOf(scenario).replace(
		'tcp dport 80',
		'tcp dport 80 limit rate 1/hour burst 1 packets'
	);
	const steps = walk(
		varied(scenario, { gateway: { nft }, steps: [scenario.steps[0], scenario.steps[6]] })
	);
	expect(steps[0]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
	expect(natRules(steps[1]!, 'prerouting')).toBe('no rule');
	expect(steps[1]!.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40001']);
});

test('each repeat of a first packet that is dropped further on is counted', () => {
	const scenario = lessonScenario('dnat-then-route-input');
	const syn = scenario.steps[0]!;
	const listed = walk({ ...scenario, steps: [syn, syn, scenario.steps[1]!] })[2]!;
	expect(output(listed)).toContain('tcp dport 80 counter packets 2 ');
});
