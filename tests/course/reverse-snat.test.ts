// Each claim about behaviour in the lesson "DNAT and reverse SNAT", held against the engine.
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/lib/scenario/scenario';
import type { LabStep } from './lesson-lab';
import { ends, filtered, lessonScenario, natRules, relation, rewrites, walk } from './lesson-lab';

const scenario = lessonScenario('reverse-snat');
const tuples =
	/src=198\.51\.100\.10 dst=198\.51\.100\.1 sport=40000 dport=80 (\[UNREPLIED\] )?src=10\.0\.0\.2 dst=198\.51\.100\.10 sport=8080 dport=40000/;

/** What the filter of the gateway saw: the packet's ends in FORWARD. */
function forwarded({ stations }: LabStep): string {
	return ends(stations.find(({ station }) => station.hook === 'forward')!.packet);
}

const requests = [0, 2, 3, 6];
const replies = [1, 4, 5, 7];

describe('the request and its reply', () => {
	const steps = walk(scenario);

	test('a rule turns the destination of the first request, at PREROUTING', () => {
		expect(natRules(steps[0]!, 'prerouting')).toBe('by a rule');
		expect(rewrites(steps[0]!)).toEqual([
			'prerouting dst: 198.51.100.1 > 10.0.0.2',
			'prerouting dport: 80 > 8080'
		]);
	});

	test('the mapping is kept in the reply tuple', () => {
		const outcome = steps[0]!.stations.find(
			({ station }) => station.kind === 'nat-rules' && station.hook === 'prerouting'
		)!.outcome;
		if (outcome.kind !== 'nat-rules') throw new Error('the NAT chains were not asked');
		expect(outcome.replyBefore).toMatchObject({ src: 0xc6336401 });
		expect(outcome.replyAfter).toMatchObject({ src: 0x0a000002 });
		for (const { table } of steps) expect(table[0]).toMatch(tuples);
	});

	test('the packet is routed after that', () => {
		const order = steps[0]!.events.flatMap((event) =>
			event.kind === 'route' || (event.kind === 'station' && event.station.kind === 'nat')
				? [event.kind === 'route' ? `route ${event.out}` : event.station.hook]
				: []
		);
		expect(order).toEqual(['prerouting', 'route int', 'postrouting']);
	});

	test('the postrouting chain is asked about the first request, and its rule does not match', () => {
		expect(natRules(steps[0]!, 'postrouting')).toBe('no rule');
	});

	test.each(requests.slice(1))('no rule is asked about request %i: the entry turns it', (step) => {
		expect(natRules(steps[step]!, 'prerouting')).toBe('not the first packet');
		expect(rewrites(steps[step]!)).toEqual([
			'prerouting dst: 198.51.100.1 > 10.0.0.2',
			'prerouting dport: 80 > 8080'
		]);
	});

	test.each(replies)(
		'no rule is asked about reply %i: the entry turns it, at POSTROUTING',
		(step) => {
			const reply = steps[step]!;
			expect(relation(reply)).toBe('established');
			expect(natRules(reply, 'prerouting')).toBe('not the first packet');
			expect(natRules(reply, 'postrouting')).toBe('not the first packet');
			expect(rewrites(reply)).toEqual([
				'postrouting src: 10.0.0.2 > 198.51.100.1',
				'postrouting sport: 8080 > 80'
			]);
			expect(reply.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
		}
	);

	test('FORWARD sees the inner address and port, both ways', () => {
		for (const step of requests)
			expect(forwarded(steps[step]!)).toBe('198.51.100.10:40000 > 10.0.0.2:8080');
		for (const step of replies)
			expect(forwarded(steps[step]!)).toBe('10.0.0.2:8080 > 198.51.100.10:40000');
	});

	test('the dnat rule counts one packet, the masquerade rule none', () => {
		const list: Step = { run: { on: 'gateway', command: 'nft list table ip nat' } };
		const [command] = walk({ ...scenario, steps: [...scenario.steps, list] })
			.at(-1)!
			.events.filter((event) => event.kind === 'command');
		const output = command!.output.join('\n');
		expect(output).toMatch(/counter packets 1 bytes \d+ dnat to 10\.0\.0\.2:8080/);
		expect(output).toContain('counter packets 0 bytes 0 masquerade');
	});
});

test('if it was asked, masquerade would keep the port 8080', () => {
	const own: Step = {
		send: {
			from: 'server/eth0',
			packet: {
				ip: { src: '10.0.0.2', dst: '198.51.100.10' },
				tcp: { sport: 8080, dport: 40000, flags: 'S', seq: 1 }
			}
		}
	};
	const [step] = walk({ ...scenario, steps: [own] });
	expect(step!.out).toEqual(['client/eth0 198.51.100.1:8080 > 198.51.100.10:40000']);
});

test('with the masquerade rule switched off, the replies come out the same', () => {
	const gateway = scenario.hosts.gateway!;
	if (gateway.kind !== 'linux') throw new Error('the gateway is a linux host');
	const rules = [gateway.nft!].flat().join('\n');
	const nft = rules.replace('ip saddr 10.0.0.0/24', '# ip saddr 10.0.0.0/24');
	expect(nft).not.toBe(rules);
	const hosts = { ...scenario.hosts, gateway: { ...gateway, nft } };
	const out = (steps: LabStep[]) => steps.map((step) => step.out);
	expect(out(walk({ ...scenario, hosts }))).toEqual(out(walk(scenario)));
});

describe('both ends translated: four rewritings', () => {
	const both = lessonScenario('reverse-snat-both');
	const [syn, synAck, ack] = walk(both) as [LabStep, LabStep, LabStep];
	const toTheServer = [
		'prerouting dst: 198.51.100.1 > 10.0.0.2',
		'prerouting dport: 80 > 8080',
		'postrouting src: 198.51.100.10 > 10.0.0.1'
	];

	test('the SYN: destination at PREROUTING, source at POSTROUTING, each by its rule', () => {
		expect(rewrites(syn)).toEqual(toTheServer);
		expect(natRules(syn, 'prerouting')).toBe('by a rule');
		expect(natRules(syn, 'postrouting')).toBe('by a rule');
	});

	test('the reply: destination at PREROUTING, source at POSTROUTING, and no rule is asked', () => {
		expect(rewrites(synAck)).toEqual([
			'prerouting dst: 10.0.0.1 > 198.51.100.10',
			'postrouting src: 10.0.0.2 > 198.51.100.1',
			'postrouting sport: 8080 > 80'
		]);
		expect(natRules(synAck, 'prerouting')).toBe('not the first packet');
		expect(natRules(synAck, 'postrouting')).toBe('not the first packet');
		expect(synAck.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
	});

	test('the next request: in the same two places, and no rule is asked', () => {
		expect(rewrites(ack)).toEqual(toTheServer);
		expect(natRules(ack, 'prerouting')).toBe('not the first packet');
		expect(natRules(ack, 'postrouting')).toBe('not the first packet');
	});

	test('one entry has both: the DNAT as src of the reply tuple, the masquerade as its dst', () => {
		for (const { table } of [syn, synAck, ack]) {
			expect(table).toHaveLength(1);
			expect(table[0]).toMatch(
				/src=198\.51\.100\.10 dst=198\.51\.100\.1 .*src=10\.0\.0\.2 dst=10\.0\.0\.1 /
			);
		}
	});

	test('FORWARD sees neither of the gateway’s addresses', () => {
		for (const request of [syn, ack])
			expect(forwarded(request)).toBe('198.51.100.10:40000 > 10.0.0.2:8080');
		expect(forwarded(synAck)).toBe('10.0.0.2:8080 > 198.51.100.10:40000');
	});

	test('without its entry the reply would be for the gateway, and go to INPUT', () => {
		const forget: Step = { run: { on: 'gateway', command: 'conntrack -F' } };
		const answer: Step = {
			send: {
				from: 'server/eth0',
				packet: {
					ip: { src: '10.0.0.2', dst: '10.0.0.1' },
					tcp: { sport: 8080, dport: 40000, flags: 'SA', seq: 5000, ack: 1001 }
				}
			}
		};
		const last = walk({ ...both, steps: [both.steps[0]!, forget, answer] }).at(-1)!;
		expect(last.stations.map(({ station }) => station.hook)).not.toContain('forward');
		expect(last.events).toContainEqual(
			expect.objectContaining({ kind: 'delivered', host: 'gateway' })
		);
	});

	test('both views of conntrack find the flow', () => {
		for (const view of ['--src-nat', '--dst-nat']) {
			const list: Step = { run: { on: 'gateway', command: `conntrack -L ${view}` } };
			const { events } = walk({ ...both, steps: [...both.steps, list] }).at(-1)!;
			const output = events.flatMap((event) => (event.kind === 'command' ? event.output : []));
			expect(output.join('\n')).toContain('src=10.0.0.2 dst=10.0.0.1');
		}
	});
});

describe('the rules go, the entry stays', () => {
	const gone = lessonScenario('reverse-snat-without-rules');
	const steps = walk(gone);

	test('the reply is turned back without a rule, and without a postrouting chain', () => {
		const list: Step = { run: { on: 'gateway', command: 'nft list table ip nat' } };
		const [listed] = walk({ ...gone, steps: [...gone.steps.slice(0, 3), list] })
			.at(-1)!
			.events.filter((event) => event.kind === 'command');
		const output = listed!.output.join('\n');
		expect(output).toContain('chain prerouting');
		expect(output).not.toMatch(/postrouting|dnat to|masquerade/);
		expect(rewrites(steps[3]!)).toContain('postrouting src: 10.0.0.2 > 198.51.100.1');
		expect(steps[3]!.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
	});

	test('so is the next request', () => {
		expect(steps[4]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:8080']);
	});

	test('a new connection is not translated', () => {
		const another = structuredClone(gone.steps[0]!) as (typeof scenario.steps)[0];
		if (!('send' in another)) throw new Error('the first step sends');
		Object.assign(another.send.packet!.tcp!, { sport: 40001 });
		const last = walk({ ...gone, steps: [...gone.steps, another] }).at(-1)!;
		expect(rewrites(last)).toEqual([]);
		expect(last.out).not.toContainEqual(expect.stringContaining('server/'));
	});
});

describe('nobody turns the source back', () => {
	const [, , reply, rst, again] = walk(lessonScenario('reverse-snat-without-nat'));

	test('the entry stays, and the reply leaves as the server sent it', () => {
		expect(reply!.table[0]).toMatch(tuples);
		expect(relation(reply!)).toBe('established');
		expect(reply!.out).toEqual(['client/eth0 10.0.0.2:8080 > 198.51.100.10:40000']);
	});

	test('the client’s RST is INVALID, and the filter drops it', () => {
		expect([relation(rst!), filtered(rst!)]).toEqual(['invalid', 'rule 1: drop']);
		expect(rst!.out).toEqual([]);
	});

	test('the client’s second SYN is for the gateway, which refuses it', () => {
		expect(again!.out).toEqual(['client/eth0 198.51.100.1:80 > 198.51.100.10:40000']);
		expect(again!.events).toContainEqual(
			expect.objectContaining({ kind: 'delivered', host: 'gateway' })
		);
	});
});
