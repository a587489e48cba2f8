/**
 * `npm run test:kernel -- [NAME | SEED | FIRST-LAST | FILE …] [--recorded] [--record DIR] [--jobs N]`
 *
 * Runs each scenario on the engine and on this machine's kernel, and names each difference:
 * scenario, step, field, both values. Without names: every scenario in tests/kernel/scenarios
 * and every one of the lessons.
 * A number is a seed for the generator; after `parts-` it is one of its scenarios about other parts of rules,
 * after `networks-` one about networks of several hosts that change, after `commands-` one about commands, after
 * `tables-` one in which nft and iptables write to the same tables, after `ftp-` one about FTP's helper,
 * after `sctp-` one about associations of SCTP,
 * after `hooks-` one with chains at every hook and priority.
 * `--recorded` holds the kernel against the recorded observations in place of the engine; `--record DIR` writes what the kernel did to
 * DIR/observations (and, for seeds, the scenario to DIR/scenarios). Exit status 1 with differences.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareObservations } from '../../src/lib/scenario/compare';
import type { Difference } from '../../src/lib/scenario/compare';
import type { Observation } from '../../src/lib/scenario/observation';
import { parseScenario } from '../../src/lib/scenario/scenario';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { Agent } from './agent';
import { MAKERS } from './generator';
import type { Maker } from './generator';
import { TooBusy, observeKernel } from './runner';
import { gate, prepareSystem, whyNot } from './system';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** What the lessons show is held against the kernel like the rest. */
const LESSONS = fileURLToPath(new URL('../../content/scenarios/', import.meta.url));

interface Case {
	readonly name: string;
	readonly scenario: Scenario;
	readonly generated: boolean;
}

interface Options {
	readonly cases: readonly Case[];
	readonly recorded: boolean;
	readonly record: string | undefined;
	readonly jobs: number;
}

function readScenario(path: string): Scenario {
	const parsed = parseScenario(readFileSync(path, 'utf8'));
	if (parsed.ok) return parsed.scenario;
	throw new Error(
		parsed.errors.map((error) => `${path}: ${error.path}: ${error.message}`).join('\n')
	);
}

/** A seed, or several; what they are about stands before it. */
const SEEDS = new RegExp(`^(?:(${Object.keys(MAKERS).join('|')})-)?(\\d+)(?:-(\\d+))?$`);

function casesOf(argument: string): Case[] {
	const seeds = SEEDS.exec(argument);
	if (seeds) {
		const kind = (seeds[1] ?? 'seed') as keyof typeof MAKERS;
		const make: Maker = MAKERS[kind];
		const [first, last] = [Number(seeds[2]), Number(seeds[3] ?? seeds[2])];
		return Array.from({ length: last - first + 1 }, (_, i) => ({
			name: `${kind}-${first + i}`,
			scenario: make(first + i),
			generated: true
		}));
	}
	const path = argument.endsWith('.json') ? argument : join(HERE, 'scenarios', `${argument}.json`);
	if (!existsSync(path)) throw new Error(`no scenario ${argument}`);
	return [{ name: basename(path, '.json'), scenario: readScenario(path), generated: false }];
}

function parseArguments(given: readonly string[]): Options {
	const names: string[] = [];
	let recorded = false;
	let record: string | undefined;
	let jobs = Math.min(8, 4 * availableParallelism());
	const rest = [...given];
	for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
		if (next === '--recorded') recorded = true;
		else if (next === '--record') record = rest.shift();
		else if (next === '--jobs') jobs = Number(rest.shift());
		else names.push(next);
	}
	if (names.length === 0) {
		const json = (folder: string) =>
			readdirSync(folder)
				.filter((file) => file.endsWith('.json'))
				.sort();
		names.push(...json(join(HERE, 'scenarios')).map((file) => basename(file, '.json')));
		names.push(...json(LESSONS).map((file) => join(LESSONS, file)));
	}
	return { cases: names.flatMap(casesOf), recorded, record, jobs };
}

/** The other side of the comparison; `seed` is that of the engine's own random choices. */
type Other = (one: Case, seed: number) => Observation;

/**
 * Where a rule leaves two ports to choose from, the choice decides which later flow clashes, and
 * the kernel itself does not do the same twice. So the engine is asked with other draws as well:
 * a difference is told only if it can make none of them what the kernel did.
 */
