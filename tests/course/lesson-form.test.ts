// What the build refuses in a lesson, and where it says so.
import { describe, expect, test } from 'vitest';
import { prepareLesson, type Site } from '../../src/lib/course/build/prepare';
import { SECTIONS } from '../../src/lib/course/build/form';
import { lessonScenario } from './lesson-lab';

const site: Site = {
	scenario: lessonScenario,
	plan: {
		parts: [{ id: 'one', name: { en: 'One', zh: '一' }, lessons: ['sample', 'later'] }],
		reference: []
	},
	repair: (slug) => (slug === 'sound' ? undefined : 'its solution does not solve it'),
	scenarioOf: () => undefined,
	term: (_, id) => (id === 'tuple' ? 'tuple' : undefined),
	page: () => undefined
};

const question = `<Question
	id="who"
	question="Who?"
	choices={[
		{ text: 'A rule', why: 'No.' },
		{ text: 'The entry', correct: true, why: 'Yes.' }
	]}
/>`;

/** A lesson that has nothing wrong with it. */
const sound = `---
title: A lesson
summary: A summary.
misconception: A belief.
minutes: 5
buildsOn: []
terms: []
---

<script>
	import whole from '$content/scenarios/reverse-snat.json';
</script>

Something happened to somebody.

## First {#predict}

${question}

<Lab scenario={whole} gate={{ question: 'who', step: 1 }} />

## What if {#break}

<Lab scenario={whole} />

## Mend it {#repair}

<Repair exercise="sound" />

## Really {#machine}

\`\`\`bash
conntrack -L
\`\`\`

<Summary>

- One thing.

</Summary>

## On {#read-on}

- [Something](https://example.org/)
`;

/** Faults of the sound lesson with one thing changed, as `line: message`. */
function faults(from: string | RegExp, to: string): string[] {
	const text = sound.replace(from, to);
	expect(text).not.toBe(sound);
	return prepareLesson(text, 'en/sample', site).faults.map(
		({ line, message }) => `${line}: ${message}`
	);
}

/** The line of the sound lesson that has these words. */
const lineOf = (words: string) => sound.split('\n').findIndex((line) => line.includes(words)) + 1;

/** One fault comes first for others to follow; it has to be there with its line. */
function expectFault(found: string[], line: number, message: string): void {
	expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${line}: `)));
	const here = found.filter((fault) => fault.startsWith(`${line}: `));
	expect(here.join('\n')).toContain(message);
}

test('a lesson in form has no fault', () => {
	expect(prepareLesson(sound, 'en/sample', site).faults).toEqual([]);
});

describe('sections', () => {
	test.each([
		['situation', 'Something happened to somebody.\n', ''],
		['predict', ' {#predict}', ''],
		['walk', " gate={{ question: 'who', step: 1 }}", ''],
		['break', ' {#break}', ''],
		['repair', '<Repair exercise="sound" />\n', ''],
		['machine', '```bash\nconntrack -L\n```\n', ''],
		['remember', /<Summary>[\s\S]*<\/Summary>/, ''],
		['read-on', '- [Something](https://example.org/)', 'Nothing.']
	])('%s has to be there', (section, from, to) => {
		const found = faults(from, to);
		expect(found.some((fault) => fault.includes(`: ${section}: a lesson`))).toBe(true);
	});

	test('may be waited for by the plan, each by its name', () => {
		const bare = sound.slice(0, sound.indexOf('## First'));
		const waits = { ...site, plan: { ...site.plan, unfinished: { sample: SECTIONS.slice(1) } } };
		expect(prepareLesson(bare, 'en/sample', waits).faults).toEqual([]);
		expect(prepareLesson(bare, 'en/sample', site).faults).toHaveLength(SECTIONS.length - 1);
	});

	test('stand in their order', () => {
		const mend = sound.slice(sound.indexOf('## Mend'), sound.indexOf('## Really'));
		const moved = sound.replace(mend, '').replace('## What if', `${mend}## What if`);
		expect(prepareLesson(moved, 'en/sample', site).faults.map(({ message }) => message)).toEqual([
			'repair stands before break'
		]);
	});
});

