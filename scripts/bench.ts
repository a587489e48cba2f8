/**
 * `npm run bench`: how quick the Lab is in a long timeline, in a browser that is slowed down; and how fast a gateway
 * with DNAT, masquerade and a stateful filter is, and how much its table takes: the engine plain, the engine with every
 * event recorded, and the kernel of this machine. Every measurement runs in a process of its own, on one core. Nothing
 * is written but a table on stdout.
 *
 * The engine's time is its processes' own, all threads together; the kernel's is the median of short batches less what
 * sending costs. What is set beside each other is measured by turns, several times, and of each the fastest time
 * counts: a machine that has something else to do, or shares its caches, can only make a thing slower.
 *
 * With `--lab` only the Lab is measured, with `--marking` only the marking, with `--engine` only the engine. With
 * `--buckets N` the kernel's hash table has N buckets meanwhile (a setting of the whole machine, put back at the end).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import type { EngineFigures } from './bench/engine';
import { kernelEntryBytes, kernelMissing, measureKernel, sender } from './bench/kernel';
import { benchMarking } from './bench/marking';
import { measureLab, type Work } from './bench/lab';

const BUCKETS = '/proc/sys/net/netfilter/nf_conntrack_buckets';
const FLOWS = [1, 1_000, 60_000];
const PACKETS = 400_000;
const ROUNDS = 3;

/** The fastest time of each of these, measured by turns. */
function fastest<K extends string>(measures: Readonly<Record<K, () => number>>): Record<K, number> {
	const names = Object.keys(measures) as K[];
	const times = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<K, number>;
	for (let round = 0; round < ROUNDS; round++)
		for (const name of names) times[name] = Math.min(times[name], measures[name]());
	return times;
}

/** The command that keeps a process on one core, where there is one. */
const pinned =
	spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0
		? ['taskset', '-c', String(availableParallelism() - 1)]
		: [];

/** Put engine and measurement into one file: a loader that renames functions would slow it down. */
async function bundle(directory: string): Promise<string> {
	await build({
		configFile: false,
		logLevel: 'warn',
		ssr: { noExternal: true },
		build: {
			ssr: fileURLToPath(new URL('./bench/engine.ts', import.meta.url)),
			outDir: directory,
			emptyOutDir: false,
			target: 'node20',
			minify: false,
			rollupOptions: { output: { entryFileNames: 'engine.mjs' } }
		}
	});
	return join(directory, 'engine.mjs');
}

function measureEngine(
	file: string,
	flows: number,
	entries: number,
	mode: 'plain' | 'recording'
): EngineFigures {
	const numbers = [flows, entries, mode, PACKETS].map(String);
	const [program, ...args] = [...pinned, process.execPath, '--expose-gc', file, ...numbers];
	return JSON.parse(execFileSync(program!, args, { encoding: 'utf8' })) as EngineFigures;
}

const perSecond = (nanoseconds: number): string =>
	Math.round(1e9 / nanoseconds).toLocaleString('en');
const ratio = (value: number): string => value.toFixed(2);

function print(rows: readonly (readonly string[])[]): void {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	for (const row of rows)
		console.log(
			row
				.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
				.join('  ')
		);
	console.log();
}

function speed(engine: string, kernel: ((flows: number) => number) | null): void {
	const rows = [
		['packets a second', 'plain', 'recording', 'kernel', 'plain/kernel', 'recording/kernel']
	];
	for (const flows of FLOWS) {
		const { plain, recording, carried } = fastest({
			plain: () => measureEngine(engine, flows, flows, 'plain').perPacket,
			recording: () => measureEngine(engine, flows, flows, 'recording').perPacket,
			carried: () => kernel?.(flows) ?? Infinity
		});
		rows.push([
			`${flows.toLocaleString('en')} ${flows === 1 ? 'flow' : 'flows'}`,
			perSecond(plain),
			perSecond(recording),
			...(carried === Infinity
				? ['-', '-', '-']
				: [perSecond(carried), ratio(carried / plain), ratio(carried / recording)])
		]);
	}
	print(rows);
}

function size(engine: string): void {
	const sizes: (number | null)[] = [];
	const { few, many } = fastest({
		few: () => measureEngine(engine, 1_000, 1_000, 'plain').perPacket,
		many: () => {
			const { perPacket, bytesPerEntry } = measureEngine(engine, 1_000, 1_000_000, 'plain');
			sizes.push(bytesPerEntry);
			return perPacket;
		}
	});
	print([
		['1,000 flows among so many entries', 'ns a packet', 'against 1,000'],
		['1,000', few.toFixed(0), ratio(1)],
		['1,000,000', many.toFixed(0), ratio(many / few)]
	]);
	print([
		['bytes an entry', 'engine', "kernel's nf_conn"],
		['', sizes[0]?.toFixed(0) ?? 'unknown', String(kernelEntryBytes() ?? 'unknown')]
	]);
}

/** Builds the site, and looks at the Lab in it. */
async function lab(): Promise<void> {
	execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
	const figures = await measureLab(fileURLToPath(new URL('../build', import.meta.url)));
	if (!figures) {
		console.log('Lab skipped: no Chromium\n');
		return;
	}
	const ms = (value: number): string => value.toFixed(1);
	const { events, stops, word, forward, back, jump, below, dropped } = figures;
	const row = (name: string, work: Work): string[] => [
		name,
		ms(work.median),
		ms(work.most),
		(work.median / word.median).toFixed(1)
	];
	print([
		['the Lab, processor slowed 4 times', 'median, ms', '95th percentile, ms', 'of one word'],
		row('one word that changes', word),
		row('a step forward', forward),
		row('a step back', back),
		row('a jump', jump),
		row('a step forward, scrolled on to packet and table', below.forward),
		row('a jump, scrolled on to packet and table', below.jump)
	]);
	console.log(
		"CPU time of the page's main thread, from the key press to the end of its frame: what else the machine\n" +
			'has to do does not count. Frames are counted by the clock, so there it does. One word that changes, on a\n' +
			'page with nothing else, is what the browser takes for any frame.\n'
	);
	print([
		['events', 'stops', 'frames dropped while playing'],
		[events.toLocaleString('en'), stops.toLocaleString('en'), `${(dropped * 100).toFixed(1)} %`]
	]);
}

const { values } = parseArgs({
	options: {
		buckets: { type: 'string' },
		lab: { type: 'boolean' },
		engine: { type: 'boolean' },
		marking: { type: 'boolean' }
	}
});
if (!values.marking && !values.engine) await lab();
if (values.lab) process.exit();
if (!values.engine) await benchMarking();
if (values.marking) process.exit();
const directory = mkdtempSync(join(tmpdir(), 'conntrack-lab-bench-'));
const missing = kernelMissing();
const command = missing ? null : sender(directory);
const before = values.buckets && command ? readFileSync(BUCKETS, 'utf8') : null;
try {
	if (before) writeFileSync(BUCKETS, values.buckets!);
	if (command) {
		const buckets = Number(readFileSync(BUCKETS, 'utf8'));
		const sent = command[0] === 'python3' ? 'a sender in Python' : 'a sender in C';
		console.log(`kernel: ${sent}, a table of ${buckets.toLocaleString('en')} buckets\n`);
	} else console.log(`kernel skipped: ${missing ?? 'neither a C compiler nor python3'}\n`);
	const engine = await bundle(directory);
	speed(engine, command && ((flows) => measureKernel(directory, command, pinned, flows, PACKETS)));
	size(engine);
} finally {
	if (before) writeFileSync(BUCKETS, before);
	rmSync(directory, { recursive: true });
}
