/** `npm run exercise -- FILE…`: checks exercise files in many variants, and says where each is opened. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examineVariant } from '../src/lib/exercises/examine';
import { readExercise } from '../src/lib/exercises/format/read';
import type { ExerciseError } from '../src/lib/exercises/format/exercise';

/** Variants besides the file as it stands. */
const VARIANTS = 100;
const files = process.argv.slice(2);
if (files.length === 0) {
	process.stderr.write('usage: npm run exercise -- FILE…\n');
	process.exit(2);
}

const content = new URL('../content/', import.meta.url);

function scenario(name: string): unknown {
	const file = new URL(`scenarios/${name}.json`, content);
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const lesson = (slug: string): boolean => existsSync(new URL(`en/lessons/${slug}.md`, content));

function complain(file: string, errors: readonly ExerciseError[], where = ''): void {
	for (const { path, message } of errors)
		process.stderr.write(`${file}: ${path}: ${message}${where}\n`);
	process.exitCode = 2;
}

for (const file of files) {
	let source: string;
	try {
		source = readFileSync(file, 'utf8');
	} catch (error) {
		complain(file, [{ path: '(file)', message: (error as Error).message }]);
		continue;
	}
	const read = readExercise(source, scenario, lesson);
	if (!read.ok) {
		complain(file, read.errors);
		continue;
	}
	const { template } = read;
	const own = examineVariant(template, null);
	complainIf(own, '');
	if (own.length > 0) continue;
	const seeds = template.variants.values || template.variants.cases ? VARIANTS : 0;
	let bad = 0;
	for (let i = 0; i < seeds && bad === 0; i++) {
		const errors = examineVariant(template, `check ${i}`);
		complainIf(errors, ` (variant "check ${i}")`);
		bad += errors.length;
	}
	if (bad > 0) continue;
	const slug = basename(file, '.json');
	const listed =
		resolve(file) === fileURLToPath(new URL(`exercises/${encodeURIComponent(slug)}.json`, content));
	process.stdout.write(
		`${file}: ${template.kind}, grade ${template.grade}: sound${seeds ? ` in ${seeds} variants` : ''}\n` +
			(listed
				? `  npm run dev, then open /en/exercises/${slug}/ or /zh/exercises/${slug}/\n`
				: `  put it into content/exercises/ to have a page of its own\n`)
	);

	function complainIf(errors: readonly ExerciseError[], where: string): void {
		if (errors.length > 0) complain(file, errors, where);
	}
}
