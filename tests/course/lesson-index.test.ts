import { describe, expect, test } from 'vitest';
import { courseOf as readCourse } from '../../src/lib/course/lesson-index';

const plan = {
	parts: [
		{ id: 'one', name: { en: 'One', zh: '一' }, lessons: ['c', 'planned'] },
		{ id: 'two', name: { en: 'Two', zh: '二' }, lessons: ['a', 'b'] }
	],
	reference: []
};
const courseOf = (files: Record<string, string>) => readCourse(files, plan, ['a-term']);

const text = (fields: Record<string, unknown> = {}) =>
	`---\n${Object.entries({
		title: 'A title',
		summary: 'A summary.',
		misconception: 'A belief.',
		minutes: 5,
		buildsOn: [],
		terms: ['a-term'],
		...fields
	})
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
		.join('\n')}\n---\n\nText.\n`;

/** A lesson with its twin. */
const pair = (slug: string, fields: Record<string, unknown> = {}) => ({
	[`/content/en/lessons/${slug}.md`]: text(fields),
	[`/content/zh/lessons/${slug}.md`]: text({ ...fields, title: '标题' })
});

describe('the course', () => {
	test('has the lessons in the order of the plan, numbered as planned', () => {
		const course = courseOf({
			...pair('a', { buildsOn: ['c'] }),
			...pair('b', { buildsOn: ['a'] }),
			...pair('c')
		});
		expect(course.en.map(({ slug, number, part }) => [number, slug, part])).toEqual([
			[1, 'c', 'one'],
			[3, 'a', 'two'],
			[4, 'b', 'two']
		]);
		expect(course.zh.map(({ slug, title }) => [slug, title])).toEqual([
			['c', '标题'],
			['a', '标题'],
			['b', '标题']
		]);
	});

	test.each([
		[
			'a lesson without its twin',
			{ '/content/en/lessons/a.md': text() },
			'zh/lessons/a.md: is missing'
		],
		['a field that is missing', pair('a', { title: undefined }), 'en/lessons/a.md: title:'],
		['a field that is empty', pair('a', { summary: ' ' }), 'summary: must not be empty'],
		['a number that is none', pair('a', { minutes: 'ten' }), 'minutes:'],
		['a field that nobody knows', pair('a', { tilte: 'x' }), 'tilte:'],
		[
			'a lesson that builds on none that exists',
			pair('a', { buildsOn: ['d'] }),
			'buildsOn: no lesson d'
		],
		[
			'a lesson that builds on a later one',
			{ ...pair('a', { buildsOn: ['b'] }), ...pair('b') },
			'buildsOn: b does not come before it'
		],
		[
			'a lesson that nobody planned',
			pair('z'),
			'en/lessons/z.md: the lesson is not in course.json'
		],
		['a term that nobody defined', pair('a', { terms: ['x'] }), 'terms: no x in the glossary'],
		[
			'twins that bring different terms',
			{ ...pair('a'), '/content/zh/lessons/a.md': text({ terms: [] }) },
			'a: terms: not the same'
		],
		['no frontmatter', { ...pair('a'), '/content/en/lessons/a.md': 'Text.' }, 'has no frontmatter'],
		[
			'a language that nobody reads',
			{ ...pair('a'), '/content/fr/lessons/a.md': text() },
			'fr/lessons/a.md'
		],
		[
			'twins that build on different lessons',
			{ ...pair('a'), ...pair('b', { buildsOn: ['a'] }), '/content/zh/lessons/b.md': text() },
			'b: buildsOn: not the same'
		]
	])('is refused with %s', (_, files, message) => {
		expect(() => courseOf(files as Record<string, string>)).toThrow(message);
	});
});
