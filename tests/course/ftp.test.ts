// Each claim about behaviour in the lesson "FTP", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { filtered, lessonScenario, relation, rewrites, rulesOf, varied, walk } from './lesson-lab';

const decoder = new TextDecoder();
const text = ({ events }: LabStep): string => {
	const last = events.findLast((event) => event.kind === 'received');
	if (!last || last.packet.l4.kind !== 'tcp') throw new Error('nothing arrived');
	return decoder.decode(last.packet.l4.payload);
};

/** The acknowledgement of a step's packet as it was sent, and as it arrived. */
const acknowledged = ({ events }: LabStep): number[] =>
	events.flatMap((event) =>
		(event.kind === 'sent' || event.kind === 'received') && event.packet.l4.kind === 'tcp'
			? [event.packet.l4.ack]
			: []
	);

describe('the gateway reads along', () => {
	const steps = walk(lessonScenario('ftp'));

	test('the server reads the outer address', () => {
		expect(text(steps[5]!)).toBe('PORT 198,51,100,1,19,137\r\n');
	});

	test('an expectation is noted', () => {
		const [line] = steps[7]!.events.find((event) => event.kind === 'command')!.output;
		expect(line).toMatch(/src=198\.51\.100\.21 dst=198\.51\.100\.1 sport=0 dport=5001/);
	});

	test('the text is four characters longer, and the acknowledgement is corrected by four', () => {
		const [sent, arrived] = acknowledged(steps[6]!);
		expect(sent! - arrived!).toBe(4);
	});

	test('the data connection is RELATED, is let in by the rule for it, and is translated without a rule', () => {
		expect(relation(steps[8]!)).toBe('related');
		expect(
			filtered({
				...steps[8]!,
				stations: steps[8]!.stations.filter(({ station }) => station.chain === 'forward')
			})
		).toBe('rule 1: accept');
		expect(rewrites(steps[8]!)).toEqual(['prerouting dst: 198.51.100.1 > 10.0.0.2']);
		expect(steps[8]!.out).toEqual(['client/eth0 198.51.100.21:20 > 10.0.0.2:5001']);
	});

	test('its answer is established, and gets home', () => {
		expect(relation(steps[9]!)).toBe('established');
		expect(steps[9]!.out).toEqual(['server/eth0 198.51.100.1:5001 > 198.51.100.21:20']);
	});

	test('the expectation is used up', () => {
		const scenario = lessonScenario('ftp');
		const after = walk({
			...scenario,
			steps: [...scenario.steps, { run: { on: 'gateway', command: 'conntrack -L expect' } }]
		});
		const { output } = after.at(-1)!.events.find((event) => event.kind === 'command')!;
		expect(output.filter((line) => line.includes('proto='))).toEqual([]);
	});
});

describe('what an expectation is not', () => {
	const scenario = lessonScenario('ftp');
	const lines = rulesOf(scenario).split('\n');
	const list = { run: { on: 'gateway', command: 'conntrack -L expect' } };
	const expected = ({ events }: LabStep): string[] =>
		events.flatMap((event) =>
			event.kind === 'command' ? event.output.filter((line) => line.includes('proto=')) : []
		);
	const with_ = (nft: readonly string[], steps: readonly unknown[]): LabStep[] =>
		walk(varied(scenario, { gateway: { nft: [...nft] }, steps }));

	test('a permission: without the rule for RELATED the SYN is translated, dropped, and the next is refused', () => {
		const syn = scenario.steps[8]!;
		const steps = with_(
			lines.filter((line) => !line.includes('related')),
			[...scenario.steps.slice(0, 9), list, syn]
		);
		expect(expected(steps[7]!)).toHaveLength(1);
		expect(relation(steps[8]!)).toBe('related');
		expect(rewrites(steps[8]!)).toEqual(['prerouting dst: 198.51.100.1 > 10.0.0.2']);
		expect(steps[8]!.out).toEqual([]);
		expect(expected(steps[9]!)).toEqual([]);
		expect(relation(steps[10]!)).toBe('new');
		expect(rewrites(steps[10]!)).toEqual([]);
		expect(steps[10]!.out).toEqual(['server/eth0 198.51.100.1:5001 > 198.51.100.21:20']);
	});

	test('to be had later: a rule that is loaded in the middle of the session does nothing for it', () => {
		const steps = with_(
			lines.filter((line) => !line.includes('helper set')),
			[
				...scenario.steps.slice(0, 5),
				{
					run: {
						on: 'gateway',
						command:
							'nft add rule ip help prerouting iifname "int" tcp dport 21 ct helper set "ftp-standard"'
					}
				},
				scenario.steps[5]!,
				list
			]
		);
		expect(text(steps[6]!)).toBe('PORT 10,0,0,2,19,137\r\n');
		expect(expected(steps[7]!)).toEqual([]);
	});

	test('needed for passive mode: the client’s data connection is new, and let out', () => {
		const steps = with_(
			lines.filter((line) => !line.includes('helper set')),
			[
				{
					send: {
						from: 'client/eth0',
						packet: {
							ip: { src: '10.0.0.2', dst: '198.51.100.21' },
							tcp: { sport: 40001, dport: 5001, flags: 'S', seq: 1 }
						}
					}
				},
				{ send: { from: 'server/eth0', replyTo: 0, packet: { tcp: { flags: 'SA', ack: 2 } } } }
			]
		);
		expect(relation(steps[0]!)).toBe('new');
		expect(steps[1]!.out).toEqual(['client/eth0 198.51.100.21:5001 > 10.0.0.2:40001']);
	});
});

describe('nobody reads along', () => {
	const steps = walk(lessonScenario('ftp-without'));

	test('the server reads the inner address', () => {
		expect(text(steps[5]!)).toBe('PORT 10,0,0,2,19,137\r\n');
	});

	test('a SYN to it is dropped by the policy', () => {
		expect(relation(steps[7]!)).toBe('new');
		expect(filtered(steps[7]!)).toBe('policy: drop');
	});

	test('a SYN to the gateway is refused by it', () => {
		expect(steps[8]!.out).toEqual(['server/eth0 198.51.100.1:5001 > 198.51.100.21:20']);
	});
});
