// Each claim about behaviour in the lesson "No entry, no NAT", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { filtered, lessonScenario, relation, rewrites, rulesOf, varied, walk } from './lesson-lab';

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

	const query = scenario.steps[0]!;
	const with_ = (nft: readonly string[], steps: readonly unknown[]): LabStep[] =>
		walk(varied(scenario, { gateway: { nft: [...nft] }, steps }));
	const both = (priority: number) => [
		'table ip raw {',
		`  chain prerouting { type filter hook prerouting priority ${priority}; policy accept;`,
		'    udp dport 53 notrack',
		'    udp sport 53 notrack',
		'  }',
		'}'
	];

	test.each([-450, -350, -250, -201])('at %i it works as well', (priority) => {
		const [early] = with_(both(priority), [query]);
		expect(early!.table).toEqual([]);
	});

	test('a flow that has an entry is no exception', () => {
		const late = with_(
			rulesOf(scenario)
				.split('\n')
				.filter((line) => !line.includes('notrack')),
			[
				query,
				{
					run: { on: 'gateway', command: 'nft add rule ip raw prerouting udp dport 53 notrack' }
				},
				query
			]
		);
		expect(late[0]!.out).toEqual(['dns/eth0 198.51.100.10:40000 > 10.0.0.53:53']);
		expect(late[2]!.out).toEqual(['world/eth0 198.51.100.1 > 198.51.100.10']);
		expect(late[2]!.table).toEqual(late[0]!.table);
	});

	test('an untracked packet leaves with its private source, past a rule that masquerades', () => {
		const masquerade = [
			'table ip nat {',
			'  chain postrouting { type nat hook postrouting priority srcnat; policy accept;',
			'    oifname "ext" masquerade',
			'  }',
			'}'
		];
		const ask = {
			send: {
				from: 'dns/eth0',
				packet: {
					ip: { src: '10.0.0.53', dst: '198.51.100.10' },
					udp: { sport: 5000, dport: 53 }
				}
			}
		};
		expect(with_(masquerade, [ask])[0]!.out).toEqual([
			'world/eth0 198.51.100.1:5000 > 198.51.100.10:53'
		]);
		expect(with_([...both(-300), ...masquerade], [ask])[0]!.out).toEqual([
			'world/eth0 10.0.0.53:5000 > 198.51.100.10:53'
		]);
	});

	test('the host’s own query is tracked, its answer is not, and is dropped by who accepts only established', () => {
		const steps = with_(
			[
				...both(-300),
				'table ip filter {',
				'  chain input { type filter hook input priority filter; policy drop;',
				'    ct state established accept',
				'  }',
				'}'
			],
			[
				{
					send: {
						from: 'gateway',
						packet: {
							ip: { src: '198.51.100.1', dst: '198.51.100.10' },
							udp: { sport: 5000, dport: 53 }
						}
					}
				},
				{ send: { from: 'world/eth0', replyTo: 0, packet: {} } }
			]
		);
		expect(steps[0]!.table).toHaveLength(1);
		const input = steps[1]!.stations.filter(({ station }) => station.chain === 'input');
		expect(filtered({ ...steps[1]!, stations: input })).toBe('policy: drop');
		expect(steps[1]!.table[0]).toContain('[UNREPLIED]');
	});

	test('a reply to an untracked request makes an entry, as if it were a beginning', () => {
		const direct = walk(
			varied(scenario, {
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
			})
		);
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
