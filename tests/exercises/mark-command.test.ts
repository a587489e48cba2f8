import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { assignmentText } from '../../src/lib/exercises/circle/assignment';
import { markCommand } from '../../scripts/tools/mark-command';
import { SIX, ada, assignment, bao, mark, submissionOf } from './circle-kit';

const home = mkdtempSync(join(tmpdir(), 'mark-'));
afterAll(() => rmSync(home, { recursive: true }));
const folder = join(home, 'files');
mkdirSync(folder);
const asked = join(home, 'assignment.json');
writeFileSync(asked, assignmentText(assignment));

interface Said {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** The command as it is started from a shell. */
function started(...args: string[]): Said {
	const command = ['node_modules/tsx/dist/cli.mjs', 'scripts/mark.ts', ...args];
	return spawnSync(process.execPath, command, { encoding: 'utf8' });
}

/** The same within this process, which takes a twentieth of the time. */
function run(...args: string[]): Said {
	const said = { stdout: '', stderr: '' };
	const status = markCommand(args, {
		out: (text) => (said.stdout += text),
		error: (text) => (said.stderr += text)
	});
	return { ...said, status };
}

test('a byte order mark before a submission does not matter', () => {
	expect(mark(`\ufeff${submissionOf(ada, SIX)}`)).toMatchObject({ ok: true, solved: 6 });
});

describe('the command for marking', () => {
	test('names every file that is meant to be one, and one that cannot be read stops nothing', () => {
		writeFileSync(join(folder, 'ada.json'), `\ufeff${submissionOf(ada, ['two-syns-race'])}`);
		writeFileSync(join(folder, 'BAO.JSON'), submissionOf(bao, []));
		writeFileSync(join(folder, 'bao.json.txt'), submissionOf(bao, []));
		writeFileSync(join(folder, 'notes.txt'), 'no submission');
		mkdirSync(join(folder, 'folder.json'));
		symlinkSync(join(home, 'nowhere'), join(folder, 'dangling.json'));
		const said = run(folder, '--assignment', asked);
		expect(started(folder, '--assignment', asked)).toMatchObject(said);
		const { stdout, stderr, status } = said;
		expect(status).toBe(0);
		const { marks } = JSON.parse(stdout) as {
			marks: { file: string; ok: boolean; why?: string }[];
		};
		expect(marks.map(({ file, ok, why }) => [file, ok ? 'ok' : why])).toEqual([
			['BAO.JSON', 'other name'],
			['ada.json', 'ok'],
			['bao.json.txt', 'other name'],
			['dangling.json', 'unreadable']
		]);
		expect(stderr).toContain('dangling.json: unreadable');
	});

	test('says what is wrong with what it was asked', () => {
		const said = (...args: string[]): string => {
			const { status, stderr } = run(...args);
			expect(status, stderr).toBe(2);
			expect(stderr).not.toMatch(/^\s+at /m);
			return stderr;
		};
		expect(started(folder)).toMatchObject(run(folder));
		expect(said(folder, '--assignment', home)).toContain('is a folder');
		expect(said(folder, '--assignment', `${asked}x`)).toContain('there is no such file');
		expect(said(folder, '--assignment', 'https://x.org/en/do/#a=AAAA')).toContain('damaged');
		expect(said(folder, '--assignment', asked, '--class', home)).toContain('is a folder');
		expect(said(folder, '--assignment', asked, '--gradebook')).toContain('--gradebook');
		expect(said(folder, '--assignment', asked, '--csv', '--class', 'x')).toContain('usage');
	});
});
