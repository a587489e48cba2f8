/* eslint-disable @typescript-eslint/no-explicit-any -- files are broken on purpose */
import { describe, expect, test } from 'vitest';
import { check, solutionOf } from '../../src/lib/exercises/check';
import { examine } from '../../src/lib/exercises/examine';
import type { Repair } from '../../src/lib/exercises/format/exercise';
import { makeExercise } from '../../src/lib/exercises/format/make';
import { checkExercise, readExercise } from '../../src/lib/exercises/format/read';
import { errorsOf, repairFile, scenarioOf } from './load';

describe('errors of an exercise file have their place', () => {
	const cases: [string, (file: any) => unknown, RegExp][] = [
		['no kind', (f) => delete f.kind, /^kind: /],
		['an unknown field', (f) => (f.colour = 'red'), /^colour: unknown field colour$/],
		['a text in one language', (f) => delete f.title.zh, /^title\.zh: is missing$/],
		['a grade there is not', (f) => (f.grade = 4), /^grade: /],
		[
			'a scenario there is not',
			(f) => (f.scenario = 'nowhere'),
			/^scenario: no scenario `nowhere`$/
		],
		['a goal of no kind', (f) => (f.goals[0] = { arives: {} }), /^goals\[0\]/],
		[
			'a goal with an unknown field',
			(f) => (f.goals[0].arrives.att = 1),
			/^goals\[0\]\.arrives\.att: unknown field att$/
		],
		[
			'a host there is not',
			(f) => (f.change = { gatway: ['nft'] }),
			/^change\.gatway: no linux host gatway\n/
		],
		[
			'text that does not stand there',
			(f) => (f.start.gateway.nft.replace[0][0] = 'dnat to 1.2.3.4'),
			/^start\.gateway\.nft\.replace\[0\]: `dnat to 1\.2\.3\.4` does not stand there$/
		],
		[
			'rules that cannot be read',
			(f) => (f.start = { gateway: { nft: 'table ip x { chain }' } }),
			/^scenario reverse-snat: hosts\.gateway\.nft: line 1, column \d+: /
		],
		[
			'a name that nothing is put in for',
			(f) => (f.text.en += ' {{nothing}}'),
			/^text\.en: nothing is put in place of \{\{nothing\}\}$/
		],
		[
			'cases with different names',
			(f) => f.variants.cases.push({ other: 1 }),
			/^variants\.cases\[3\]: every case has the same names$/
		],
		[
			'a range of another form',
			(f) => (f.variants.values['40000'] = '10.0.0.1-10.0.0.9'),
			/^variants\.values\.40000: /
		],
		['neither solution nor start', (f) => delete f.start, /^solution: is missing/]
	];
	test.each(cases)('%s', (_, spoil, expected) => {
		const file = repairFile();
		spoil(file);
		expect(errorsOf(file).join('\n')).toMatch(expected);
	});

	test('what is not JSON is told with line and column', () => {
		const read = readExercise('{\n\t"version": 1,,\n}', scenarioOf);
		expect(read.ok ? [] : read.errors).toEqual([
			{ path: 'line 2, column 15', message: 'this is not JSON' }
		]);
	});
});

describe('an exercise that is not sound is found out', () => {
	const problems = (spoil: (file: any) => unknown): string => {
		const file = repairFile();
		spoil(file);
		const read = checkExercise(file, scenarioOf);
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		return examine(makeExercise(read.template, null))
			.map(({ path, message }) => `${path}: ${message}`)
			.join('\n');
	};

	test('a solution that does not solve it', () => {
		expect(problems((f) => (f.solution = {}))).toMatch(
			/^solution: does not solve it: At `server\/eth0`/
		);
	});

	test('goals that hold from the beginning', () => {
		expect(
			problems((f) => {
				f.hidden = [];
				f.goals = [{ relation: { on: 'gateway', step: 0, is: 'new' } }];
			})
		).toBe('goals: it is solved before the first action');
	});

	test('a question with two right answers, or none', () => {
		const asked = (holds: unknown[][]): string =>
			problems((f) => {
				for (const key of ['start', 'change', 'goals', 'hidden', 'variants']) delete f[key];
				f.kind = 'predict';
				const text = { en: 'x', zh: 'x' };
				f.questions = [{ ask: text, choices: holds.map((one) => ({ text, holds: one })) }];
			});
		const yes = { relation: { on: 'gateway', step: 0, is: 'new' } };
		const no = { not: yes };
		expect(asked([[yes], [no]])).toBe('');
		expect(asked([[yes], [yes]])).toMatch(/has 2 right answers \(0, 1\)/);
		expect(asked([[no], [no]])).toMatch(/has 0 right answers/);
	});
});

describe('a repair', () => {
	const read = checkExercise(repairFile(), scenarioOf);
	if (!read.ok) throw new Error('the file is sound');
	const exercise = makeExercise(read.template, null) as Repair;
	const { changes } = solutionOf(exercise) as { changes: Record<string, { nft: string }> };

	test('is solved by its solution, and says what is amiss without it', () => {
		expect(check(exercise, { changes }).solved).toBe(true);
		const before = check(exercise, { changes: {} });
		expect(before.solved).toBe(false);
		expect(before.goals[0]).toMatchObject({ met: false });
	});

	test('is not solved by rules for the packets on the page alone', () => {
		const narrow = changes.gateway!.nft.replace(
			'iifname "ext" tcp',
			'iifname "ext" ip saddr 198.51.100.10 tcp'
		);
		const result = check(exercise, { changes: { gateway: { nft: narrow } } });
		const [shown, hidden] = [false, true].map((wanted) =>
			result.goals.filter(({ about }) => 'goal' in about && (about.hidden !== undefined) === wanted)
		);
		expect(shown!.every((goal) => goal.met)).toBe(true);
		expect(hidden!.every((goal) => goal.met)).toBe(false);
		expect(result.solved).toBe(false);
	});

	test('leaves alone what may not be changed', () => {
		const steps = { gateway: { nft: changes.gateway!.nft, sysctl: { 'net.ipv4.ip_forward': 0 } } };
		expect(check(exercise, { changes: steps }).solved).toBe(true);
		expect(check(exercise, { changes: { client: { nft: 'x' }, ...changes } }).solved).toBe(true);
	});

	test('tells rules that cannot be read with their place', () => {
		const result = check(exercise, {
			changes: { gateway: { nft: 'table ip nat {\n  chain x { foo }\n}' } }
		});
		expect(result).toMatchObject({ solved: false, errors: [{ path: 'hosts.gateway.nft' }] });
		expect(result.errors[0]!.message).toMatch(/^line 2, column \d+: /);
	});

	test('is not waited for: rules that ask too many rules are refused', () => {
		const chains = Array.from({ length: 12 }, (_, i) => {
			const jumps = Array.from({ length: 20 }, () => `    jump c${i + 1}`);
			return [`  chain c${i} {`, ...(i < 11 ? jumps : ['    counter']), '  }'].join('\n');
		}).reverse();
		const base = '  chain f { type filter hook forward priority filter; policy accept; jump c0; }';
		const nft = `table ip heavy {\n${chains.join('\n')}\n${base}\n}`;
		const result = check(exercise, { changes: { gateway: { nft } } });
		expect(result.solved).toBe(false);
		expect(result.errors[0]!.message).toMatch(/can ask more than \d+ rules of one packet/);
	});
});
