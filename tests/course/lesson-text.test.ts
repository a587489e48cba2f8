// What the lessons say in either language, against the scenarios and against each other.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkForm, type LessonParts } from '../../src/lib/course/build/form';
import { scan, type Source } from '../../src/lib/course/build/scan';
import { compareObservations } from '../../src/lib/scenario/compare';
import { observe } from '../../src/lib/scenario/observe';
import { lessonNames, lessonText, prepareLesson, projectSite } from '../../scripts/markdown/site';
import { lessonScenario, recorded } from './lesson-lab';

const site = projectSite();
const scenarios = readdirSync(new URL('../../content/scenarios/', import.meta.url))
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.replace(/\.json$/, ''));
const slugs = lessonNames()
	.filter((name) => name.startsWith('en/'))
	.map((name) => name.slice(3));

test.each(scenarios)('%s: the engine does what the kernel did', (name) => {
	const scenario = lessonScenario(name);
	const observed = observe(scenario);
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	expect(compareObservations(recorded(name), observed.observation, scenario)).toEqual([]);
});

test.each(lessonNames())('%s: nothing is wrong with its form, its blocks and its facts', (name) => {
	const { faults } = prepareLesson(lessonText(name), name, site);
	expect(faults).toEqual([]);
});

test.each(lessonNames())('%s: its claims are tests beside it', (name) => {
	const slug = name.split('/')[1]!;
	const claims = readFileSync(new URL(`./${slug}.test.ts`, import.meta.url), 'utf8');
	expect(claims).toMatch(/lessonScenario\(/);
	expect(claims).toMatch(/expect\(/);
});

describe.each(slugs)('%s', (slug) => {
	const read = (language: string): { source: Source; parts: LessonParts } => {
		const source = scan(lessonText(`${language}/${slug}`));
		return { source, parts: checkForm(source).parts };
	};
	const [en, zh] = [read('en'), read('zh')];

	test('asks the same, shows the same and sets the same in both languages', () => {
		const questions = ({ parts }: typeof en) =>
			parts.questions.map(({ id, choices }) => [id, choices.map(({ correct }) => correct)]);
		expect(questions(zh)).toEqual(questions(en));
		const labs = ({ parts }: typeof en) => parts.labs.map(({ scenario, gate }) => [scenario, gate]);
		expect(labs(zh)).toEqual(labs(en));
		const repairs = ({ parts }: typeof en) => parts.repairs.map(({ exercise }) => exercise);
		expect(repairs(zh)).toEqual(repairs(en));
	});

	test('has the same blocks and the same anchors in both languages', () => {
		// Words may stand in comments and in plain text.
		const blocks = ({ source }: typeof en) =>
			source.fences.map(({ language, info, body }) => [
				language,
				info.replace(/unchecked="[^"]*"/, 'unchecked'),
				language === 'text' ? '' : body.replace(/[ \t]*#\s.*$/gm, '').trim()
			]);
		expect(blocks(zh)).toEqual(blocks(en));
		const anchors = ({ source }: typeof en) => source.headings.map(({ depth, id }) => [depth, id]);
		expect(anchors(zh)).toEqual(anchors(en));
	});

	test('computes the same facts in both languages', () => {
		const facts = ({ source }: typeof en) =>
			[...new Set(source.prose.match(/<Fact\s[^<>]*\/>/g) ?? [])].sort();
		expect(facts(zh)).toEqual(facts(en));
	});
});
