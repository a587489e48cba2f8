// Each claim about behaviour in the lesson "The way back", held against the engine.
import { describe, expect, test } from 'vitest';
import { REPLY, formatAddress } from '../../src/lib/engine';
import type { LabStep } from './lesson-lab';
import { filtered, lessonScenario, relation, rewrites, rulesOf, varied, walk } from './lesson-lab';

const steps = walk(lessonScenario('un-nat-at-prerouting'));

/** The stations of PREROUTING with the destination that each left behind. */
function prerouting({ stations }: LabStep): [number, string, string][] {
	return stations
		.filter(({ station }) => station.hook === 'prerouting')
		.map(({ station, packet }) => [
			station.priority,
			station.chain ?? station.kind,
			formatAddress(packet.ip.dst)
		]);
}

const hooks = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
	);

describe('the answer', () => {
	const answer = steps[1]!;

	test('is addressed to the gateway, and fits the reply tuple', () => {
		const sent = answer.events.find((event) => event.kind === 'sent');
		expect(sent && formatAddress(sent.packet.ip.dst)).toBe('203.0.113.2');
		expect(relation(answer)).toBe('established');
		const tracked = answer.stations.find(({ outcome }) => outcome.kind === 'conntrack');
		expect(tracked!.outcome).toMatchObject({ direction: REPLY });
	});

	test('gets its destination back at priority -100, between the two counters', () => {
		expect(
			prerouting(answer).filter(([, name]) => ['conntrack', 'early', 'nat', 'late'].includes(name))
		).toEqual([
			[-200, 'conntrack', '203.0.113.2'],
			[-150, 'early', '203.0.113.2'],
			[-100, 'nat', '192.168.1.10'],
			[0, 'late', '192.168.1.10']
		]);
		expect(rewrites(answer)).toEqual(['prerouting dst: 203.0.113.2 > 192.168.1.10']);
	});

	test('no NAT rule is asked: there is no chain at PREROUTING', () => {
		expect(
			answer.stations
				.filter(({ outcome }) => outcome.kind === 'nat-rules')
				.map((one) => one.station)
		).toEqual([]);
	});

	test('goes by FORWARD, which sees the inner address', () => {
		expect(hooks(answer)).toEqual(['prerouting', 'forward', 'postrouting']);
		const forward = answer.stations.find(({ station }) => station.chain === 'forward')!;
		expect(formatAddress(forward.packet.ip.dst)).toBe('192.168.1.10');
		expect(answer.out).toEqual(['client/eth0 198.51.100.80:123 > 192.168.1.10:40000']);
	});

	test('both counters have counted it, INPUT has not', () => {
		const listed = steps[2]!.events.find((event) => event.kind === 'command')!;
		const text = listed.output.join('\n');
		expect(text).toContain('ip daddr 203.0.113.2 counter packets 1 bytes 28');
		expect(text).toContain('ip daddr 192.168.1.10 counter packets 1 bytes 28');
		expect(text).toMatch(/hook input [^\n]*\n\s*counter packets 0 bytes 0/);
	});
});

describe('the same answer when the entry is gone', () => {
	const late = steps[4]!;

	test('is the same packet', () => {
		const sent = [steps[1]!, late].map(
			({ events }) => events.find((event) => event.kind === 'sent')!.packet
		);
		expect(sent[1]).toEqual(sent[0]);
	});

	test('is NEW, keeps its destination, and is dropped at INPUT', () => {
		expect(relation(late)).toBe('new');
		expect(rewrites(late)).toEqual([]);
		expect(hooks(late)).toEqual(['prerouting', 'input']);
		expect(
			filtered({
				...late,
				stations: late.stations.filter(({ station }) => station.hook === 'input')
			})
		).toBe('policy: drop');
	});
});

/** What the chain at INPUT said. */
const atInput = ({ stations }: LabStep) => {
	const asked = stations.find(({ station }) => station.chain === 'input')?.outcome;
	return asked?.kind === 'chain' ? asked.verdict : undefined;
};

describe('the gateway’s own question', () => {
	const scenario = lessonScenario('un-nat-at-prerouting');
	const ask = (input: string) =>
		walk(
			varied(scenario, {
				gateway: { nft: rulesOf(scenario).replace('counter', input) },
				steps: [
					{
						send: {
							from: 'gateway',
							packet: {
								ip: { src: '203.0.113.2', dst: '198.51.100.80' },
								udp: { sport: 40000, dport: 123 }
							}
						}
					},
					scenario.steps[1]!
				]
			})
		)[1]!;

	test('gets an answer that goes to INPUT, where these rules drop it', () => {
		expect(hooks(ask('counter'))).toEqual(['prerouting', 'input']);
		expect(atInput(ask('counter'))).toBe('drop');
	});

	test('and `ct state established accept` lets it in', () => {
		const answer = ask('ct state established accept');
		expect(answer.events.some((event) => event.kind === 'delivered')).toBe(true);
	});
});

test('a packet from another machine to the masqueraded port ends at INPUT', () => {
	const scenario = lessonScenario('un-nat-at-prerouting');
	const [, stranger] = walk(
		varied(scenario, {
			steps: [
				scenario.steps[0]!,
				{
					send: {
						from: 'server/eth0',
						packet: {
							ip: { src: '198.51.100.81', dst: '203.0.113.2' },
							udp: { sport: 123, dport: 40000 }
						}
					}
				}
			]
		})
	);
	expect([relation(stranger!), atInput(stranger!)]).toEqual(['new', 'drop']);
	expect(hooks(stranger!)).toEqual(['prerouting', 'input']);
});
