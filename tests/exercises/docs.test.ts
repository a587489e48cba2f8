/** The examples of docs/exercises.md are exercises that the command finds sound. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examine } from '../../src/lib/exercises/examine';
import { makeExercise } from '../../src/lib/exercises/format/make';
import { checkExercise } from '../../src/lib/exercises/format/read';
import { scenarioOf } from './load';

const words = { en: 'x', zh: 'x' };
const sections = readFileSync('docs/exercises.md', 'utf8').split(/^## /m);

/** The first example of a section, as a file: what it leaves out is put in. */
function example(title: string): unknown {
	const section = sections.find((one) => one.startsWith(`${title}\n`))!;
	const source = /```json\n([\s\S]*?)```/.exec(section)![1]!.trim();
	const json = JSON.parse(source.startsWith('{') ? source : `{${source}}`) as object;
	return { version: 1, grade: 1, title: words, text: words, scenario: 'reverse-snat', ...json };
}

test.each(['A repair, the short way', 'Predict', 'Trace', 'Fill in', 'Construct'])(
	'%s',
	(title) => {
		const read = checkExercise(example(title), scenarioOf);
		expect(read.ok ? [] : read.errors).toEqual([]);
		if (read.ok) expect(examine(makeExercise(read.template, null))).toEqual([]);
	}
);
