import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labWords, pieces, plain, spelled } from '$lib/lab/words';
import { gateway, lessonScenario, record, syn, tellings } from './load';

const en = labWords('en');
const zh = labWords('zh');
const names = readdirSync('content/scenarios').map((file) => file.replace('.json', ''));

const literals = (sentence: string) =>
	pieces(sentence)
		.filter(({ literal }) => literal)
		.map(({ text }) => text)
		.sort();

describe.each(names)('%s', (name) => {
	const told = tellings(record(lessonScenario(name)));

	test('every step is said in both languages', () => {
		for (const telling of told) {
			expect(plain(en.sentence(telling))).toMatch(/^[A-Za-z0-9].*\.$/s);
			expect(plain(zh.sentence(telling))).toMatch(/\p{Script=Han}.*。$/su);
		}
	});

	test('both languages name the same addresses, rules and hosts', () => {
		for (const telling of told)
			expect(literals(zh.sentence(telling))).toEqual(literals(en.sentence(telling)));
	});

	test('nothing is left out of a sentence', () => {
		for (const telling of told)
			for (const words of [en, zh])
				expect(words.sentence(telling)).not.toMatch(/undefined|null|NaN|\[object/);
	});
});

describe('a DNATed request and its reply', () => {
	const told = tellings(record(lessonScenario('reverse-snat')));
	const english = told.map((telling) => en.sentence(telling));
	const chinese = told.map((telling) => zh.sentence(telling));

	test('the entry turns the source of the reply back', () => {
		expect(english).toContain(
			'At POSTROUTING the entry, not a rule, gives the reply its source back: `198.51.100.1:80`, the address the client is waiting for.'
		);
		expect(chinese).toContain(
			'在 POSTROUTING，是条目而不是规则把回包的源地址换了回去：`198.51.100.1:80`，正是客户端在等的地址。'
		);
	});

	test('the rule decides once, for the first packet', () => {
		const deciding = english.filter((sentence) => sentence.includes('dnat to 10.0.0.2:8080'));
		expect(deciding).toHaveLength(1);
		expect(deciding[0]).toContain('First packet of its flow');
	});

	test('the tracker’s transitions are told', () => {
		expect(english.join(' ')).toContain('from SYN_SENT to SYN_RECV');
		expect(chinese.join(' ')).toContain('由 SYN_SENT 变为 SYN_RECV');
	});
});

describe('ends', () => {
	const say = (nft: string, steps: unknown[], more?: object) =>
		tellings(record(gateway(nft, steps, more))).map((telling) => en.sentence(telling));

	test('a policy that drops', () => {
		const said = say(
			'table ip f {\nchain forward {\ntype filter hook forward priority 0; policy drop;\n}\n}',
			[syn('10.0.0.2', 80)]
		);
		expect(said.at(-1)).toBe(
			'Chain `ip f forward`: no rule wants the packet, and the policy is drop. Its walk ends here.'
		);
	});

	test('a rule that drops', () => {
		const said = say(
			'table ip f {\nchain forward {\ntype filter hook forward priority 0;\ntcp dport 80 drop\n}\n}',
			[syn('10.0.0.2', 80)]
		);
		expect(said.at(-1)).toContain('the rule `tcp dport 80 drop` matches and drops the packet');
	});

	test('nobody listens', () => {
		expect(say('', [syn('198.51.100.1', 22)]).join('\n')).toContain(
			'Nothing listens there, so `gateway` answers with a RST.'
		);
	});

	test('forwarding is off', () => {
		const said = say('', [syn('10.0.0.2', 80)], { sysctl: { 'net.ipv4.ip_forward': 0 } });
		expect(said.at(-1)).toContain('this host does not forward');
	});

	test('an entry that runs out', () => {
		const said = say('', [syn('10.0.0.2', 80), { advance: 200 }]);
		expect(said.at(-1)).toBe('200 seconds pass. Entry #1 is gone.');
	});

	test.each([0, 1])(
		'a copy for everybody on the wire is no step of its own (order %i)',
		(order) => {
			const ends = ['server/eth0', 'other/eth0'];
			const one = gateway('', [syn('10.0.0.2', 80)]);
			const other = { kind: 'wire' as const, interfaces: { eth0: { address: '10.0.0.3/24' } } };
			const links = [one.links[0]!, ['gateway/int', ...(order === 0 ? ends : ends.toReversed())]];
			const shared = { ...one, hosts: { ...one.hosts, other }, links };
			const said = tellings(record(shared)).map((telling) => en.sentence(telling));
			expect(said.filter((sentence) => sentence.includes('gets a copy'))).toHaveLength(1);
			expect(said.filter((sentence) => sentence.includes(' receives '))).toEqual([
				expect.stringMatching(/^`server` receives/)
			]);
		}
	);

	test('a command that fails says why', () => {
		const said = say('', [{ run: { on: 'gateway', command: 'nft delete table ip nowhere' } }]);
		expect(said.at(-1)).toMatch(/^On `gateway`: `nft delete table ip nowhere` fails\. .+/);
	});
});

test('a sentence as HTML has its literal values as code, and nothing that it quotes is HTML', () => {
	const sentence =
		'The rule `tcp dport < 1024 comment "<img src=x onerror=alert(1)>"` & `` it: 1 > 0.';
	expect(spelled(sentence)).toBe(
		'The rule <code>tcp dport &lt; 1024 comment "&lt;img src=x onerror=alert(1)>"</code> &amp;  it: 1 > 0.'
	);
});
