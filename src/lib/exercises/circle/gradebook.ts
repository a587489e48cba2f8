/** Class lists as Moodle and Canvas export them, and marks in the form that they import. */
import Papa from 'papaparse';
import { csvText } from '../../lab/model/csv';
import { plainLine } from './hostile';
import type { Mark } from './mark';

export type System = 'moodle' | 'canvas';

/** A class list: its columns that say who somebody is, and a row for each. */
export interface Roster {
	readonly system: System;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

export type ReadRoster =
	| { readonly ok: true; readonly roster: Roster }
	/** `form`: no columns that Moodle or Canvas have; `empty`: nobody in it; `long`: more than is read. */
	| { readonly ok: false; readonly why: 'form' | 'empty' | 'long' };

/** Most characters of a class list. */
const MOST_TEXT = 4_000_000;

/** Columns of a Canvas gradebook that it wants back. */
const CANVAS = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];
/** Columns of a Moodle export that say who somebody is, in the languages of our pages. */
const MOODLE: readonly RegExp[] = [
	/^(first name|名|名字)$/i,
	/^(last name|surname|姓|姓氏)$/i,
	/^(full name|name|全名|姓名)$/i,
	/^(username|用户名)$/i,
	/^(id number|idnumber|学号|编号|ID 号|标识号)$/i,
	/^(email address|email|电子邮件地址|电子邮件|邮箱)$/i
];

/** Read a class list. Never throws. */
export function readRoster(text: string): ReadRoster {
	if (text.length > MOST_TEXT) return { ok: false, why: 'long' };
	const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' });
	const [header = [], ...rest] = data.map((row) => row.map((cell) => cell.trim()));
	const canvas = header.includes('Student') && header.includes('ID');
	const wanted = header.flatMap((name, i) =>
		(canvas ? CANVAS.includes(name) : MOODLE.some((one) => one.test(name))) ? [i] : []
	);
	if (wanted.length === 0) return { ok: false, why: 'form' };
	const rows = rest
		.map((row) => wanted.map((i) => row[i] ?? ''))
		// Canvas has a second row that says how many points there are, and a made-up student.
		.filter(
			(row) => !(canvas && (/^points possible$/i.test(row[0]!) || row[0] === 'Student, Test'))
		)
		.filter((row) => row.some((cell) => cell !== ''));
	if (rows.length === 0) return { ok: false, why: 'empty' };
	return {
		ok: true,
		roster: {
			system: canvas ? 'canvas' : 'moodle',
			columns: wanted.map((i) => header[i]!),
			rows
		}
	};
}

export interface Matched {
	/** For each row of the list, its mark. */
	readonly marks: readonly ((Mark & { ok: true }) | null)[];
	/** Marks that went to no row: of nobody in the list, of more than one, or those in `taken`. */
	readonly strangers: readonly (Mark & { ok: true })[];
	/** Those among the strangers whose row has another mark that is as good or better. */
	readonly taken: readonly (Mark & { ok: true })[];
}

const key = (text: string): string => plainLine(text).toLowerCase();

const isName = (column: string): boolean =>
	column === 'Student' || [0, 1, 2].some((i) => MOODLE[i]!.test(column));

/** Ways a row's name may be written. */
function namesOf({ columns }: Roster, row: readonly string[]): string[] {
	const at = (i: number): string => row[columns.findIndex((one) => MOODLE[i]!.test(one))] ?? '';
	const [first, last, full] = [at(0), at(1), at(2)];
	const names = [full, row[columns.indexOf('Student')] ?? ''];
	if (first || last) names.push(`${first} ${last}`, `${last} ${first}`, `${last}${first}`);
	return names.flatMap((name) => {
		// Canvas writes "Last, First".
		const [family, given] = name.split(',');
		return given === undefined ? [key(name)] : [key(name), key(`${given} ${family}`)];
	});
}

/**
 * Find each mark's row: by number, login or address; where no number is given, by a name that only one has. Of two for
 * one row, such as a student's file with the number and one without, the better stands.
 */
export function match(roster: Roster, best: readonly (Mark & { ok: true })[]): Matched {
	const byId = new Map<string, Set<number>>();
	const byName = new Map<string, Set<number>>();
	const note = (map: typeof byId, text: string, row: number): void => {
		if (text !== '') map.set(text, (map.get(text) ?? new Set()).add(row));
	};
	roster.rows.forEach((row, i) => {
		roster.columns.forEach((column, j) => {
			if (!isName(column) && column !== 'Section') note(byId, key(row[j]!), i);
		});
		for (const name of namesOf(roster, row)) note(byName, name, i);
	});
	const marks: ((Mark & { ok: true }) | null)[] = roster.rows.map(() => null);
	const strangers: (Mark & { ok: true })[] = [];
	const taken: (Mark & { ok: true })[] = [];
	const only = (found: Set<number> | undefined): number | undefined =>
		found?.size === 1 ? [...found][0] : undefined;
	for (const mark of best) {
		const { number, name } = mark.student;
		const row =
			number === ''
				? (only(byName.get(key(name))) ?? only(byId.get(key(name))))
				: only(byId.get(key(number)));
		if (row === undefined) {
			strangers.push(mark);
			continue;
		}
		const before = marks[row] ?? null;
		const better = before === null || mark.solved > before.solved;
		if (better) marks[row] = mark;
		const other = better ? before : mark;
		if (other) {
			strangers.push(other);
			taken.push(other);
		}
	}
	return { marks, strangers, taken };
}

/** Points of a hundred. */
export const pointsOf = ({ solved, of }: { solved: number; of: number }): number =>
	of === 0 ? 0 : Math.round((solved / of) * 10_000) / 100;

/** The file that a gradebook imports: the list's own columns and one with points of 100. Who handed nothing in has none. */
export function gradebookCsv(roster: Roster, { marks }: Matched, title: string): string {
	const points = marks.map((mark) => (mark ? pointsOf(mark) : ''));
	const rows = roster.rows.map((row, i) => [...row, points[i]!]);
	const head = [...roster.columns, title];
	if (roster.system === 'moodle') return csvText([head, ...rows]);
	const possible = roster.columns.map((_, i) => (i === 0 ? '    Points Possible' : ''));
	return csvText([head, [...possible, 100], ...rows]);
}

/** Everything in one table, for whoever has no gradebook: a row a file. */
export function plainCsv(marks: readonly Mark[], exercises: readonly string[]): string {
	const head = [
		'File',
		'Name',
		'Number',
		'Points',
		...exercises.flatMap((slug) => [slug, `${slug} tries`]),
		'Remarks'
	];
	const rows = marks.map((mark) =>
		mark.ok
			? [
					mark.file,
					mark.student.name,
					mark.student.number,
					pointsOf(mark),
					...mark.exercises.flatMap(({ solved, shown, tries }) => [
						solved ? 'solved' : shown ? 'shown' : '',
						tries
					]),
					mark.remarks.join('; ')
				]
			: [mark.file, '', '', '', ...exercises.flatMap(() => ['', '']), mark.why]
	);
	return csvText([head, ...rows]);
}
