// Each claim about behaviour in the lesson "states", held against the engine.
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/lib/scenario/scenario';
import type { LabStep } from './lesson-lab';
import { filtered, lessonScenario, relation, rulesOf, varied, walk } from './lesson-lab';

/** Seconds, state and flags of the only line of a table, without its tuples. */
function entryState(table: readonly string[]): string {
	expect(table).toHaveLength(1);
	return table[0]!.replace(/ (src|dst|sport|dport)=\S+/g, '');
}

describe('one connection, from SYN to the end', () => {
	const steps = walk(lessonScenario('states'));

	test('the first packet makes an entry, which is confirmed at the end of its way', () => {
		const outcomes = steps[0]!.stations.map(({ outcome }) => outcome);
		const tracked = outcomes.find((outcome) => outcome.kind === 'conntrack');
		expect(tracked).toMatchObject({ created: true, relation: 'new' });
		expect(outcomes.at(-1)).toMatchObject({ kind: 'confirm', outcome: 'inserted' });
		expect(steps[0]!.stations.at(-1)!.station.hook).toBe('postrouting');
	});

	test('the reply tuple is the original one with its ends swapped', () => {
		expect(steps[0]!.table[0]).toContain(
			'src=192.0.2.10 dst=203.0.113.80 sport=40000 dport=80 [UNREPLIED] ' +
				'src=203.0.113.80 dst=192.0.2.10 sport=80 dport=40000'
		);
	});

	test('what the rules see and what the table says are two things', () => {
		const data = [3, 4];
		expect(
			steps
				.slice(0, 8)
				.filter((_, index) => !data.includes(index))
				.map((step) => [relation(step), entryState(step.table)])
		).toEqual([
			['new', 'tcp 6 120 SYN_SENT [UNREPLIED]'],
			['established', 'tcp 6 60 SYN_RECV'],
			['established', 'tcp 6 432000 ESTABLISHED [ASSURED]'],
			['established', 'tcp 6 120 FIN_WAIT [ASSURED]'],
			['established', 'tcp 6 30 LAST_ACK [ASSURED]'],
			['established', 'tcp 6 120 TIME_WAIT [ASSURED]']
		]);
	});

	test('data that waits for its acknowledgement has 300 seconds', () => {
		expect(entryState(steps[3]!.table)).toBe('tcp 6 300 ESTABLISHED [ASSURED]');
	});

	test('the SYN passes by the rule for new, all else by the rule for established', () => {
		expect(steps.slice(0, 8).map(filtered)).toEqual([
			'rule 3: accept',
			...Array(7).fill('rule 0: accept')
		]);
	});

	test('120 seconds after the last ACK the table is empty', () => {
		expect(steps[8]!.table).toEqual([]);
	});
});

describe('without the rule for established', () => {
	const scenario = lessonScenario('no-established-rule');
	const steps = walk(scenario);

	test('the SYN/ACK is dropped by the policy, and the table has seen it all the same', () => {
		expect(filtered(steps[1]!)).toBe('policy: drop');
		expect(steps[1]!.out).toEqual([]);
		expect(entryState(steps[1]!.table)).toBe('tcp 6 60 SYN_RECV');
	});

	test('the same SYN again is no longer new, and is dropped', () => {
		expect(scenario.steps[2]).toEqual(scenario.steps[0]);
		expect([relation(steps[0]!), filtered(steps[0]!)]).toEqual(['new', 'rule 2: accept']);
		expect([relation(steps[2]!), filtered(steps[2]!)]).toEqual(['established', 'policy: drop']);
	});

	test('with the line back in, the SYN/ACK arrives', () => {
		const gateway = scenario.hosts.gateway!;
		if (gateway.kind !== 'linux') throw new Error('the gateway is a linux host');
		const rules = [gateway.nft!].flat().join('\n');
		const nft = rules.replace('# ct state established accept', 'ct state established accept');
		expect(nft).not.toBe(rules);
		const hosts = { ...scenario.hosts, gateway: { ...gateway, nft } };
		expect(walk({ ...scenario, hosts })[1]!.out).toEqual([
			'client/eth0 203.0.113.80:80 > 192.0.2.10:40000'
		]);
	});
});

