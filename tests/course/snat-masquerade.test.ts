// Each claim about behaviour in the lesson "SNAT and masquerade", held against the engine.
import { describe, expect, test } from 'vitest';
import { observe } from '../../src/lib/scenario/observe';
import { lessonScenario, natRules, rewrites, walk } from './lesson-lab';

const tuples =
	'src=192.168.1.10 dst=198.51.100.80 sport=40000 dport=80 [UNREPLIED] ' +
	'src=198.51.100.80 dst=203.0.113.2 sport=80 dport=40000';

/** A host's table after a step. */
function tableOf(name: string, step: number, host: string): readonly string[] {
	const observed = observe(lessonScenario(name));
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	const after = observed.observation.steps[step]!;
	if ('skipped' in after) throw new Error('skipped');
	return after.hosts![host]!.table;
}

describe.each(['snat-masquerade', 'snat-masquerade-snat'])('%s', (name) => {
	const steps = walk(lessonScenario(name));

	test('the rule replaces the destination of the reply tuple, and nothing else', () => {
		const asked = steps[0]!.stations.find(
			({ station, outcome }) => station.hook === 'postrouting' && outcome.kind === 'nat-rules'
		)!.outcome;
		if (asked.kind !== 'nat-rules') throw new Error('the NAT chain was not asked');
		expect(natRules(steps[0]!, 'postrouting')).toBe('by a rule');

		const { src, dst, protocol, sport, dport } = asked.replyBefore;
		expect([src, protocol, sport, dport]).toEqual([0xc6336450, 6, 80, 40000]);
		expect(dst).toBe(0xc0a8010a);
		expect(asked.replyAfter).toMatchObject({ src, dst: 0xcb007102, protocol, sport, dport });
	});

	test('the original tuple keeps what the client sent', () => {
		expect(steps[0]!.table[0]).toContain(tuples);
		for (const { table } of steps)
			expect(table[0]).toContain('src=192.168.1.10 dst=198.51.100.80 sport=40000 dport=80');
	});

	test('the packet is made to suit; the port stays', () => {
		expect(rewrites(steps[0]!)).toEqual(['postrouting src: 192.168.1.10 > 203.0.113.2']);
		expect(steps[0]!.out).toEqual(['server/eth0 203.0.113.2:40000 > 198.51.100.80:80']);
	});

	test('the rule is asked once', () => {
		for (const step of steps.slice(1))
			expect(natRules(step, 'postrouting')).toBe('not the first packet');
	});

	test('the provider has an entry whose original source is the public address', () => {
		expect(tableOf(name, 0, 'isp')).toEqual([
			expect.stringContaining('src=203.0.113.2 dst=198.51.100.80 sport=40000 dport=80 [UNREPLIED]')
		]);
		expect(tableOf(name, 0, 'isp')[0]).not.toContain('192.168.1.10');
	});
});

test.each([
	['conntrack -L --src 203.0.113.2', 0],
	['conntrack -L --reply-dst 203.0.113.2', 1],
	['conntrack -L --orig-src 192.168.1.10 --src-nat', 1]
])('%s finds %i', (command, count) => {
	const scenario = lessonScenario('snat-masquerade');
	const observed = observe({
		...scenario,
		steps: [...scenario.steps, { run: { on: 'gateway', command } }]
	});
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	const last = observed.observation.steps.at(-1)!;
	expect('stdout' in last && last.stdout!.filter((line) => line.startsWith('tcp'))).toHaveLength(
		count
	);
});

describe('without the rule', () => {
	const steps = walk(lessonScenario('snat-masquerade-without'));

	test('the SYN arrives with its private source', () => {
		expect(steps[0]!.out).toEqual(['server/eth0 192.168.1.10:40000 > 198.51.100.80:80']);
	});

	test('the answer has no route at the provider, which says so to the server', () => {
		expect(steps[1]!.events).toContainEqual(
			expect.objectContaining({ kind: 'drop', host: 'isp', reason: 'no route' })
		);
		expect(steps[1]!.out).toEqual(['server/eth0 198.51.100.1 > 198.51.100.80']);
	});
});

describe('the rule is deleted', () => {
	test('the connection goes on, and a new one leaves untranslated', () => {
		const scenario = lessonScenario('snat-masquerade');
		const [syn, answer, ack] = scenario.steps;
		const second = JSON.parse(JSON.stringify(syn).replace('40000', '40001')) as typeof syn;
		const steps = walk({
			...scenario,
			steps: [
				syn!,
				answer!,
				{ run: { on: 'gateway', command: 'nft flush chain ip nat postrouting' } },
				ack!,
				second!
			]
		});
		expect(natRules(steps[3]!, 'postrouting')).toBe('not the first packet');
		expect(steps[3]!.out).toEqual(['server/eth0 203.0.113.2:40000 > 198.51.100.80:80']);
		expect(steps[4]!.out).toEqual(['server/eth0 192.168.1.10:40001 > 198.51.100.80:80']);
	});
});
