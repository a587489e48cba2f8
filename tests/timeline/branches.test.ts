import { describe, expect, test } from 'vitest';
import type { Scenario, Step } from '../../src/lib/scenario/scenario';
import { checkScenario } from '../../src/lib/scenario/scenario';
import { Branches, stepsPart } from '../../src/lib/timeline/branches';
import { checkSteps } from '../../src/lib/timeline/check-steps';
import { ScenarioFault } from '../../src/lib/timeline/fault';
import { withSteps } from '../../src/lib/timeline/insert-steps';
import { runTimeline } from '../../src/lib/timeline/run';
import { gateway, syn } from '../lab/load';

const NAT = `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat;
		tcp dport 80 dnat to 10.0.0.2:8080
	}
}`;
const answer: Step = {
	send: { from: 'server/eth0', replyTo: 0, packet: { tcp: { flags: 'SA' } } }
};
const given = gateway(NAT, [syn('198.51.100.1', 80), answer]);
const branches = () => new Branches(runTimeline(given), runTimeline);

/** What the client and the server got in each step. */
function received(scenario: Scenario): string[][] {
	const { events } = runTimeline(scenario);
	return scenario.steps.map((_, step) =>
		events.flatMap(({ event, step: own }) =>
			own === step && event.kind === 'received' ? [event.host] : []
		)
	);
}

describe('steps put in', () => {
	test('the steps after them still answer the packet that they answered', () => {
		const scenario = withSteps(given, { at: 0, steps: [{ advance: 5 }, { advance: 6 }] });
		expect(scenario.steps[3]).toEqual({
			send: { ...('send' in answer ? answer.send : null), replyTo: 2 }
		});
		expect(received(scenario)).toEqual([[], [], ['server'], ['client']]);
		expect(checkScenario(scenario).ok).toBe(true);
	});

	test('references to steps before them stay', () => {
		const { steps } = withSteps(given, { at: 1, steps: [{ advance: 5 }] });
		expect(steps[2]).toEqual(answer);
	});

	test('an error that quotes an earlier packet, and a release, are moved along', () => {
		const held: Step = {
			send: {
				...('send' in answer ? answer.send : (null as never)),
				hold: { on: 'gateway', hook: 'forward' }
			}
		};
		const quoting: Step = {
			send: { from: 'server/eth0', packet: { icmp: { type: 3, code: 3, innerFrom: 0 } } }
		};
		const scenario = { ...given, steps: [given.steps[0]!, held, quoting, { release: 1 }] };
		const { steps } = withSteps(scenario, { at: 1, steps: [{ advance: 1 }] });
		expect(steps[4]).toEqual({ release: 2 });
		expect(withSteps(scenario, { at: 0, steps: [{ advance: 1 }] }).steps[3]).toMatchObject({
			send: { packet: { icmp: { innerFrom: 1 } } }
		});
	});

	test('the rest can be left out', () => {
		expect(withSteps(given, { at: 1, steps: [{ advance: 1 }], rest: 'left' }).steps).toEqual([
			given.steps[0],
			{ advance: 1 }
		]);
	});

	test('a packet waits meanwhile, so that another one overtakes it', () => {
		const scenario = withSteps(given, {
			at: 1,
			steps: [syn('10.0.0.2', 8080) as Step],
			meanwhile: { on: 'gateway', hook: 'forward' }
		});
		expect(checkScenario(scenario).ok).toBe(true);
		expect(received(scenario)).toEqual([[], ['server'], ['server'], []]);
		expect(scenario.steps[2]).toEqual({ release: 0 });
	});
});

