import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exerciseJsonSchema } from '../../scripts/tools/exercise-schema';
import { repairFile, slugs } from './load';

const published = JSON.parse(readFileSync('static/schema/exercise.json', 'utf8')) as object;

test('the published JSON Schema is the one that the site checks with (`npm run schema` writes it)', () => {
	expect(published).toEqual(JSON.parse(JSON.stringify(exerciseJsonSchema())));
});

test('it takes every exercise, and refuses what is none', () => {
	const valid = new Ajv({ strict: false }).compile(published);
	for (const slug of slugs) {
		const file: unknown = JSON.parse(readFileSync(`content/exercises/${slug}.json`, 'utf8'));
		expect(valid(file), `${slug}: ${JSON.stringify(valid.errors?.[0])}`).toBe(true);
	}
	expect(valid({ ...repairFile(), colour: 'red' })).toBe(false);
	expect(valid({ ...repairFile(), goals: [{ arives: {} }] })).toBe(false);
});
