/* eslint-disable @typescript-eslint/no-explicit-any -- files are broken on purpose */
/** Names, steps and fields that lead nowhere are told with their place, wherever in an exercise file they stand. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/lib/exercises/format/names';
import { readExercise } from '../../src/lib/exercises/format/read';
import { runScenario } from '../../src/lib/exercises/run/run';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { errorsOf, scenarioOf } from './load';

const file = (slug: string): any =>
	JSON.parse(readFileSync(`content/exercises/${slug}.json`, 'utf8'));

const REPAIR = 'dnat-to-nobody';
const CONSTRUCT = 'let-the-flow-go';
const HELD = 'two-syns-race';
const TRACE = 'the-way-of-the-answer';
const FILL_IN = 'two-tuples-one-line';
const PREDICT = 'what-the-client-sees';
const DIAGNOSE = 'silent-since-the-reload';

const goal = (condition: object) => (f: any) => f.goals.push(condition);
const hidden = (step: object) => (f: any) => f.hidden[0].steps.push(step);
const udp = { ip: { src: '198.51.100.10', dst: '198.51.100.1' }, udp: { sport: 1, dport: 2 } };
const arrives = (more: object) => ({ not: { arrives: { at: 'client/eth0', ...more } } });

const CASES: [name: string, slug: string, spoil: (file: any) => unknown, expected: RegExp][] = [
	[
		'a host whose inside is shown',
		REPAIR,
		(f) => (f.host = 'gatway'),
		/^host: no linux host gatway$/
	],
	[
		'a hidden step of no kind',
		REPAIR,
		hidden({ sned: {} }),
		/^hidden\[0\]\.steps\[1\]: expected exactly one of send, release, advance, run$/
	],
	[
		'a hidden packet’s field',
		REPAIR,
		hidden({ send: { from: 'client/eth0', packet: { ...udp, tpc: {} } } }),
		/^hidden\[0\]\.steps\[1\]\.send\.packet\.tpc: unknown field tpc$/
	],
	[
		'a hidden sender',
		REPAIR,
		hidden({ send: { from: 'clint/eth0', packet: udp } }),
		/^hidden\[0\]\.steps\[1\]\.send\.from: no interface clint\/eth0$/
	],
	[
		'a hidden answer to no step',
		REPAIR,
		hidden({ send: { from: 'client/eth0', replyTo: 7, packet: {} } }),
		/^hidden\[0\]\.steps\[1\]\.send\.replyTo: step 7 is no earlier step$/
	],
	[
		'a hidden command’s host',
		REPAIR,
		hidden({ run: { on: 'client', command: 'nft list ruleset' } }),
		/^hidden\[0\]\.steps\[1\]\.run\.on: no linux host client$/
	],
	[
		'a hidden command',
		REPAIR,
		hidden({ run: { on: 'gateway', command: 'ntf list ruleset' } }),
		/^hidden\[0\]\.steps\[1\]\.run\.command: no command `ntf`; there are nft, /
	],
	[
		'a step’s command',
		REPAIR,
		(f) => (f.steps = [{ run: { on: 'gateway', command: 'conntrak -L' } }]),
		/^steps\[0\]\.run\.command: no command `conntrak`/m
	],
	[
		'a hidden goal’s step',
		REPAIR,
		(f) => f.hidden[0].goals.push(arrives({ step: 1 })),
		/^hidden\[0\]\.goals\[1\]\.not\.arrives\.step: no step 1: there are 1, counted from 0$/
	],
	[
		'a goal’s interface',
		REPAIR,
		goal(arrives({ at: 'client/eth9' })),
		/^goals\[2\]\.not\.arrives\.at: no interface client\/eth9$/
	],
	[
		'an interface of a linux host',
		REPAIR,
		goal(arrives({ at: 'gateway/ext' })),
		/^goals\[2\]\.not\.arrives\.at: gateway is a linux host: /
	],
	[
		'a wire host without an interface',
		REPAIR,
		goal(arrives({ at: 'client' })),
		/^goals\[2\]\.not\.arrives\.at: client is a wire host: name its interface, client\/…$/
	],
	[
		'a goal’s step',
		REPAIR,
		goal({ any: [arrives({ step: 99 })] }),
		/^goals\[2\]\.any\[0\]\.not\.arrives\.step: no step 99: there are 8/
	],
	[
		'a goal’s packet field',
		REPAIR,
		goal(arrives({ packet: { tpc: {} } })),
		/^goals\[2\]\.not\.arrives\.packet\.tpc: unknown field tpc$/
	],
	[
		'a field inside a goal’s packet',
		REPAIR,
		goal(arrives({ packet: { tcp: { dprot: 1 } } })),
		/^goals\[2\]\.not\.arrives\.packet\.tcp\.dprot: unknown field dprot$/
	],
	[
		'a goal’s host',
		REPAIR,
		goal({ entries: { on: 'gatway', is: 0 } }),
		/^goals\[2\]\.entries\.on: no linux host gatway$/
	],
	[
		'a chain',
		REPAIR,
		goal({ not: { dropped: { on: 'gateway', at: 'ip filter forwrad' } } }),
		/^goals\[2\]\.not\.dropped\.at: no station `ip filter forwrad` on gateway$/
	],
	[
		'a chain at another hook',
		REPAIR,
		goal({ not: { dropped: { on: 'gateway', at: 'input/ip filter forward' } } }),
		/^goals\[2\]\.not\.dropped\.at: no station `input\/ip filter forward` on gateway$/
	],
	[
		'a rule’s number',
		REPAIR,
		goal({ not: { counter: { on: 'gateway', table: 'ip nat', chain: 'prerouting', rule: 9 } } }),
		/^goals\[2\]\.not\.counter\.rule: no rule 9 in ip nat prerouting on gateway$/
	],
	[
		'a counter’s step',
		REPAIR,
		goal({ counter: { on: 'gateway', table: 'ip nat', chain: 'prerouting', rule: 0, step: 1 } }),
		/^goals\[2\]\.counter\.step: unknown field step$/
	],
	[
		'a command’s step',
		REPAIR,
		goal({ not: { command: { step: 0 } } }),
		/^goals\[2\]\.not\.command\.step: step 0 runs no command$/
	],
	[
		'an action’s step of no kind',
		CONSTRUCT,
		(f) => (f.actions[0].step = { sned: {} }),
		/^actions\[0\]\.step/
	],
	[
		'an action’s packet field',
		CONSTRUCT,
		(f) => (f.actions[1].step.send.packet.tpc = {}),
		/^actions\[1\]\.step\.send\.packet\.tpc: unknown field tpc$/
	],
	[
		'an action’s sender',
		CONSTRUCT,
		(f) => (f.actions[1].step.send.from = 'clint/eth0'),
		/^actions\[1\]\.step\.send\.from: no interface clint\/eth0$/
	],
	[
		'an action that is answered',
		CONSTRUCT,
		(f) => (f.actions[1].step.send.replyTo = 'nosuch'),
		/^actions\[1\]\.step\.send\.replyTo: no action nosuch$/
	],
	[
		'a step that an action answers',
		CONSTRUCT,
		(f) => (f.actions[1].step.send.replyTo = 7),
		/^actions\[1\]\.step\.send\.replyTo: no step 7: the scenario has 3/
	],
	[
		'an action’s command',
		CONSTRUCT,
		(f) => (f.actions[2].step.run.command = 'ntf -f x'),
		/^actions\[2\]\.step\.run\.command: no command `ntf`/
	],
	[
		'an action’s host',
		CONSTRUCT,
		(f) => (f.actions[2].step.run.on = 'old'),
		/^actions\[2\]\.step\.run\.on: no linux host old$/
	],
	[
		'an id twice',
		CONSTRUCT,
		(f) => (f.actions[1].id = 'wait'),
		/^actions\[1\]\.id: `wait` is used twice$/m
	],
	[
		'an action of the solution',
		CONSTRUCT,
		(f) => (f.solution = ['delete', 'nosuch']),
		/^solution\[1\]: no action nosuch$/
	],
	[
		'an action that holds nothing',
		HELD,
		(f) => f.actions.push({ id: 'go', label: f.title, step: { release: 'go' } }),
		/^actions\[\d+\]\.step\.release: go holds no packet$/
	],
	[
		'a trace’s station',
		TRACE,
		(f) => f.trace.stations.push('postrouting/NTA'),
		/^trace\.stations\[\d+\]: no station `postrouting\/NTA` on gateway$/
	],
	[
		'a station without its hook',
		TRACE,
		(f) => f.trace.stations.push('NAT'),
		/^trace\.stations\[\d+\]: expected hook\/station or routing$/
	],
	['a trace’s host', TRACE, (f) => (f.trace.on = 'gatway'), /^trace\.on: no linux host gatway$/],
	['a trace’s step', TRACE, (f) => (f.trace.step = 99), /^trace\.step: no step 99/],
	[
		'a field of a table',
		FILL_IN,
		(f) => f.table.blanks.push('reply.srcc'),
		/^table\.blanks\[\d+\]: no field `reply\.srcc` on a line of conntrack -L$/
	],
	[
		'evidence’s host',
		DIAGNOSE,
		(f) => f.evidence.push({ show: 'events', on: 'gatway' }),
		/^evidence\[\d+\]\.on: no linux host gatway$/
	],
	[
		'evidence’s interface',
		DIAGNOSE,
		(f) => f.evidence.push({ show: 'arrivals', on: 'server/eth9' }),
		/^evidence\[\d+\]\.on: no (interface|host) server/
	],
	[
		'evidence’s step',
		DIAGNOSE,
		(f) => f.evidence.push({ show: 'table', on: 'gateway', step: 99 }),
		/^evidence\[\d+\]\.step: no step 99/
	],
	[
		'a choice that says nothing',
		PREDICT,
		(f) => delete f.questions[1].choices[0].holds,
		/^questions\[1\]\.choices\[0\]: expected one of holds, fix, correct/
	],
	[
		'a choice’s condition',
		PREDICT,
		(f) => (f.questions[1].choices[0].holds[0].arrives.at = 'client/eth9'),
		/^questions\[1\]\.choices\[0\]\.holds\[0\]\.arrives\.at: no interface client\/eth9$/
	],
	[
		'a fix without goals',
		PREDICT,
		(f) => (f.questions[1].choices[0] = { text: f.title, fix: {} }),
		/^questions\[1\]\.choices\[0\]\.fix: a fix is right if all `goals` hold, and there are none$/
	],
	[
		'a question of two forms',
		PREDICT,
		(f) => (f.questions[0].choices = f.questions[1].choices),
		/^questions\[0\]: has both choices and a value: expected one of them$/
	],
	[
		'a value’s interface',
		PREDICT,
		(f) => (f.questions[0].value.packet.at = 'server/eth9'),
		/^questions\[0\]\.value\.packet\.at: no interface server\/eth9$/
	],
	[
		'a value’s number',
		PREDICT,
		(f) => (f.questions[0].value = { stat: { on: 'gateway', name: 'isnert' } }),
		/^questions\[0\]\.value\.stat\.name: no number `isnert`$/
	]
];

test.each(CASES)('%s', (_, slug, spoil, expected) => {
	const whole = file(slug);
	spoil(whole);
	expect(errorsOf(whole).join('\n')).toMatch(expected);
});

describe('what is right is told nothing of', () => {
	test.each([
		['a reason', { not: { dropped: { on: 'gateway', at: 'no route' } } }],
		['a hook', { not: { dropped: { on: 'gateway', at: 'output' } } }],
		['a chain', { not: { dropped: { on: 'gateway', at: 'forward/ip filter forward' } } }],
		['routing', { asked: { on: 'gateway', step: 0, at: 'routing' } }],
		['a linux host', { not: { arrives: { at: 'gateway', packet: { udp: {} } } } }]
	])('%s', (_, condition) => {
		const whole = file(REPAIR);
		whole.goals.push(condition);
		expect(errorsOf(whole)).toEqual([]);
	});

	test('every command that is named is one of a host', () => {
		const scenario = scenarioOf('reverse-snat') as Scenario;
		const steps = COMMANDS.map((command) => ({ run: { on: 'gateway', command } }));
		const ran = runScenario({ ...scenario, steps });
		if (!ran.ok) throw new Error(ran.errors[0]!.message);
		expect(ran.run.steps.map(({ exit }) => exit)).not.toContain(127);
	});
});

describe('a text that is not JSON', () => {
	const place = (source: string): string => {
		const read = readExercise(source, scenarioOf);
		return read.ok ? '' : `${read.errors[0]!.path}: ${read.errors[0]!.message}`;
	};

	test.each([
		['an unquoted word', '{\n\t"version": one\n}', 'line 2, column 13'],
		['an unquoted name', '{\n\tversion: 1\n}', 'line 2, column 2'],
		['a text cut off', '{\n\t"version": 1', 'line 2, column 14'],
		['nothing', '', 'line 1, column 1']
	])('%s', (_, source, where) => {
		expect(place(source)).toBe(`${where}: this is not JSON`);
	});

	test('a byte order mark is called by its name', () => {
		expect(place('\uFEFF{}')).toMatch(/^line 1, column 1: a byte order mark stands here/);
	});
});

test('a lesson that there is not', () => {
	const source = readFileSync(`content/exercises/${REPAIR}.json`, 'utf8');
	const read = (lesson: string) => readExercise(source, scenarioOf, (slug) => slug === lesson);
	expect(read('reverse-snat').ok).toBe(true);
	expect(read('other')).toEqual({
		ok: false,
		errors: [{ path: 'lesson', message: 'no lesson `reverse-snat`' }]
	});
});
