/** Running a scenario and keeping what conditions ask for. */
import type { EngineEvent, World } from '../../engine';
import { STATISTICS } from '../../engine';
import { buildWorld } from '../../scenario/build';
import { LIMITS } from '../../scenario/limits';
import { listTable } from '../../scenario/observe';
import type { PacketJson } from '../../scenario/packet-json';
import { packetToJson } from '../../scenario/packet-json';
import { ScenarioRunner } from '../../scenario/run';
import type { Scenario, ScenarioError } from '../../scenario/scenario';
import type { TableLine } from './table-line';
import { readTableLine } from './table-line';
import { tooManyElements, tooMuchWork } from './work';

/** A packet that came to where it was going. */
export interface Arrived {
	/** A wire host's interface, or a Linux host's name. */
	readonly at: string;
	readonly packet: PacketJson;
}

/** What one step brought. */
export interface RunStep {
	/** What it was to answer never came. */
	readonly skipped: boolean;
	readonly events: readonly EngineEvent[];
	readonly arrived: readonly Arrived[];
	/** Lines of `conntrack -L` after the step, by host. */
	readonly tables: ReadonlyMap<string, readonly string[]>;
	/** `conntrack -S` after the step, by host. */
	readonly stats: ReadonlyMap<string, Readonly<Record<string, number>>>;
	readonly exit: number | null;
	readonly output: readonly string[];
}

export class Run {
	private readonly read = new Map<readonly string[], readonly TableLine[]>();

	constructor(
		readonly scenario: Scenario,
		/** As it is after the last step. */
		readonly world: World,
		readonly steps: readonly RunStep[]
	) {}

	/** Steps that a condition is about: one, or all. */
	about(step: number | undefined): readonly RunStep[] {
		if (step === undefined) return this.steps;
		const one = this.steps[step];
		return one ? [one] : [];
	}

	/** A host's table after a step, or after the last one. */
	table(host: string, step?: number): readonly TableLine[] {
		const lines = this.lines(host, step);
		let parsed = this.read.get(lines);
		if (!parsed) this.read.set(lines, (parsed = lines.map(readTableLine)));
		return parsed;
	}

	lines(host: string, step = this.steps.length - 1): readonly string[] {
		return this.steps[step]?.tables.get(host) ?? NOTHING;
	}
}

const NOTHING: readonly string[] = [];

export type Ran =
	| { readonly ok: true; readonly run: Run }
	| { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Thrown through the engine, to leave it in the middle of its work. */
class Enough extends Error {}

/**
 * Run a checked scenario, on the same chance every time. What becomes too much work is given up.
 *
 * @param last the last step that somebody asks about; those after it are not run
 */
export function runScenario(scenario: Scenario, last = scenario.steps.length - 1): Ran {
	try {
		return run(scenario, last);
	} catch (fault) {
		if (!(fault instanceof Enough)) throw fault;
		return {
			ok: false,
			errors: [{ path: 'steps', message: 'this comes to more work than is done' }]
		};
	}
}

function run(scenario: Scenario, last: number): Ran {
	const large = tooManyElements(scenario);
	if (large) return { ok: false, errors: [large] };
	const built = buildWorld(scenario);
	if (!built.ok) return built;
	const { world } = built;
	const work = tooMuchWork(world);
	if (work) return { ok: false, errors: [work] };
	const runner = new ScenarioRunner(world, scenario);
	let events: EngineEvent[] = [];
	const spent = { events: 0, asked: 0 };
	world.listener = (event) => {
		events.push(event);
		spent.events++;
		if (event.kind === 'station' && 'steps' in event.outcome)
			spent.asked += event.outcome.steps.length;
		if (spent.events > LIMITS.events || spent.asked > LIMITS.asked) throw new Enough();
	};
	const steps: RunStep[] = [];
	const tables = new Map<string, string[]>();
	const stats = new Map<string, Record<string, number>>();
	for (let index = 0; index <= Math.min(last, scenario.steps.length - 1); index++) {
		events = [];
		const result = runner.run(index);
		for (const [name, host] of world.hosts) {
			tables.set(name, listTable(host, world.now));
			stats.set(
				name,
				Object.fromEntries(STATISTICS.map((key) => [key, host.conntrack.statistics[key]]))
			);
		}
		const arrived: Arrived[] = result.arrivals.map(({ at, packet }) => ({
			at,
			packet: packetToJson(packet)
		}));
		for (const event of events)
			if (event.kind === 'delivered')
				arrived.push({ at: event.host, packet: packetToJson(event.packet) });
		steps.push({
			skipped: result.skipped,
			events,
			arrived,
			tables: new Map(tables),
			stats: new Map(stats),
			exit: result.command?.exit ?? null,
			output: result.command ? [...result.command.stdout, ...result.command.stderr] : []
		});
	}
	world.listener = null;
	return { ok: true, run: new Run(scenario, world, steps) };
}
