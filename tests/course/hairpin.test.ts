// Each claim about behaviour in the lesson "Hairpin", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { ends, lessonScenario, natRules, rewrites, rulesOf, varied, walk } from './lesson-lab';

const seenByGateway = ({ events }: LabStep) =>
	events.some((event) => event.kind === 'begin' && event.host === 'gateway');

describe('the reply that takes the short way', () => {
	const steps = walk(lessonScenario('hairpin'));

	test('a visitor from outside is served: his reply passes the gateway', () => {
		expect(seenByGateway(steps[3]!)).toBe(true);
		expect(steps[3]!.out).toEqual(['visitor/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
	});

	test('the laptop’s SYN comes in by int, is translated, and leaves by int', () => {
		const began = steps[4]!.events.find((event) => event.kind === 'begin')!;
		const left = steps[4]!.events.find((event) => event.kind === 'out')!;
		expect([began.interface, left.interface]).toEqual(['int', 'int']);
		expect(rewrites(steps[4]!)).toEqual(['prerouting dst: 198.51.100.1 > 10.0.0.2']);
		expect(steps[4]!.out).toEqual(['server/eth0 10.0.0.7:40000 > 10.0.0.2:80']);
	});

	test('the answer does not pass the gateway, and comes from an address that was not asked', () => {
		expect(seenByGateway(steps[5]!)).toBe(false);
		expect(steps[5]!.out).toEqual(['laptop/eth0 10.0.0.2:80 > 10.0.0.7:40000']);
	});

	test('the entry waits for a reply', () => {
		expect(
			steps[6]!.table.find((line) => line.includes('src=10.0.0.7 dst=198.51.100.1'))
		).toContain('[UNREPLIED] src=10.0.0.2 dst=10.0.0.7');
	});
});

describe('with a second translation', () => {
	const steps = walk(lessonScenario('hairpin-masqueraded'));

	test('both ends are translated, and stand in one entry', () => {
		expect(rewrites(steps[2]!)).toEqual([
			'prerouting dst: 198.51.100.1 > 10.0.0.2',
			'postrouting src: 10.0.0.7 > 10.0.0.1'
		]);
		expect(steps[2]!.table.find((line) => line.startsWith('tcp'))).toContain(
			'src=10.0.0.7 dst=198.51.100.1 sport=40000 dport=80 [UNREPLIED] src=10.0.0.2 dst=10.0.0.1 sport=80 dport=40000'
		);
	});

	test('the reply is turned back at both hooks, no rule asked', () => {
		expect(rewrites(steps[3]!)).toEqual([
			'prerouting dst: 10.0.0.1 > 10.0.0.7',
			'postrouting src: 10.0.0.2 > 198.51.100.1'
		]);
		for (const hook of ['prerouting', 'postrouting'])
			expect(natRules(steps[3]!, hook)).toBe('not the first packet');
		expect(steps[3]!.out).toEqual(['laptop/eth0 198.51.100.1:80 > 10.0.0.7:40000']);
	});

	test('FORWARD, between the two, sees inner addresses only', () => {
		const scenario = lessonScenario('hairpin-masqueraded');
		const nft = [
			rulesOf(scenario),
			'table ip watch { chain forward { type filter hook forward priority filter; counter; }; }'
		];
		const watched = walk(varied(scenario, { gateway: { nft } }));
		const forwarded = ({ stations }: LabStep) =>
			ends(stations.find(({ station }) => station.chain === 'forward')!.packet);
		expect(forwarded(watched[2]!)).toBe('10.0.0.7:40000 > 10.0.0.2:80');
		expect(forwarded(watched[3]!)).toBe('10.0.0.2:80 > 10.0.0.7:40000');
	});
});
