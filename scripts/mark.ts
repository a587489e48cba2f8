/**
 * `npm run --silent mark -- DIR --assignment FILE|LINK [--csv | --class ROSTER.csv]`: marks the files of a folder as the
 * site's own page does, to the byte. Prints all marks as JSON, as a table, or as a gradebook imports them.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assignmentFromAnything, hasAssignment } from '../src/lib/exercises/circle/assignment';
import { gradebookCsv, match, plainCsv, readRoster } from '../src/lib/exercises/circle/gradebook';
import type { Mark } from '../src/lib/exercises/circle/mark';
import { MOST_BYTES } from '../src/lib/exercises/circle/hostile';
import { bestOf, inOrder, isHandedIn, markFile, marksText } from '../src/lib/exercises/circle/mark';
import type { Template } from '../src/lib/exercises/format/make';
import { templateOf } from '../src/lib/exercises/format/make';
import { circleEn } from '../src/lib/exercises/ui/words/circle-en';

const USAGE =
	'usage: npm run --silent mark -- DIR --assignment FILE|LINK [--csv | --class ROSTER.csv]\n';

function fail(message: string): never {
	process.stderr.write(message);
	process.exit(2);
}

function options() {
	try {
		const { values, positionals } = parseArgs({
			options: {
				assignment: { type: 'string' },
				class: { type: 'string' },
				csv: { type: 'boolean', default: false }
			},
			allowPositionals: true
		});
		return { ...values, folders: positionals };
	} catch (error) {
		return fail(`${(error as Error).message}\n${USAGE}`);
	}
}
const { assignment: asked, class: list, csv: table, folders } = options();
const [folder] = folders;
if (!folder || folders.length > 1 || !asked || (table && list !== undefined)) fail(USAGE);

function textOf(file: string): string {
	if (!existsSync(file)) fail(`${file}: there is no such file\n`);
	if (statSync(file).isDirectory()) fail(`${file}: is a folder, and a file is asked for\n`);
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		return fail(`${(error as Error).message}\n`);
	}
}

// A link holds the assignment; anything else is the name of a file.
const isLink = !existsSync(asked) && hasAssignment(asked.slice(asked.indexOf('#') + 1));
const read = assignmentFromAnything(isLink ? asked : textOf(asked));
if (!read.ok) fail(`${asked}: ${circleEn.do.unreadable[read.why]}\n`);
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
function namesIn(dir: string): string[] {
	try {
		return readdirSync(dir, { recursive: true, encoding: 'utf8' })
			.map((name) => name.replaceAll('\\', '/'))
			.filter(isHandedIn);
	} catch (error) {
		return fail(`${(error as Error).message}\n`);
	}
}

/** The mark of a file; nothing for what is none, such as a folder. */
function markOf(name: string): Mark[] {
	const path = join(folder!, name);
	try {
		const about = statSync(path);
		if (!about.isFile()) return [];
		if (about.size > MOST_BYTES) return [{ file: name, ok: false, why: 'too long' }];
		return [markFile(name, readFileSync(path, 'utf8'), assignment, templates)];
	} catch {
		// A link to nowhere, or a file that may not be read: the others are marked all the same.
		return [{ file: name, ok: false, why: 'unreadable' }];
	}
}
const marks = inOrder(namesIn(folder).flatMap(markOf));

if (list !== undefined) {
	const roster = readRoster(textOf(list));
	if (!roster.ok) fail(`${list}: ${circleEn.mark.rosterWrong[roster.why]}\n`);
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
