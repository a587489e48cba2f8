import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import {
	gradebookCsv,
	match,
	plainCsv,
	readRoster
} from '../../src/lib/exercises/circle/gradebook';
import type { Roster } from '../../src/lib/exercises/circle/gradebook';
import { markFile } from '../../src/lib/exercises/circle/mark';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import { SIX, assignment, submissionOf, templates } from './circle-kit';

const markOf = (name: string, number: string, solved: readonly string[] = SIX) =>
	markFile(
		`${number || name}.json`,
		submissionOf({ name, number }, solved),
		assignment,
		templates
	) as Mark & { ok: true };

const roster = (text: string): Roster => {
	const read = readRoster(text);
	if (!read.ok) throw new Error(read.why);
	return read.roster;
};
const rowsOf = (csv: string): unknown => Papa.parse(csv, { skipEmptyLines: true }).data;

const moodle = `First name,Last name,ID number,Email address,Quiz (Real)
Ada,Lovelace,s-101,ada@x.org,5
Bao,Chen,s-102,bao@x.org,-
Bao,Chen,s-103,other@x.org,-
`;

describe('a class list', () => {
	test('of Moodle, in Chinese too, and of Canvas', () => {
		expect(roster(moodle)).toMatchObject({
			system: 'moodle',
			columns: ['First name', 'Last name', 'ID number', 'Email address']
		});
		expect(roster('名,姓,学号,电子邮件地址\r\n小宝,陈,s-102,b@x.org\r\n')).toMatchObject({
			system: 'moodle',
			columns: ['名', '姓', '学号', '电子邮件地址']
		});
		const canvas = roster(
			'Student,ID,SIS User ID,SIS Login ID,Section,A (1)\n    Points Possible,,,,,10\n"Chen, Bao",7,s-102,bao,X,\n"Student, Test",9,,,X,\n'
		);
		expect(canvas.system).toBe('canvas');
		expect(canvas.rows).toEqual([['Chen, Bao', '7', 's-102', 'bao', 'X']]);
	});

	test('that is none is refused', () => {
		expect(readRoster('')).toEqual({ ok: false, why: 'form' });
		expect(readRoster('a,b\n1,2\n')).toEqual({ ok: false, why: 'form' });
		expect(readRoster('First name,Last name\n')).toEqual({ ok: false, why: 'empty' });
		expect(readRoster('x'.repeat(5_000_000))).toEqual({ ok: false, why: 'long' });
	});
});

describe('matching', () => {
	const strangers = (...marks: (Mark & { ok: true })[]): string[] =>
		match(roster(moodle), marks).strangers.map(({ file }) => file);

	test('goes by number, login or address, then by a name that only one has', () => {
		const { marks } = match(roster(moodle), [
			markOf('somebody', 'S-103'),
			markOf('lovelace ADA', '', ['two-syns-race'])
		]);
		expect(marks.map((mark) => mark?.solved ?? null)).toEqual([1, null, 6]);
	});

	test('guesses nothing: two of one name, unknown numbers, a row taken twice', () => {
		expect(strangers(markOf('Bao Chen', ''))).toEqual(['Bao Chen.json']);
		expect(strangers(markOf('Ada Lovelace', 's-999'))).toEqual(['s-999.json']);
		expect(strangers(markOf('x', 's-101'), markOf('y', 'ada@x.org'))).toEqual(['ada@x.org.json']);
	});

	test('keeps the better of two for one row, and tells the other from strangers', () => {
		const worse = markOf('Ada Lovelace', 's-101', ['two-syns-race']);
		const better = markOf('Ada Lovelace', '');
		const stranger = markOf('Eva Away', 's-999');
		for (const files of [
			[worse, better, stranger],
			[better, stranger, worse]
		]) {
			const { marks, strangers, taken } = match(roster(moodle), files);
			expect(marks[0]).toBe(better);
			expect(taken).toEqual([worse]);
			expect(new Set(strangers)).toEqual(new Set([worse, stranger]));
		}
	});

	test('who handed nothing in gets no mark, not zero', () => {
		const list = roster(moodle);
		const csv = gradebookCsv(list, match(list, [markOf('', 's-101', [])]), 'Week 3');
		expect((rowsOf(csv) as string[][]).map((row) => row[4])).toEqual(['Week 3', '0', '', '']);
	});
});

test('a sign that begins a cell only where cells end at semicolons or tabs is no formula either', () => {
	const list: Roster = {
		system: 'moodle',
		columns: ['ID number', 'Last name'],
		rows: [';=', '; +', '\t-', ';"=', '\n@', ';＝'].map((part) => [
			'1',
			`Ada${part}cmd|' /C calc'!A0`
		])
	};
	const csv = gradebookCsv(list, match(list, []), 'A;=1+1');
	// Opened by a program that knows no quotes, and parts cells at each of these.
	const cells = csv.split(/[;\t\r\n,]/).map((cell) => cell.replace(/^["\s]+/, ''));
	expect(cells.filter((cell) => /^[=+\-@|%＝＋－＠]/u.test(cell))).toEqual([]);
	expect(csv).toContain("Ada;'=cmd");
});

test('student text never reaches a spreadsheet as a formula', () => {
	const starts = [
		'=',
		'+',
		'-',
		'@',
		'\t=',
		'\r=',
		' =',
		'|',
		'%',
		'＝',
		'＋',
		'－',
		'＠',
		'"=',
		"'=",
		'\n='
	];
	const payloads = starts.map((start) => `${start}cmd|' /C calc'!A0`);
	const marks = payloads.map((name, i) => markOf(name, i % 2 ? name : ''));
	const list: Roster = {
		system: 'moodle',
		columns: ['ID number', 'Last name'],
		rows: payloads.map((p) => [p, p])
	};
	for (const csv of [
		plainCsv(marks, SIX),
		gradebookCsv(list, match(list, marks), '=1+1'),
		gradebookCsv({ ...list, system: 'canvas' }, match(list, marks), '@x')
	]) {
		const cells = (Papa.parse(csv).data as string[][]).flat();
		const dangerous = cells.filter(
			(cell) => /^\s*[=+\-@|%＝＋－＠]/u.test(cell) || /^[\t\r\n]/.test(cell)
		);
		expect(dangerous).toEqual([]);
	}
});
