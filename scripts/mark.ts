/**
 * `npm run mark -- DIR --assignment FILE|LINK [--class ROSTER.csv] [--csv | --gradebook]`: marks the files of a folder as
 * the site's own page does, to the byte. Prints all marks as JSON, as a table, or for a gradebook.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assignmentFromAnything } from '../src/lib/exercises/circle/assignment';
import { gradebookCsv, match, plainCsv, readRoster } from '../src/lib/exercises/circle/gradebook';
import { bestOf, inOrder, markFile, marksText } from '../src/lib/exercises/circle/mark';
import type { Template } from '../src/lib/exercises/format/make';
import { templateOf } from '../src/lib/exercises/format/make';

const USAGE =
	'usage: npm run --silent mark -- DIR --assignment FILE|LINK [--csv | --class ROSTER.csv]\n';
/** Bytes above which a file is not read at all, as on the page. */
const MOST_BYTES = 8_000_000;

function fail(message: string): never {
	process.stderr.write(message);
	process.exit(2);
}

const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
	const at = args.indexOf(name);
	return at < 0 ? undefined : args.splice(at, 2)[1];
};
const asked = option('--assignment');
const list = option('--class');
const table = args.includes('--csv');
const [folder] = args.filter((arg) => !arg.startsWith('--'));
if (!folder || !asked) fail(USAGE);

const read = assignmentFromAnything(existsSync(asked) ? readFileSync(asked, 'utf8') : asked);
if (!read.ok) fail(`${asked}: this is no assignment\n`);
const { assignment } = read;

const content = new URL('../content/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, content), 'utf8'));
const templates = new Map<string, Template>();
for (const slug of assignment.exercises) {
	if (!existsSync(new URL(`exercises/${slug}.json`, content)))
		fail(`${asked}: there is no exercise ${slug}\n`);
	const file = json(`exercises/${slug}.json`) as Record<string, unknown>;
	const { scenario } = file;
	templates.set(
		slug,
		templateOf(file, typeof scenario === 'string' ? json(`scenarios/${scenario}.json`) : scenario)
	);
}

if (!existsSync(folder) || !statSync(folder).isDirectory()) fail(`${folder}: is no folder\n`);
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.map((name) => name.replaceAll('\\', '/'))
	.filter((name) => name.endsWith('.json') && statSync(join(folder, name)).isFile());
const marks = inOrder(
	names.map((name) => {
		const path = join(folder, name);
		if (statSync(path).size > MOST_BYTES) return { file: name, ok: false, why: 'too long' };
		return markFile(name, readFileSync(path, 'utf8'), assignment, templates);
	})
);

if (list !== undefined) {
	const roster = readRoster(existsSync(list) ? readFileSync(list, 'utf8') : '');
	if (!roster.ok) fail(`${list}: this is no class list of Moodle or Canvas\n`);
	const matched = match(roster.roster, bestOf(marks));
	for (const mark of matched.strangers) {
		const { file, student } = mark;
		const why = matched.taken.includes(mark)
			? 'has another file that is as good or better'
			: 'is not in the class list';
		process.stderr.write(`${file}: ${student.number || student.name || '—'} ${why}\n`);
	}
	process.stdout.write(gradebookCsv(roster.roster, matched, assignment.title));
} else if (table) process.stdout.write(plainCsv(marks, assignment.exercises));
else process.stdout.write(marksText(assignment, marks));
for (const mark of marks) if (!mark.ok) process.stderr.write(`${mark.file}: ${mark.why}\n`);
