import { describe, expect, test } from 'vitest';
import { examineVariant } from '../../src/lib/exercises/examine';
import { slugs, templateOf } from './load';

/** Variants of each exercise; all of them take minutes. */
const VARIANTS = process.env.TEST_FULL ? 1000 : 12;

describe('every exercise', () => {
	test('there are exercises', () => {
		expect(slugs.length).toBeGreaterThan(0);
	});

	test.each(slugs)(
		'%s is solved by its own solution, by nothing before the first action, and has one answer',
		(slug) => {
			const template = templateOf(slug);
			const first = Number(process.env.SEED ?? 0);
			for (let i = -1; i < VARIANTS; i++) {
				const seed = i < 0 ? null : `sound ${first + i}`;
				const errors = examineVariant(template, seed);
				expect(errors, `variant ${seed}`).toEqual([]);
			}
		},
		600_000
	);
});
