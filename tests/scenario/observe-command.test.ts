/** The command as a person or a script runs it: lines on both outputs, and the exit status. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;
const SAMPLE = join(ROOT, 'tests/kernel/scenarios/reverse-snat.json');
let folder = '';

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'observe-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function observe(...files: string[]): { status: number | null; out: string[]; err: string[] } {
	const done = spawnSync(
		process.execPath,
		['node_modules/tsx/dist/cli.mjs', 'scripts/observe.ts', ...files],
		{ cwd: ROOT, encoding: 'utf8' }
	);
	const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
	return { status: done.status, out: lines(done.stdout), err: lines(done.stderr) };
}

/** The sample with one thing changed, as a file. */
function changed(name: string, change: (scenario: Record<string, never>) => void): string {
	const scenario = JSON.parse(readFileSync(SAMPLE, 'utf8')) as Record<string, never>;
	change(scenario);
	const file = join(folder, name);
	writeFileSync(file, JSON.stringify(scenario));
	return file;
}

describe('npm run observe', () => {
	it('prints one line for each good file, one complaint for each bad one, and ends with 2', () => {
		const noInterface = changed('interface.json', (s: { steps?: { send: { from: string } }[] }) => {
			s.steps![0]!.send.from = 'client/eth1';
		});
		const badRule = changed('rule.json', (s: { hosts?: { gateway: { nft: string[] } } }) => {
			s.hosts!.gateway.nft[2] = '    tcp dport eighty drop';
		});
		const notJson = join(folder, 'not.json');
		writeFileSync(notJson, '{');
		const absent = join(folder, 'absent.json');
		const { status, out, err } = observe(SAMPLE, noInterface, badRule, notJson, absent, SAMPLE);
		expect(status).toBe(2);
		expect(out).toHaveLength(2);
		expect(out[0]).toBe(out[1]);
		expect((JSON.parse(out[0]!) as { steps: unknown[] }).steps).toHaveLength(10);
		expect(err).toHaveLength(4);
		expect(err[0]).toBe(`${noInterface}: steps[0].send.from: no interface client/eth1`);
		expect(err[1]).toMatch(
			/^.*rule\.json: hosts\.gateway\.nft: line 3, column 15: `eighty` is not a port/
		);
		expect(err[2]).toMatch(/^.*not\.json: line 1, column 2: this is not JSON$/);
		expect(err[3]).toMatch(/^.*absent\.json: \(file\): ENOENT/);
	});

	it('ends with 0 when all files are good', () => {
		expect(observe(SAMPLE)).toMatchObject({ status: 0, err: [] });
	});
});