describe('refused, with its line:', () => {
	test.each([
		['two right answers', "'A rule', why", "'A rule', correct: true, why", 'has 2 right answers'],
		['no right answer', 'correct: true, ', '', 'has 0 right answers'],
		['an answer without a reason', ", why: 'No.'", '', 'choice 1 has no why'],
		['a choice with more than it may have', "why: 'No.'", "why: 'No.', extra: 1", 'unknown extra'],
		['one choice', "		{ text: 'A rule', why: 'No.' },\n", '', 'fewer than two choices'],
		['a property that is worked out', 'question="Who?"', 'question={1 + 1}', 'plain data']
	])('%s', (_, from, to, message) => {
		expectFault(faults(from, to), lineOf('<Question'), message);
	});

	test.each([
		['a Lab that waits for nothing', "question: 'who'", "question: 'why'", 'is not asked', '<Lab'],
		['a scenario that is not there', 'reverse-snat.json', 'no-such.json', 'no-such', '<Lab'],
		['a repair that nothing solves', '"sound"', '"broken"', 'does not solve it', '<Repair'],
		['a link into nothing', 'https://example.org/', '../nowhere/', 'no such page', 'Something]'],
		[
			'a link to an anchor that is not there',
			'https://example.org/',
			'#nowhere',
			'no #nowhere there',
			'Something]'
		],
		['an anchor twice', '{#break}', '{#machine}', '#machine is there twice', '## What if'],
		[
			'a command that the tool would not take',
			'conntrack -L',
			'conntrack --lst',
			'--lst',
			'conntrack -L'
		],
		['a language that nobody reads', '```bash', '```sh', 'no language `sh`', '```bash'],
		[
			'a fact of a step that is not',
			'Something happened',
			'<Fact of="reverse-snat" step="99" get="count" />',
			'no step 99',
			'Something happened'
		],
		[
			'a fact that is not there',
			'Something happened',
			'<Fact of="reverse-snat" get="entry.colour" />',
			'no .colour in entry',
			'Something happened'
		],
		[
			'a term that is not there',
			'Something happened',
			'<Term id="x" />',
			'no term x',
			'Something happened'
		]
	])('%s', (_, from, to, message, place) => {
		expectFault(faults(from, to), lineOf(place), message);
	});
});

describe('blocks', () => {
	const block = (written: string) =>
		faults('Something happened to somebody.', `Something.\n\n${written}`);

	test('are read by the parser of their language, and the fault has its own line', () => {
		const at = lineOf('Something happened') + 2;
		const [nft] = block(
			'```nft\ntable ip nat {\n\tchain c {\n\t\ttcp dprot 80 accept\n\t}\n}\n```'
		);
		expect(nft).toMatch(new RegExp(`^${at + 3}: nft, column \\d+:.*dprot`));
		const [iptables] = block(
			'```iptables\n*filter\n-A INPUT -j ACCEPT\n-A INPUT -j FROB\nCOMMIT\n```'
		);
		expect(iptables).toMatch(new RegExp(`^${at + 3}: iptables.*FROB`));
		const [bash] = block('```bash\nconntrack -C # how many\nsudo nft ad table ip x\n```');
		expect(bash).toMatch(new RegExp(`^${at + 2}: .*nft ad`));
	});

	test.each([
		['rules that stand alone', '```nft rules\ntcp dport 80 dnat to 10.0.0.2\n```'],
		['commands of others', '```bash\ncurl http://198.51.100.1/ | head\ntcpdump -ni ext\n```'],
		['a command on what is not there', '```bash\nnft delete table ip elsewhere\n```'],
		['what watches', '```bash\nconntrack -E -p tcp\nnft monitor trace\n```'],
		[
			'what is said not to be modelled',
			'```nft unchecked="flowtables are not modelled"\nflowtable f {}\n```'
		]
	])('may be %s', (_, written) => {
		expect(block(written)).toEqual([]);
	});

	test('that the build fills have to be empty', () => {
		expect(block('```conntrack scenario=reverse-snat\ntcp 6 …\n```')[0]).toContain(
			'leave it empty'
		);
	});
});

test('a link to a lesson that is planned and not there yet becomes its words', () => {
	const text = sound.replace(
		'[Something](https://example.org/)',
		'[Later on](../later/), `man nft`'
	);
	const prepared = prepareLesson(text, 'en/sample', site);
	expect(prepared.faults).toEqual([]);
	expect(prepared.text).toContain('- Later on, `man nft`');
});
