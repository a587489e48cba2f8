// Each claim about behaviour in the lesson "DNAT, then routing, then the filter", held against the engine.
import { describe, expect, test } from 'vitest';
import { formatAddress } from '../../src/lib/engine';
import type { LabStep } from './lesson-lab';
import { ends, filtered, lessonScenario, natRules, rewrites, varied, walk } from './lesson-lab';

/** What decides over a packet, in order, with the destination that it left behind. */
function order({ events }: LabStep): string[] {
	return events.flatMap((event) => {
		if (event.kind === 'route') return [`route ${event.decision}`];
		if (event.kind !== 'station' || event.host !== 'gateway') return [];
		const { station, outcome, packet } = event;
		if (outcome.kind === 'chain') return [`${station.chain}: ${outcome.verdict}`];
		return outcome.kind === 'conntrack' || (outcome.kind === 'nat' && outcome.rewrites.length > 0)
			? [`${outcome.kind} ${station.priority} ${formatAddress(packet.ip.dst)}`]
			: [];
	});
}

describe('INPUT is open, FORWARD is shut', () => {
	const scenario = lessonScenario('dnat-then-route-input');
	const steps = walk(scenario);

	test('the SYN is translated, then routed, then dropped at FORWARD by the policy', () => {
		expect(order(steps[0]!)).toEqual([
			'conntrack -200 198.51.100.1',
			'nat -100 10.0.0.2',
			'route forward',
			'forward: drop'
		]);
		expect(steps[0]!.out).toEqual([]);
	});

	test('the DNAT rule has counted it, the rule at INPUT has not', () => {
		const listed = steps[1]!.events.find((event) => event.kind === 'command')!.output.join('\n');
		expect(listed).toContain('tcp dport 80 counter packets 1 bytes 40 dnat to 10.0.0.2:8080');
		expect(listed).toContain('tcp dport 80 counter packets 0 bytes 0 accept');
	});

	test('no entry is left, and the rule is asked again at the next attempt', () => {
		expect(steps[0]!.table).toEqual([]);
		const again = walk({ ...scenario, steps: [scenario.steps[0]!, scenario.steps[0]!] });
		expect(again.map((step) => natRules(step, 'prerouting'))).toEqual(['by a rule', 'by a rule']);
	});
});

describe('a rule at FORWARD', () => {
	const steps = walk(lessonScenario('dnat-then-route'));

	test('the SYN arrives at the server', () => {
		expect(order(steps[0]!)).toContain('forward: accept');
		expect(steps[0]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
	});

	test('the answer is turned back at POSTROUTING, behind the filter', () => {
		expect(rewrites(steps[1]!)).toEqual([
			'postrouting src: 10.0.0.2 > 198.51.100.1',
			'postrouting sport: 8080 > 80'
		]);
		const said = order(steps[1]!);
		expect(said.indexOf('forward: accept')).toBeLessThan(
			said.findIndex((one) => one.startsWith('nat 100'))
		);
	});

	test('port 81 is not translated, and ends at INPUT', () => {
		expect(order(steps[2]!)).toEqual(['conntrack -200 198.51.100.1', 'route local', 'input: drop']);
	});
});

describe('other rules', () => {
	const scenario = lessonScenario('dnat-then-route');
	const withRules = (nft: string) =>
		walk(varied(scenario, { gateway: { nft }, steps: [scenario.steps[0]] }))[0]!;

	test('a redirected packet goes to INPUT, with the new port', () => {
		const step = withRules(
			`table ip nat { chain prerouting { type nat hook prerouting priority dstnat; tcp dport 80 redirect to :8080; }; }
			table ip filter { chain input { type filter hook input priority filter; policy drop; tcp dport 80 drop; tcp dport 8080 accept; }; }`
		);
		expect(order(step)).toContain('route local');
		expect(filtered(step)).toBe('rule 1: accept');
	});

	test('a filter at PREROUTING sees the old destination below −100, the new one above', () => {
		const step = withRules(
			`table ip nat { chain prerouting { type nat hook prerouting priority dstnat; tcp dport 80 dnat to 10.0.0.2:8080; }; }
			table ip watch {
				chain early { type filter hook prerouting priority -101; counter; };
				chain late { type filter hook prerouting priority -99; counter; };
			}`
		);
		const saw = (chain: string) =>
			ends(step.stations.find(({ station }) => station.chain === chain)!.packet);
		expect(saw('early')).toBe('198.51.100.10:40000 > 198.51.100.1:80');
		expect(saw('late')).toBe('198.51.100.10:40000 > 10.0.0.2:8080');
	});
});
