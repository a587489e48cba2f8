// Each claim about behaviour in the lesson "Docker went past my firewall", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, relation, rewrites, rulesOf, varied, walk } from './lesson-lab';

const hooks = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
	);
const chains = ({ stations }: LabStep) =>
	stations.flatMap(({ station, outcome }) =>
		outcome.kind === 'chain' ? [`${station.chain}: ${outcome.verdict}`] : []
	);

describe('a published port', () => {
	const scenario = lessonScenario('docker-past-input');
	const steps = walk(scenario);

	test('a SYN for it is new, is translated, and goes by FORWARD to the container', () => {
		expect(relation(steps[0]!)).toBe('new');
		expect(rewrites(steps[0]!)).toEqual(['prerouting dst: 192.0.2.20 > 172.17.0.2']);
		expect(hooks(steps[0]!)).toEqual(['prerouting', 'forward', 'postrouting']);
		expect(chains(steps[0]!)).toEqual(['FORWARD: accept']);
		expect(steps[0]!.out).toEqual(['database/eth0 192.0.2.99:40000 > 172.17.0.2:5432']);
	});

	test('the answer gets home', () => {
		expect(steps[1]!.out).toEqual(['client/eth0 192.0.2.20:5432 > 192.0.2.99:40000']);
	});

	test('a port that is not published is delivered to the host, and dropped by the policy', () => {
		expect(hooks(steps[2]!)).toEqual(['prerouting', 'input']);
		expect(chains(steps[2]!)).toEqual(['INPUT: drop']);
	});

	test('the DROP has never counted a packet', () => {
		const listed = steps[3]!.events.find((event) => event.kind === 'command')!.output;
		expect(listed.find((line) => line.includes('dpt:5432'))).toMatch(/^\s*0\s+0 DROP/);
	});

	test('inserted first it makes no difference', () => {
		const first = walk({
			...scenario,
			steps: [
				{ run: { on: 'gateway', command: 'iptables -I INPUT 1 -p tcp --dport 5432 -j DROP' } },
				scenario.steps[0]!
			]
		});
		expect(first[1]!.out).toEqual(steps[0]!.out);
	});

	test('a rule for strangers that names no interface stops replies and the container’s own connections', () => {
		const guard = (rule: string) =>
			walk(
				varied(scenario, {
					steps: [
						{ run: { on: 'gateway', command: `iptables -A DOCKER-USER ${rule}` } },
						{
							send: {
								from: 'client/eth0',
								packet: {
									ip: { src: '192.0.2.5', dst: '192.0.2.20' },
									tcp: { sport: 40000, dport: 5432, flags: 'S', seq: 1000 }
								}
							}
						},
						{
							send: {
								from: 'database/eth0',
								replyTo: 1,
								packet: { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }
							}
						},
						{
							send: {
								from: 'database/eth0',
								packet: {
									ip: { src: '172.17.0.2', dst: '192.0.2.99' },
									tcp: { sport: 50000, dport: 443, flags: 'S', seq: 1000 }
								}
							}
						}
					]
				})
			)
				.slice(1)
				.map(({ out }) => out.length);
		expect(guard('! -s 192.0.2.5 -j DROP')).toEqual([1, 0, 0]);
		expect(guard('-i eth0 ! -s 192.0.2.5 -j DROP')).toEqual([1, 1, 1]);
	});

	test('DOCKER-USER sees the container’s port', () => {
		const iptables = rulesOf(scenario, 'iptables').replace(
			'! -i docker0 -p tcp -m tcp --dport 5432',
			'! -i docker0 -p tcp --dport 8080'
		);
		const listing = varied(scenario, {
			gateway: { iptables },
			steps: [
				{ run: { on: 'gateway', command: 'iptables -A DOCKER-USER -p tcp --dport 8080' } },
				{ run: { on: 'gateway', command: 'iptables -A DOCKER-USER -p tcp --dport 5432' } },
				{
					send: {
						from: 'client/eth0',
						packet: {
							ip: { src: '192.0.2.99', dst: '192.0.2.20' },
							tcp: { sport: 40000, dport: 8080, flags: 'S', seq: 1000 }
						}
					}
				},
				{ run: { on: 'gateway', command: 'iptables -L DOCKER-USER -v -n' } }
			]
		});
		const listed = walk(listing)[3]!.events.find((event) => event.kind === 'command')!.output;
		expect(listed.find((line) => line.includes('dpt:8080'))).toMatch(/^\s*0\s/);
		expect(listed.find((line) => line.includes('dpt:5432'))).toMatch(/^\s*1\s/);
	});
});

test('without the container it is the host’s own rule that drops the SYN', () => {
	const [step] = walk(lessonScenario('docker-past-input-stopped'));
	expect(hooks(step!)).toEqual(['prerouting', 'input']);
	expect(chains(step!)).toEqual(['INPUT: drop']);
	const { outcome } = step!.stations.find(({ station }) => station.chain === 'INPUT')!;
	if (outcome.kind !== 'chain') throw new Error('INPUT was not asked');
	expect(outcome.steps.findLast(({ verdict }) => verdict !== null)!.rule).toBe(2);
});