const DRAWS = 16;

/** What the kernel is held against: the engine, or what was recorded. */
async function otherSide(recorded: boolean): Promise<Other> {
	if (recorded) {
		return ({ name }) =>
			JSON.parse(readFileSync(join(HERE, 'observations', `${name}.json`), 'utf8')) as Observation;
	}
	const { observe } = await import('../../src/lib/scenario/observe');
	return ({ scenario }, seed) => {
		const observed = observe(scenario, seed);
		if (observed.ok) return observed.observation;
		throw new Error(observed.errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
	};
}

/** Differences from what the kernel did: those of the first draw, or none if one of the draws agrees. */
function differences(
	seen: Observation,
	one: Case,
	other: Other,
	draws: number
): readonly Difference[] {
	const first = compareObservations(seen, other(one, 1), one.scenario);
	if (first.length === 0) return first;
	for (let seed = 2; seed <= draws; seed++)
		if (compareObservations(seen, other(one, seed), one.scenario).length === 0) return [];
	return first;
}

function tell(name: string, scenario: Scenario, differences: readonly Difference[], side: string) {
	for (const { step, field, expected, actual } of differences) {
		console.log(`${name}: step ${step}: ${field}`);
		console.log(`    step   ${JSON.stringify(scenario.steps[step])}`);
		console.log(`    kernel ${JSON.stringify(expected)}`);
		console.log(`    ${side} ${JSON.stringify(actual)}`);
	}
}

function write(directory: string, one: Case, observation: unknown): void {
	const put = (folder: string, value: unknown, indent?: number) => {
		mkdirSync(join(directory, folder), { recursive: true });
		const text = JSON.stringify(value, null, indent) + '\n';
		writeFileSync(join(directory, folder, `${one.name}.json`), text);
	};
	put('observations', observation);
	if (one.generated) put('scenarios', one.scenario, 1);
}

/**
 * Before whatever else goes on: the steps of a scenario have their times, and all of them together are little work.
 * What is started from here on inherits it.
 */
function hurry(): void {
	try {
		setPriority(-15);
	} catch {
		// Root in a container may not.
	}
}

/**
 * How much of the machine a scenario takes: one that lets time pass mostly waits. With more at once each takes longer,
 * until the time that goes by in them can be seen.
 */
const share = ({ steps }: Scenario): number => (steps.some((step) => 'advance' in step) ? 1 : 2);

async function main(): Promise<number> {
	const options = parseArguments(process.argv.slice(2));
	const reason = await whyNot();
	if (reason) {
		console.log(`kernel tests skipped: ${reason}`);
		return 0;
	}
	const other = options.record && !options.recorded ? null : await otherSide(options.recorded);
	hurry();
	const steward = new Agent();
	const buckets = await prepareSystem(steward);
	const setups = gate(2);
	const places = gate(options.jobs);
	const queue = [...options.cases];
	/** Those that came too late once: they are run again when all others are through. */
	const again = new Set<Case>();
	let differing = 0;
	let failed = 0;
	const worker = async () => {
		for (let one = queue.shift(); one; one = queue.shift()) {
			const leave = await places(Math.min(options.jobs, share(one.scenario)));
			try {
				const seen = await observeKernel(one.scenario, { buckets, gate: setups });
				if (options.record) write(options.record, one, seen);
				const found = other ? differences(seen, one, other, options.recorded ? 1 : DRAWS) : [];
				if (found.length > 0) differing++;
				tell(one.name, one.scenario, found, options.recorded ? 'record' : 'engine');
			} catch (error) {
				if (error instanceof TooBusy && !again.has(one)) {
					again.add(one);
					queue.push(one);
					continue;
				}
				failed++;
				console.log(`${one.name}: ${(error as Error).stack}`);
			} finally {
				leave();
			}
		}
	};
	await Promise.all(Array.from({ length: options.jobs }, worker));
	await steward.end();
	const total = options.cases.length;
	console.log(
		`${total} scenario${total === 1 ? '' : 's'} on the kernel: ` +
			`${differing} with differences, ${failed} that could not be run`
	);
	return differing + failed > 0 ? 1 : 0;
}

process.exit(await main());
