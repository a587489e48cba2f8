/**
 * The command for marking, `scripts/mark.ts`, as a function: marks the files of a folder as the site's own page does, to
 * the byte. Prints all marks as JSON, as a table, or as a gradebook imports them.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Assignment } from '../../src/lib/exercises/circle/assignment';
import { assignmentFromAnything, hasAssignment } from '../../src/lib/exercises/circle/assignment';
import {
	gradebookCsv,
	match,
	plainCsv,
	readRoster
} from '../../src/lib/exercises/circle/gradebook';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import { MOST_BYTES } from '../../src/lib/exercises/circle/hostile';
import {
	bestOf,
	inOrder,
	isHandedIn,
	markFile,
	marksText
} from '../../src/lib/exercises/circle/mark';
import type { Template } from '../../src/lib/exercises/format/make';
import { templateOf } from '../../src/lib/exercises/format/make';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';

const USAGE =
	'usage: npm run --silent mark -- DIR --assignment FILE|LINK [--csv | --class ROSTER.csv]\n';

/** Why nothing can be marked. */
class Refused extends Error {}

function fail(message: string): never {
	throw new Refused(message);
}

function options(args: readonly string[]) {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
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

function textOf(file: string): string {
	if (!existsSync(file)) fail(`${file}: there is no such file\n`);
	if (statSync(file).isDirectory()) fail(`${file}: is a folder, and a file is asked for\n`);
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		return fail(`${(error as Error).message}\n`);
	}
}

/** The exercises of an assignment, by slug. */
function templatesOf(assignment: Assignment, asked: string): Map<string, Template> {
	const content = new URL('../../content/', import.meta.url);
	const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, content), 'utf8'));
	return new Map(
		assignment.exercises.map((slug) => {
			if (!existsSync(new URL(`exercises/${slug}.json`, content)))
				fail(`${asked}: there is no exercise ${slug}\n`);
			const file = json(`exercises/${slug}.json`) as Record<string, unknown>;
			const { scenario } = file;
			const of = typeof scenario === 'string' ? json(`scenarios/${scenario}.json`) : scenario;
			return [slug, templateOf(file, of)];
		})
	);
}

function namesIn(folder: string): string[] {
	if (!existsSync(folder) || !statSync(folder).isDirectory()) fail(`${folder}: is no folder\n`);
	try {
		return readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.map((name) => name.replaceAll('\\', '/'))
			.filter(isHandedIn);
	} catch (error) {
		return fail(`${(error as Error).message}\n`);
	}
}

/** The mark of what a file holds; nothing for what is no file, such as a folder. */
function markOf(path: string, name: string, mark: (text: string) => Mark): Mark[] {
	try {
		const about = statSync(path);
		if (!about.isFile()) return [];
		if (about.size > MOST_BYTES) return [{ file: name, ok: false, why: 'too long' }];
		return [mark(readFileSync(path, 'utf8'))];
	} catch {
		// A link to nowhere, or a file that may not be read: the others are marked all the same.
		return [{ file: name, ok: false, why: 'unreadable' }];
	}
}

/** Where what is printed goes. */
interface Streams {
	out(text: string): void;
	error(text: string): void;
}

function markFolder(args: readonly string[], { out, error }: Streams): void {
	const { assignment: asked, class: list, csv: table, folders } = options(args);
	const [folder] = folders;
	if (!folder || folders.length > 1 || !asked || (table && list !== undefined)) fail(USAGE);

	// A link holds the assignment; anything else is the name of a file.
	const isLink = !existsSync(asked) && hasAssignment(asked.slice(asked.indexOf('#') + 1));
	const read = assignmentFromAnything(isLink ? asked : textOf(asked));
	if (!read.ok) fail(`${asked}: ${circleEn.do.unreadable[read.why]}\n`);
	const { assignment } = read;
	const templates = templatesOf(assignment, asked);
	const marks = inOrder(
		namesIn(folder).flatMap((name) =>
			markOf(join(folder, name), name, (text) => markFile(name, text, assignment, templates))
		)
	);

	if (list !== undefined) {
		const roster = readRoster(textOf(list));
		if (!roster.ok) fail(`${list}: ${circleEn.mark.rosterWrong[roster.why]}\n`);
		const matched = match(roster.roster, bestOf(marks));
		for (const mark of matched.strangers) {
			const { file, student } = mark;
			const why = matched.taken.includes(mark)
				? 'has another file that is as good or better'
				: 'is not in the class list';
			error(`${file}: ${student.number || student.name || '—'} ${why}\n`);
		}
		out(gradebookCsv(roster.roster, matched, assignment.title));
	} else if (table) out(plainCsv(marks, assignment.exercises));
	else out(marksText(assignment, marks));
	for (const mark of marks) if (!mark.ok) error(`${mark.file}: ${mark.why}\n`);
}

/**
 * @param args what stands after the command's name
 * @returns its exit status: 2 where nothing could be marked, with the reason among the errors
 */
export function markCommand(args: readonly string[], streams: Streams): number {
	try {
		markFolder(args, streams);
		return 0;
	} catch (fault) {
		if (!(fault instanceof Refused)) throw fault;
		streams.error(fault.message);
		return 2;
	}
}
