import { describe, expect, test } from 'vitest';
import { bandsOf, marksOf } from '$lib/lab/geometry/marks';
import { momentAt } from '$lib/lab/model/moment';
import {
	chainsOf,
	heldBefore,
	receivedAt,
	ruleCommand,
	sendStep,
	sendersOf,
	textsOf,
	waitingPlaces
} from '$lib/lab/model/what-if';
import { checkSteps } from '$lib/timeline/check-steps';
import { longScenario } from '../../src/routes/[lang=lang]/gallery/long/long-scenario';
import { gateway, lessonScenario, record, syn } from './load';

const recording = record(lessonScenario('reverse-snat'));

describe('a packet to try out', () => {
	test('begins as the one at hand, and is that one again when nothing is changed', () => {
		const { scenario } = recording;
		const step = scenario.steps[0]!;
		const again = sendStep(textsOf(recording, step));
		expect('send' in step && 'send' in again && again.send.packet.tcp?.dport).toBe(80);
		expect(checkSteps(scenario, { at: 1, steps: [again] })).toEqual([]);
	});

	test('an answer leaves what it takes from the packet that it answers', () => {
		const texts = textsOf(recording, undefined);
		const answer = sendStep({ ...texts, from: 'server/eth0', replyTo: 0, src: '', flags: 'SA' });
		expect(answer).toEqual({
			send: { from: 'server/eth0', replyTo: 0, packet: { tcp: { flags: 'SA' } } }
		});
	});

	test.each([
		['udp', { sport: 40000, dport: 53 }],
		['icmp', { type: 8, id: 7, seq: 1 }]
	])(
		'an answer that says no protocol begins as that of what it answers: %s',
		(protocol, fields) => {
			const { send } = syn('10.0.0.2', 53);
			const answer = { send: { from: 'server/eth0', replyTo: 0, packet: {} } };
			const asked = { send: { ...send, packet: { ip: send.packet.ip, [protocol]: fields } } };
			const answered = record(gateway('', [asked, answer]));
			expect(textsOf(answered, answer).protocol).toBe(protocol);
			expect(sendStep(textsOf(answered, answer))).toEqual(answer);
		}
	);

	test('text that is no number is told with its place, not changed into one', () => {
		const { scenario } = recording;
		const texts = { ...textsOf(recording, scenario.steps[0]), dport: 'http' };
		expect(checkSteps(scenario, { at: 1, steps: [sendStep(texts)] })).toMatchObject([
			{ step: 0, path: 'send.packet.tcp.dport' }
		]);
	});

	test('who can send, and what they can answer', () => {
		expect(sendersOf(recording.scenario)).toEqual(['client/eth0', 'server/eth0', 'gateway']);
		expect(receivedAt(recording, 'server/eth0', 1).map(({ step }) => step)).toEqual([0]);
		expect(receivedAt(recording, 'server/eth0', 0)).toEqual([]);
	});
});

describe('a packet that waits', () => {
	test('at the hooks of the host that it walks through, unless it waits already', () => {
		expect(waitingPlaces(recording, 0)).toEqual([{ on: 'gateway', hook: 'forward' }]);
		const { send } = syn('10.0.0.2', 80);
		const held = gateway('', [{ send: { ...send, hold: { on: 'gateway', hook: 'forward' } } }]);
		expect(waitingPlaces(record(held), 0)).toEqual([]);
		expect(heldBefore(held, 1)).toEqual([0]);
		expect(heldBefore({ ...held, steps: [...held.steps, { release: 0 }] }, 2)).toEqual([]);
	});
});

describe('a rule to change', () => {
	const chains = (more: object) => {
		const run = record(gateway('', [syn('10.0.0.2', 80)], more));
		return chainsOf(momentAt(run, 1, 'gateway').rules);
	};

	test('in the language of its table', () => {
		const [input] = chains({ iptables: '*filter\n-A INPUT -p tcp -j DROP\nCOMMIT\n' });
		expect(ruleCommand(input!, { kind: 'append', text: ' -j ACCEPT ' })).toBe(
			'iptables -t filter -A INPUT -j ACCEPT'
		);
		expect(ruleCommand(input!, { kind: 'delete', rule: 0 })).toBe('iptables -t filter -D INPUT 1');
		const nft =
			'table ip f {\nchain c {\ntype filter hook forward priority 0\ntcp dport 80 drop\n}\n}';
		const [c] = chains({ nft });
		expect(ruleCommand(c!, { kind: 'insert', text: 'accept' })).toBe(
			'nft insert rule ip f c accept'
		);
		// A rule that is taken out by its handle is gone.
		const command = ruleCommand(c!, { kind: 'delete', rule: 0 });
		const after = record(gateway(nft, [{ run: { on: 'gateway', command } }]));
		const rules = momentAt(after, after.stops.length, 'gateway').rules;
		expect(rules.tables[0]!.chains[0]!.rules).toEqual([]);
	});
});

test('a long timeline has no more marks than can be told apart, and the drops among them', () => {
	const long = record(longScenario(60));
	const marks = marksOf(long.stops);
	expect(long.stops.length).toBeGreaterThan(1000);
	expect(marks.length).toBeLessThan(200);
	expect(marks.some(({ kind }) => kind === 'drop')).toBe(true);
	expect(bandsOf(long.stops)).toEqual([]);
});
