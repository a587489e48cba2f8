// What the lessons print, in either language, against the scenarios: nobody should have to trust a block of text.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareObservations } from '../../src/lib/scenario/compare';
import { observe } from '../../src/lib/scenario/observe';
import { lessonScenario, recorded } from './lesson-lab';

const content = new URL('../../content/', import.meta.url);
const slugs = ['states', 'reverse-snat'];
const lesson = (language: string, slug: string) =>
	readFileSync(new URL(`${language}/lessons/${slug}.md`, content), 'utf8');

/** Scenarios that a lesson's Labs show, by name, in order. */
const scenarios = (text: string) =>
	[...text.matchAll(/\$content\/scenarios\/([\w-]+)\.json/g)].map(([, name]) => name!);

/** Fenced blocks of one language. */
const blocks = (text: string, language: string) =>
	[...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, block]) =>
		name === language ? [block!] : []
	);

/** A line of an entry without what changes from run to run: seconds left, `mark`, `use`, blanks. */
const plain = (line: string) =>
	line
		.replace(/ (mark|use)=\d+/g, '')
		.replace(/\s+/g, ' ')
		.replace(/^( ?\[(?:NEW|UPDATE)\])?( ?\w+ \d+) \d+/, '$1$2')
		.trim();

test.each(readdirSync(new URL('scenarios/', content)).map((name) => name.replace(/\.json$/, '')))(
	'%s: the engine does what the kernel did',
	(name) => {
		const scenario = lessonScenario(name);
		const observed = observe(scenario);
		if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
		expect(compareObservations(recorded(name), observed.observation, scenario)).toEqual([]);
	}
);

describe.each(slugs)('%s', (slug) => {
	const [en, zh] = [lesson('en', slug), lesson('zh', slug)];

	test('has the same blocks, Labs, gates and right answers in both languages', () => {
		for (const language of ['nft', 'bash', 'text'])
			expect(blocks(zh, language), language).toEqual(blocks(en, language));
		const labs = (text: string) =>
			[...text.matchAll(/<Lab [^>]*?\/>/g)].map(([tag]) => tag.replace(/ title="[^"]*"/, ''));
		expect(labs(zh)).toEqual(labs(en));
		expect(labs(en).length).toBeGreaterThanOrEqual(2);
		const answers = (text: string) =>
			[...text.matchAll(/\{ text: [^\n]*/g)].map(([choice]) => choice.includes('correct: true'));
		expect(answers(zh)).toEqual(answers(en));
		expect(scenarios(zh)).toEqual(scenarios(en));
	});

	test('each Lab that waits, waits for a question that stands before it and has one right answer', () => {
		const gates = [...en.matchAll(/question: '([\w-]+)'/g)];
		expect(gates.length).toBeGreaterThan(0);
		for (const { index, 1: id } of gates) {
			const question = new RegExp(`<Question\\s+id="${id}"[\\s\\S]*?/>`).exec(en)!;
			expect(question.index).toBeLessThan(index);
			expect(question[0].match(/correct: true/g)).toHaveLength(1);
		}
	});

	test('prints the rules of its first scenario', () => {
		const { gateway } = lessonScenario(scenarios(en)[0]!).hosts;
		const rules = gateway?.kind === 'linux' ? gateway.nft : undefined;
		const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
		expect(squeeze(blocks(en, 'nft')[0]!)).toBe(squeeze([rules!].flat().join('\n')));
	});

	test('prints entries that its first scenario has', () => {
		const { steps } = recorded(scenarios(en)[0]!);
		const seen = steps
			.flatMap(({ hosts }) => [...hosts!.gateway!.events, ...hosts!.gateway!.table])
			.map(plain);
		const printed = blocks(en, 'text')
			// A long line may go on in the next, which is then indented.
			.flatMap((block) => block.replace(/\n\s+src=/g, ' src=').split('\n'))
			.filter((line) => / src=\S+ dst=/.test(line));
		expect(printed.length).toBeGreaterThan(0);
		for (const line of printed) expect(seen).toContain(plain(line));
	});
});
