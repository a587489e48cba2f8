import { describe, expect, test } from 'vitest';
import { glossaryOf } from '../../src/lib/course/glossary';
import { termFinder } from '../../src/lib/course/build/terms';
import { projectGlossary } from '../../scripts/markdown/site';

const file = (fields: string, text = 'It is so.') => `---\n${fields}\n---\n\n${text}\n`;
const pair = (id: string, fields: string) => ({
	[`en/glossary/${id}.md`]: file(fields),
	[`zh/glossary/${id}.md`]: file(fields)
});

describe('the glossary', () => {
	test('is sorted as a dictionary of its language is', () => {
		const { en, zh } = projectGlossary();
		expect(en.length).toBeGreaterThanOrEqual(60);
		expect(zh.map(({ id }) => id).sort()).toEqual(en.map(({ id }) => id).sort());
		const names = en.map(({ term }) => term);
		expect(names.indexOf('chain')).toBeLessThan(names.indexOf('DNAT'));
		// By pinyin: chao… before huifu… before lian, and tiao… after it.
		const pinyin = zh
			.map(({ term }) => term)
			.filter((term) => ['链', '回复元组', '超时', '条目'].includes(term));
		expect(pinyin).toEqual(['超时', '回复元组', '链', '条目']);
	});

	test.each([
		[
			'a term without its twin',
			{ 'en/glossary/a.md': file('term: a\nlesson: one') },
			'zh/glossary/a.md: is missing'
		],
		['a term of a lesson that is not', pair('a', 'term: a\nlesson: two'), 'no lesson two'],
		['a neighbour that is not', pair('a', 'term: a\nlesson: one\nsee: [b]'), 'see: no term b'],
		['no term', pair('a', 'lesson: one'), 'term:'],
		[
			'one word for two terms',
			{
				...pair('a', 'term: flow\nlesson: one'),
				...pair('b', 'term: stream\nalso: [flow]\nlesson: one')
			},
			'"flow" is said of a too'
		],
		[
			'no definition',
			{
				...pair('a', 'term: a\nlesson: one'),
				'en/glossary/a.md': file('term: a\nlesson: one', '')
			},
			'says nothing'
		]
	])('is refused with %s', (_, files, message) => {
		expect(() => glossaryOf(files as Record<string, string>, ['one'])).toThrow(message);
	});
});

describe('a term is found', () => {
	const said = (language: 'en' | 'zh', text: string) =>
		termFinder(
			language,
			projectGlossary()[language]
		)(text).map(({ from, to }) => text.slice(from, to));

	test.each([
		['Entries and the reply tuple', ['Entries', 'reply tuple']],
		['the tuples of an entry', ['tuples', 'entry']],
		['reentry, an entry-level job, subchain', []],
		['a new packet is NEW', ['NEW']],
		['put in at INPUT', ['INPUT']]
	])('in: %s', (text, words) => {
		expect(said('en', text)).toEqual(words);
	});

	test.each([
		['回复元组在条目里', ['回复元组', '条目']],
		['流量很大的链路，包含很多东西', []],
		['这条链只问第一个包', ['链']]
	])('in: %s', (text, words) => {
		expect(said('zh', text)).toEqual(words);
	});
});
