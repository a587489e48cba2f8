// Each claim about behaviour in the lesson "Asymmetric ways", held against the engine.
import { describe, expect, test } from 'vitest';
import { filtered, lessonScenario, relation, rulesOf, varied, walk } from './lesson-lab';

describe('the request one way, the reply another', () => {
	const scenario = lessonScenario('asymmetric');
	const steps = walk(scenario);

	test('the gateway sees the SYN, and does not see the SYN/ACK', () => {
		expect(filtered(steps[0]!)).toBe('rule 2: accept');
		expect(steps[0]!.table[0]).toContain('SYN_SENT');
		expect(steps[1]!.stations).toEqual([]);
		expect(steps[1]!.out).toEqual(['client/eth1 10.0.0.2:80 > 198.51.100.10:40000']);
	});

	test.each([2, 3])('packet %i of the client is INVALID, and dropped', (step) => {
		expect(relation(steps[step]!)).toBe('invalid');
		expect(filtered(steps[step]!)).toBe('rule 0: drop');
		expect(steps[step]!.out).toEqual([]);
	});

	const with_ = (nft: string, sent: readonly unknown[]) =>
		walk(varied(scenario, { gateway: { nft }, steps: sent }));

	test('UDP is NEW each time, and passes by the rule for its port', () => {
		const query = {
			send: {
				from: 'client/eth0',
				packet: {
					ip: { src: '198.51.100.10', dst: '10.0.0.2' },
					udp: { sport: 40000, dport: 53 }
				}
			}
		};
		const rules = rulesOf(scenario).replace('tcp dport 80', 'udp dport 53');
		const queries = with_(rules, [query, { advance: 5 }, query]);
		for (const step of [queries[0]!, queries[2]!]) {
			expect([relation(step), filtered(step)]).toEqual(['new', 'rule 2: accept']);
			expect(step.out).toHaveLength(1);
		}
		expect(queries[2]!.table).toHaveLength(1);
	});

	test('without the drop rule the ACK is INVALID still, and passes; the entry stays in SYN_SENT', () => {
		const rules = rulesOf(scenario).replace(/.*invalid.*\n/, '');
		const all = with_(rules, scenario.steps);
		expect(relation(all[2]!)).toBe('invalid');
		for (const step of [2, 3]) expect(all[step]!.out).toHaveLength(1);
		expect(all[3]!.table[0]).toContain('SYN_SENT');
	});

	test('what the gateway has translated comes back untranslated by the other way', () => {
		const dnat = `table ip nat {
			chain prerouting { type nat hook prerouting priority dstnat; policy accept;
				iifname "ext" tcp dport 80 dnat to 10.0.0.2:8080
			}
		}`;
		const packet = (ip: object, tcp: object) => ({ ip, tcp });
		const translated = with_(dnat, [
			{
				send: {
					from: 'client/eth0',
					packet: packet(
						{ src: '198.51.100.10', dst: '198.51.100.1' },
						{ sport: 40000, dport: 80, flags: 'S', seq: 1000 }
					)
				}
			},
			{
				send: {
					from: 'server/eth1',
					packet: packet(
						{ src: '10.0.0.2', dst: '198.51.100.10' },
						{ sport: 8080, dport: 40000, flags: 'SA', seq: 5000, ack: 1001 }
					)
				}
			}
		]);
		expect(translated[0]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
		expect(translated[1]!.out).toEqual(['client/eth1 10.0.0.2:8080 > 198.51.100.10:40000']);
	});

	test('the server’s second SYN/ACK reaches the client, too', () => {
		expect(steps[4]!.out).toHaveLength(1);
	});
});

describe('the gateway has not seen the beginning', () => {
	const scenario = lessonScenario('asymmetric-loose');
	const steps = walk(scenario);

	test('the ACK is NEW, and passes; so does what follows', () => {
		expect(relation(steps[0]!)).toBe('new');
		expect(steps[0]!.out).toHaveLength(1);
		expect(steps[1]!.out).toHaveLength(1);
	});

	test('the entry says ESTABLISHED and UNREPLIED, and has 300 seconds', () => {
		expect(steps[1]!.table[0]).toMatch(/^tcp 6 300 ESTABLISHED .*\[UNREPLIED\]/);
	});

	test('with nf_conntrack_tcp_loose=0 it is INVALID', () => {
		const strict = walk({
			...scenario,
			steps: [
				{ run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_tcp_loose=0' } },
				scenario.steps[0]!
			]
		});
		expect(relation(strict[1]!)).toBe('invalid');
		expect(strict[1]!.out).toEqual([]);
	});
});
