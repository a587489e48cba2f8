// Each claim about behaviour in the lesson "The filter sees the port after DNAT", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import {
	ends,
	filtered,
	lessonScenario,
	relation,
	rewrites,
	rulesOf,
	varied,
	walk
} from './lesson-lab';

const forwarded = ({ stations }: LabStep) =>
	ends(stations.find(({ station }) => station.chain === 'forward')!.packet);

describe('two doors, one room', () => {
	const steps = walk(lessonScenario('filter-after-dnat'));

	test('at FORWARD the two SYNs differ in nothing but their own port', () => {
		expect(forwarded(steps[0]!)).toBe('198.51.100.10:40000 > 10.0.0.2:8080');
		expect(forwarded(steps[2]!)).toBe('198.51.100.10:40001 > 10.0.0.2:8080');
	});

	test('the stranger at port 81 is new, is not stopped, and is accepted by the last rule', () => {
		expect(relation(steps[2]!)).toBe('new');
		expect(filtered(steps[2]!)).toBe('rule 2: accept');
		expect(steps[2]!.out).toEqual(['server/eth0 198.51.100.10:40001 > 10.0.0.2:8080']);
	});

	test('the rule for port 81 has counted nothing', () => {
		const listed = steps[3]!.events.find((event) => event.kind === 'command')!.output.join('\n');
		expect(listed).toContain('tcp dport 81 counter packets 0 bytes 0 drop');
	});

	test('the original tuple still says 81', () => {
		expect(steps[2]!.table.some((line) => line.includes('sport=40001 dport=81 '))).toBe(true);
	});
});

describe('two rules that read the entry', () => {
	const scenario = lessonScenario('filter-after-dnat-original');
	const steps = walk(scenario);

	test('a request by door 80 and its reply are accepted by the same rule', () => {
		expect([filtered(steps[0]!), filtered(steps[1]!)]).toEqual([
			'rule 1: accept',
			'rule 1: accept'
		]);
	});

	test('a stranger at door 81 is dropped', () => {
		expect(filtered(steps[2]!)).toBe('rule 0: drop');
	});

	test('the office gets in, and the answer to it is dropped by the rule for strangers', () => {
		expect(filtered(steps[3]!)).toBe('rule 1: accept');
		expect(forwarded(steps[4]!)).toBe('10.0.0.2:8080 > 198.51.100.5:40002');
		expect(filtered(steps[4]!)).toBe('rule 0: drop');
	});

	test('the server’s answer gets its source back after FORWARD', () => {
		expect(rewrites(steps[1]!)[0]).toBe('postrouting src: 10.0.0.2 > 198.51.100.1');
	});

	test('a packet that came through no door is let in by the last rule, and not by `ct original`', () => {
		const past = {
			send: {
				from: 'client/eth0',
				packet: {
					ip: { src: '198.51.100.10', dst: '10.0.0.2' },
					tcp: { sport: 40009, dport: 8080, flags: 'S', seq: 1000 }
				}
			}
		};
		const sent = (name: string) => walk(varied(lessonScenario(name), { steps: [past] }))[0]!;
		expect(sent('filter-after-dnat').out).toEqual([
			'server/eth0 198.51.100.10:40009 > 10.0.0.2:8080'
		]);
		expect(filtered(sent('filter-after-dnat-original'))).toBe('policy: drop');
	});

	test('`ct original ip saddr` means the same in both directions', () => {
		const nft = rulesOf(scenario).replace('ip saddr !=', 'ct original ip saddr !=');
		const mended = walk(varied(scenario, { gateway: { nft } }));
		expect(filtered(mended[2]!)).toBe('rule 0: drop');
		expect(mended[4]!.out).toEqual(['client/eth0 198.51.100.1:81 > 198.51.100.5:40002']);
	});
});
