// Each claim about behaviour in the lesson "RELATED", held against the engine.
import { describe, expect, test } from 'vitest';
import { decodeIpv4Header, decodeTransport } from '../../src/lib/engine/packet';
import type { LabStep } from './lesson-lab';
import { ends, lessonScenario, relation, rewrites, varied, walk } from './lesson-lab';

/** The gateway's stations that the ICMP error passed. */
const ofError = ({ stations }: LabStep): LabStep =>
	({ stations: stations.filter(({ packet }) => packet.l4.kind === 'icmp') }) as unknown as LabStep;

const forward = ({ stations }: LabStep) =>
	stations.flatMap(({ station, outcome }) => {
		if (outcome.kind !== 'chain' || station.chain !== 'forward') return [];
		const last = outcome.steps.findLast(({ verdict }) => verdict !== null);
		return [`${last && last.rule >= 0 ? `rule ${last.rule}` : 'policy'}: ${outcome.verdict}`];
	});

/** The packet that the step's error quotes, as it arrived at the client. */
function quote({ events }: LabStep): string {
	const error = events.findLast((event) => event.kind === 'received' && event.host === 'client');
	if (error?.kind !== 'received' || error.packet.l4.kind !== 'icmp') throw new Error('no error');
	const bytes = error.packet.l4.payload;
	const head = decodeIpv4Header(bytes);
	if (!head) throw new Error('no packet in it');
	return ends({
		ip: head.header,
		l4: decodeTransport(head.header, bytes.slice(head.headerLength))
	});
}

describe('a packet too big for the tunnel', () => {
	const scenario = lessonScenario('related-pmtu');
	const steps = walk(scenario);

	test('is dropped by the router, which tells 203.0.113.2', () => {
		const answer = steps[3]!.events.find(
			(event) => event.kind === 'begin' && event.host === 'tunnel' && event.origin === 'answer'
		);
		expect(answer && 'packet' in answer && ends(answer.packet)).toBe('203.0.113.1 > 203.0.113.2');
	});

	test('the error is RELATED, makes no entry, and is let in by the rule for it', () => {
		expect(relation(ofError(steps[3]!))).toBe('related');
		expect(forward(ofError(steps[3]!))).toEqual(['rule 1: accept']);
		expect(steps[3]!.table).toHaveLength(1);
	});

	test('it reaches the client, with the client’s own packet in it', () => {
		expect(steps[3]!.out).toEqual(['client/eth0 203.0.113.1 > 192.168.1.10']);
		expect(quote(steps[3]!)).toBe('192.168.1.10:40000 > 198.51.100.80:443');
	});

	test('it does not renew the entry', () => {
		const later = walk({
			...scenario,
			steps: [...scenario.steps.slice(0, 3), { advance: 100 }, scenario.steps[3]!]
		});
		// The big segment itself renews it, and the error behind it changes nothing more.
		const [line] = later[4]!.table;
		const entryEvents = later[4]!.events.filter(
			(event) => event.kind === 'table' && event.host === 'gateway'
		);
		expect(line).toContain('ESTABLISHED');
		expect(entryEvents).toEqual([]);
	});

	test('an error about a flow that is not known goes to INPUT, INVALID and not translated', () => {
		const late = walk(
			varied(scenario, {
				steps: [
					...scenario.steps.slice(0, 3),
					{ run: { on: 'gateway', command: 'conntrack -D -p tcp' } },
					{
						send: {
							from: 'server/eth0',
							packet: {
								ip: { src: '198.51.100.80', dst: '203.0.113.2' },
								icmp: {
									type: 3,
									code: 4,
									mtu: 600,
									inner: {
										ip: { src: '203.0.113.2', dst: '198.51.100.80', df: true },
										tcp: { sport: 40000, dport: 443, flags: 'PA', seq: 1001, ack: 5001 }
									}
								}
							}
						}
					}
				]
			})
		).at(-1)!;
		expect(relation(late)).toBe('invalid');
		expect(rewrites(late)).toEqual([]);
		const hooks = late.events.flatMap((event) =>
			event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
		);
		expect(hooks).toEqual(['prerouting', 'input']);
		expect(late.out).toEqual([]);
	});

	test('a published server gets the error with its own address and port in the quote', () => {
		const client = { src: '198.51.100.80', dst: '203.0.113.2' };
		const nft = `table ip nat {
			chain prerouting { type nat hook prerouting priority dstnat; policy accept;
				iifname "ext" tcp dport 80 dnat to 192.168.1.10:8080
			}
		}`;
		const published = walk(
			varied(scenario, {
				gateway: { nft },
				steps: [
					{
						send: {
							from: 'server/eth0',
							packet: { ip: client, tcp: { sport: 40000, dport: 80, flags: 'S', seq: 1 } }
						}
					},
					{ send: { from: 'client/eth0', replyTo: 0, packet: { tcp: { flags: 'SA', ack: 2 } } } },
					{
						send: {
							from: 'server/eth0',
							packet: { ip: client, icmp: { type: 3, code: 4, mtu: 500, innerFrom: 1 } }
						}
					}
				]
			})
		).at(-1)!;
		expect(published.out).toEqual(['client/eth0 198.51.100.80 > 192.168.1.10']);
		expect(quote(published)).toBe('192.168.1.10:8080 > 198.51.100.80:40000');
	});

	test('a packet of no more than 600 bytes goes through, and is acknowledged', () => {
		expect(steps[4]!.out).toHaveLength(1);
		expect(steps[5]!.out).toEqual(['client/eth0 198.51.100.80:443 > 192.168.1.10:40000']);
	});
});

describe('the hardened gateway', () => {
	const steps = walk(lessonScenario('related-pmtu-dropped'));

	test('lets a ping’s reply in: it is established', () => {
		const scenario = lessonScenario('related-pmtu-dropped');
		const [, reply] = walk(
			varied(scenario, {
				steps: [
					{
						send: {
							from: 'client/eth0',
							packet: {
								ip: { src: '192.168.1.10', dst: '198.51.100.80' },
								icmp: { type: 8, code: 0, id: 7, seq: 1 }
							}
						}
					},
					{ send: { from: 'server/eth0', replyTo: 0, packet: {} } }
				]
			})
		);
		expect(relation(reply!)).toBe('established');
		expect(reply!.out).toEqual(['client/eth0 198.51.100.80 > 192.168.1.10']);
	});

	test('accepts the small packets of the handshake', () => {
		for (const step of [0, 1, 2]) expect(steps[step]!.out).toHaveLength(1);
	});

	test.each([3, 5])('drops the error of step %i: the client hears nothing', (step) => {
		expect(forward(ofError(steps[step]!))).toEqual(['policy: drop']);
		expect(steps[step]!.out).toEqual([]);
	});
});