describe('branches', () => {
	test('the old future is kept beside the new one', () => {
		const tree = branches();
		const before = tree.timelineOf(tree.trunk);
		const branch = tree.branchAt(tree.trunk, { at: 1, steps: [{ advance: 200 }] });
		expect(tree.all).toEqual([tree.trunk, branch]);
		expect(tree.timelineOf(tree.trunk)).toBe(before);
		const late = tree.timelineOf(branch);
		expect(late.at(late.events.length).now).toBe(200_000);
		expect(before.at(before.events.length).now).toBe(0);
	});

	test('a branch begins as what it comes from does', () => {
		const tree = branches();
		const branch = tree.branchAt(tree.trunk, { at: 1, steps: [{ advance: 200 }] });
		const lines = (timeline: ReturnType<typeof runTimeline>) =>
			timeline.events
				.filter(({ step }) => step === 0)
				.map(({ event }) =>
					'packet' in event ? `${event.kind} ${JSON.stringify(event.packet)}` : event.kind
				);
		expect(lines(tree.timelineOf(branch))).toEqual(lines(tree.timelineOf(tree.trunk)));
	});

	test('a branch of a branch; forgetting one forgets what comes from it', () => {
		const tree = branches();
		const one = tree.branchAt(tree.trunk, { at: 1, steps: [{ advance: 200 }] });
		const two = tree.branchAt(one, { at: 3, steps: [{ advance: 1 }] });
		const other = tree.branchAt(tree.trunk, { at: 2, steps: [{ advance: 1 }] });
		expect(two.scenario.steps).toHaveLength(4);
		expect(stepsPart(tree.trunk, two)).toBe(1);
		expect(stepsPart(two, one)).toBe(3);
		expect(stepsPart(two, other)).toBe(1);
		expect(stepsPart(one, one)).toBe(Infinity);
		tree.remove(one);
		expect(tree.all).toEqual([tree.trunk, other]);
		tree.remove(tree.trunk);
		expect(tree.all).toEqual([tree.trunk, other]);
	});

	test('other rules at the beginning, changed in their place', () => {
		const tree = branches();
		const hosts = (port: number) => ({
			...given.hosts,
			gateway: { ...given.hosts.gateway!, nft: NAT.replace('8080', String(port)) }
		});
		const first = tree.branchWithRules(tree.trunk, hosts(81));
		const second = tree.changeRules(first, hosts(82));
		expect(tree.all).toEqual([tree.trunk, second]);
		expect(second.id).toBe(first.id);
		expect(second.difference).toEqual({ kind: 'rules', hosts: ['gateway'] });
		expect(() => tree.changeRules(tree.trunk, hosts(83))).toThrow(RangeError);
	});

	test('rules that cannot be read change nothing', () => {
		const tree = branches();
		const hosts = { ...given.hosts, gateway: { ...given.hosts.gateway!, nft: 'table ip {' } };
		expect(() => tree.branchWithRules(tree.trunk, hosts)).toThrow(ScenarioFault);
		expect(tree.all).toEqual([tree.trunk]);
	});
});

describe('what is wrong with a step', () => {
	test('says in which step and where in it', () => {
		const steps = [
			{ advance: 1 },
			{
				send: {
					from: 'client/eth9',
					packet: { ip: { src: '1.2.3.999', dst: '10.0.0.2' }, tcp: {} }
				}
			}
		];
		const [error] = checkSteps(given, { at: 1, steps });
		expect(error).toMatchObject({ step: 1, path: 'send.packet.ip.src' });
		expect(checkSteps(given, { at: 1, steps: [{ advance: 1 }] })).toEqual([]);
	});

	test('a step cannot answer one that comes after it', () => {
		const steps = [{ send: { from: 'server/eth0', replyTo: 1, packet: {} } }];
		expect(checkSteps(given, { at: 1, steps })).toMatchObject([{ step: 0, path: 'send.replyTo' }]);
	});

	test('with the steps that follow there may be no more than can be opened again', () => {
		const long = { ...given, steps: Array.from({ length: 9_999 }, () => ({ advance: 1 })) };
		const steps = [{ advance: 1 }, { advance: 1 }];
		expect(checkSteps(long, { at: 0, steps })).toEqual([
			{ step: null, path: 'steps', message: expect.stringContaining('10,001 steps') }
		]);
		expect(checkSteps(long, { at: 0, steps: steps.slice(1) })).toEqual([]);
		expect(checkSteps(long, { at: 0, steps, rest: 'left' })).toEqual([]);
	});

	test('a packet that is not held cannot be let go', () => {
		expect(checkSteps(given, { at: 1, steps: [{ release: 0 }] })).toMatchObject([
			{ step: 0, path: 'release' }
		]);
	});
});
