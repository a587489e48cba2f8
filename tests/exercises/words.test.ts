/** A goal without a text of its own says all that it asks, in both languages. */
import { expect, test } from 'vitest';
import type { Condition } from '../../src/lib/exercises/format/goal';
import { conditionWords } from '../../src/lib/exercises/words/conditions';
import { exerciseOf } from './load';

const on = 'gateway';
const CASES: [Condition, en: string, zh: string][] = [
	[
		{
			entry: { on, step: 1, protocol: 'udp', helper: 'ftp', seconds: { atLeast: 100, atMost: 119 } }
		},
		'The table of `gateway` has an entry `udp helper=ftp` after step 2 (seconds left: 100–119).',
		'`gateway` 的表里在第 2 步之后有条目 `udp helper=ftp`（剩余秒数：100–119）。'
	],
	[
		{ entry: { on, replied: true, assured: false } },
		'The table of `gateway` has an entry `*` (without `[UNREPLIED]`, without `[ASSURED]`).',
		'`gateway` 的表里有条目 `*`（不带 `[UNREPLIED]`，不带 `[ASSURED]`）。'
	],
	[
		{ entries: { on, step: 0, is: 2, match: { protocol: 'tcp', assured: false } } },
		'Entries `tcp` (without `[ASSURED]`) in the table of `gateway` after step 1: 2.',
		'`gateway` 的表里在第 1 步之后条目 `tcp`（不带 `[ASSURED]`）的数量：2。'
	],
	[
		{ rewritten: { on, field: 'src', from: '10.0.0.2', to: '198.51.100.1', at: 'postrouting' } },
		'`src` is rewritten from `10.0.0.2` to `198.51.100.1` at `postrouting`.',
		'`src`在 `postrouting` 从 `10.0.0.2` 被改写为 `198.51.100.1`。'
	],
	[
		{ relation: { on, step: 1, is: 'established', direction: 'reply' } },
		'To `gateway` the packet is ESTABLISHED in the reply direction in step 2.',
		'在 `gateway` 看来，这个包是 ESTABLISHED，属于回复方向（第 2 步）。'
	],
	[
		{ command: { step: 2, says: '1 flow entries' } },
		'The command of step 3 ends with status 0 and says `1 flow entries`.',
		'第 3 步的命令以状态 0 结束，输出中有 `1 flow entries`。'
	],
	[
		{ arrives: { at: 'client/eth0', packet: { ip: { ttl: 63 }, udp: {}, payload: 'A?' } } },
		'At `client/eth0` arrives `udp ip.ttl=63 payload=A?`.',
		'`client/eth0` 收到`udp ip.ttl=63 payload=A?`。'
	],
	[
		{ arrives: { at: 'client/eth0', packet: { icmp: { type: 3, code: 4 } } } },
		'At `client/eth0` arrives `icmp type 3 code 4`.',
		'`client/eth0` 收到`icmp type 3 code 4`。'
	]
];

test.each(CASES)('%j', (condition, en, zh) => {
	expect(conditionWords(condition)).toEqual({ en, zh });
});

test('the goal of an-assured-datagram about its time says the time', () => {
	const exercise = exerciseOf('an-assured-datagram');
	if (exercise.kind !== 'construct') throw new Error(exercise.kind);
	expect(exercise.goals.map((goal) => (goal.text ?? conditionWords(goal)).en)).toEqual([
		expect.stringContaining('[ASSURED]'),
		expect.stringContaining('119')
	]);
});
