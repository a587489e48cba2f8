/** Run a scenario on the engine and print what happened, as an observation. */
import type { EngineEvent, Host } from '../engine';
import { formatListed } from '../engine';
import { buildWorld } from './build';
import type { HostObservation, Observation, StepObservation } from './observation';
import { packetToJson } from './packet-json';
import { ScenarioRunner } from './run';
import type { Scenario, ScenarioError } from './scenario';
import { Tracer } from './trace';

export type Observed =
	| { readonly ok: true; readonly observation: Observation }
	| { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** The table as `conntrack -L` lists it, sorted. */
export function listTable(host: Host, now: number): string[] {
	return host.conntrack.table
		.list()
		.filter((entry) => entry.timeout > now)
		.map((entry) => formatListed(entry, now))
		.sort();
}

/**
 * Observe a scenario.
 *
 * @param scenario checked by `parseScenario`
 * @param seed of the engine's random choices
 */
export function observe(scenario: Scenario, seed = 1): Observed {
	const built = buildWorld(scenario, seed);
	if (!built.ok) return built;
	const { world } = built;
	const runner = new ScenarioRunner(world, scenario);
	const tracer = new Tracer();
	world.listener = (event: EngineEvent) => tracer.take(event);
	const steps: StepObservation[] = [];
	const told = new Map<string, number>();
	for (let index = 0; index < scenario.steps.length; index++) {
		tracer.begin();
		const result = runner.run(index);
		if (result.skipped) {
			steps.push({ skipped: true, out: [], hosts: {} });
			continue;
		}
		const hosts: Record<string, HostObservation> = {};
		for (const [name, host] of world.hosts) {
			const { log } = host.conntrack;
			hosts[name] = {
				events: log.slice(told.get(name) ?? 0).map((change) => change.line),
				table: listTable(host, world.now),
				trace: tracer.of(name)
			};
			told.set(name, log.length);
		}
		steps.push({
			...(result.command ? { exit: result.command.exit, stdout: result.command.stdout } : {}),
			out: result.arrivals.map(({ at, packet }) => ({ at, packet: packetToJson(packet) })),
			hosts
		});
	}
	return { ok: true, observation: { steps } };
}