describe('NEW is not SYN, ESTABLISHED is not TCP’s', () => {
	const scenario = lessonScenario('states-not-syn');
	const steps = walk(scenario);
	const [syn, again, ack, query, answer, stranger] = steps;

	/** The line of the table that has this port of the client's. */
	const line = (step: LabStep, port: number) =>
		entryState(step.table.filter((entry) => entry.includes(` sport=${port} `)));

	test('of the six packets only the answer is ESTABLISHED', () => {
		expect(steps.map(relation)).toEqual(['new', 'new', 'new', 'new', 'established', 'new']);
	});

	test('the SYN that is sent again finds its entry, and is NEW', () => {
		expect(scenario.steps[1]).toEqual(scenario.steps[0]);
		expect(again!.table).toEqual(syn!.table);
		expect(line(again!, 40000)).toBe('tcp 6 120 SYN_SENT [UNREPLIED]');
	});

	test('the bare ACK is NEW, and its entry is ESTABLISHED', () => {
		expect(filtered(ack!)).toBe('rule 3: accept');
		expect(line(ack!, 40001)).toBe('tcp 6 300 ESTABLISHED [UNREPLIED]');
	});

	test('so is any segment with an ACK and no SYN, FIN or RST, and no other is picked up', () => {
		const pickedUp = (flags: string) => {
			const [step] = walk({
				...scenario,
				steps: [
					JSON.parse(
						JSON.stringify(scenario.steps[2]).replace('"A"', JSON.stringify(flags))
					) as Step
				]
			});
			return [relation(step!), step!.table.length];
		};
		for (const flags of ['A', 'PA', 'UA']) expect(pickedUp(flags)).toEqual(['new', 1]);
		for (const flags of ['SA', 'FA', 'FPA', 'RA', 'R', 'F', 'P'])
			expect(pickedUp(flags)).toEqual(['invalid', 0]);
	});

	test('UDP: the answer is ESTABLISHED, the entry has no state', () => {
		expect(line(query!, 5000)).toBe('udp 17 30 [UNREPLIED]');
		expect(filtered(answer!)).toBe('rule 0: accept');
		expect(line(answer!, 5000)).toBe('udp 17 30');
	});

	test('the ACK from outside is dropped, and leaves no entry', () => {
		expect(filtered(stranger!)).toBe('policy: drop');
		expect(stranger!.table).toHaveLength(3);
	});

	test('--state asks for TCP’s states: it finds the flow of which rules saw NEW alone', () => {
		const list: Step = {
			run: { on: 'gateway', command: 'conntrack -L -p tcp --state ESTABLISHED' }
		};
		const { events } = walk({ ...scenario, steps: [...scenario.steps, list] }).at(-1)!;
		const output = events.flatMap((event) => (event.kind === 'command' ? event.output : []));
		expect(output.filter((text) => text.includes('src='))).toEqual([
			expect.stringMatching(/ESTABLISHED .* sport=40001 .*\[UNREPLIED\]/)
		]);
	});

	test('where connections have to begin with a SYN, the bare ACK is dropped, and only that', () => {
		const nft = rulesOf(scenario).replace(
			'ct state invalid drop',
			'ct state invalid drop\nct state new tcp flags & (fin|syn|rst|ack) != syn drop'
		);
		const strict = walk(varied(scenario, { gateway: { nft } }));
		expect(strict.map(filtered)).toEqual([
			'rule 4: accept',
			'rule 4: accept',
			'rule 3: drop',
			'rule 4: accept',
			'rule 0: accept',
			'rule 3: drop'
		]);
	});
});

describe('the other relations', () => {
	const scenario = lessonScenario('four-relations');
	const [query, error, synAck, ack, later, gone, answer] = walk(scenario);

	test('the error that quotes the query is RELATED, and makes no entry', () => {
		expect([relation(error!), filtered(error!)]).toEqual(['related', 'rule 1: accept']);
		expect(error!.out).toHaveLength(1);
		expect(error!.table).toEqual(query!.table);
	});

	test('a SYN/ACK without a SYN is INVALID: it has no entry, and makes none', () => {
		expect([relation(synAck!), filtered(synAck!)]).toEqual(['invalid', 'rule 2: drop']);
		expect(synAck!.table).toEqual(query!.table);
	});

	test('a bare ACK from outside is NEW; dropped on its way, it leaves no entry', () => {
		expect([relation(ack!), filtered(ack!)]).toEqual(['new', 'policy: drop']);
		expect(ack!.table).toEqual(query!.table);
	});

	test('the query lives for 30 seconds, and its answer comes too late', () => {
		expect(entryState(query!.table)).toBe('udp 17 30 [UNREPLIED]');
		expect(entryState(later!.table)).toBe('udp 17 10 [UNREPLIED]');
		expect(gone!.table).toEqual([]);
		expect([relation(answer!), filtered(answer!)]).toEqual(['new', 'policy: drop']);
		expect(answer!.table).toEqual([]);
	});

	test('a moment earlier, the answer would have been ESTABLISHED', () => {
		const steps: Step[] = scenario.steps.map((step) =>
			'advance' in step && step.advance === 10 ? { advance: 9 } : step
		);
		expect(steps).not.toEqual(scenario.steps);
		const early = walk({ ...scenario, steps }).at(-1)!;
		expect([relation(early), filtered(early)]).toEqual(['established', 'rule 0: accept']);
	});
});

describe('timeouts', () => {
	const scenario = lessonScenario('four-relations');
	const tcp = lessonScenario('states');
	const query = scenario.steps[0]!;
	const answer = scenario.steps.at(-1)!;

	test('a RST leaves 10 seconds', () => {
		const rst: Step = {
			send: { from: 'server/eth0', replyTo: 2, packet: { tcp: { flags: 'R', seq: 5001 } } }
		};
		const last = walk({ ...tcp, steps: [...tcp.steps.slice(0, 3), rst] }).at(-1)!;
		expect(entryState(last.table)).toBe('tcp 6 10 CLOSE [ASSURED]');
	});

	test('UDP that still goes both ways after two seconds has 120', () => {
		const quick = walk({ ...scenario, steps: [query, answer, query] }).at(-1)!;
		expect(entryState(quick.table)).toBe('udp 17 30');
		const slow = walk({ ...scenario, steps: [query, answer, { advance: 3 }, query] }).at(-1)!;
		expect(entryState(slow.table)).toBe('udp 17 120 [ASSURED]');
	});

	test('each packet sets the clock anew', () => {
		const steps = walk({ ...scenario, steps: [query, { advance: 20 }, query] });
		expect(steps.map(({ table }) => entryState(table))).toEqual([
			'udp 17 30 [UNREPLIED]',
			'udp 17 10 [UNREPLIED]',
			'udp 17 30 [UNREPLIED]'
		]);
	});
});
