/** The exercises of the site, read as its pages read them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { makeExercise } from '../../src/lib/exercises/format/make';
import type { Template } from '../../src/lib/exercises/format/make';
import { checkExercise, readExercise } from '../../src/lib/exercises/format/read';
import type { Exercise } from '../../src/lib/exercises/format/exercise';

export function scenarioOf(name: string): unknown {
	const file = `content/scenarios/${name}.json`;
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Slugs of all exercises. */
export const slugs = readdirSync('content/exercises')
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.slice(0, -'.json'.length))
	.sort();

export function templateOf(slug: string): Template {
	const read = readExercise(readFileSync(`content/exercises/${slug}.json`, 'utf8'), scenarioOf);
	if (!read.ok) throw new Error(`${slug}: ${read.errors[0]!.path}: ${read.errors[0]!.message}`);
	return read.template;
}

export const exerciseOf = (slug: string, seed: string | null = null): Exercise =>
	makeExercise(templateOf(slug), seed);

/** A small repair that tests change. */
export function repairFile(): Record<string, unknown> {
	return JSON.parse(readFileSync('content/exercises/dnat-to-nobody.json', 'utf8')) as Record<
		string,
		unknown
	>;
}

export const errorsOf = (file: unknown): string[] => {
	const read = checkExercise(file, scenarioOf);
	return read.ok ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
};
