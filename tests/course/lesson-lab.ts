import { readFileSync } from 'node:fs';
import type { EngineEvent } from '../../src/lib/engine/network/events';
import { formatAddress, type Packet } from '../../src/lib/engine/packet';
import { buildWorld } from '../../src/lib/scenario/build';
import type { Observation } from '../../src/lib/scenario/observation';
import { listTable } from '../../src/lib/scenario/observe';
import { ScenarioRunner } from '../../src/lib/scenario/run';
import {
	checkScenario,
	parseScenario,
	type HostSpec,
	type ParsedScenario,
	type Scenario
} from '../../src/lib/scenario/scenario';

export type StationEvent = Extract<EngineEvent, { kind: 'station' }>;

/** What one step of a lesson's scenario did on the engine. */
export interface LabStep {
	/** The gateway's stations, in the order in which packets passed them. */
	readonly stations: readonly StationEvent[];
	readonly events: readonly EngineEvent[];
	/** The gateway's table after the step, as `conntrack -L` prints it. */
	readonly table: readonly string[];
	/** Where packets came out, and as what: `host/interface src:sport > dst:dport`. */
	readonly out: readonly string[];
	readonly skipped: boolean;
}

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** A scenario of content/scenarios, checked. */
export function lessonScenario(name: string): Scenario {
	return sound(parseScenario(file(`../../content/scenarios/${name}.json`)), name);
}

function sound(parsed: ParsedScenario, name: string): Scenario {
	if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.errors)}`);
	return parsed.scenario;
}

/** The text of the rules on a scenario's gateway. */
export function rulesOf(scenario: Scenario, language: 'nft' | 'iptables' = 'nft'): string {
	return [scenario.hosts['gateway']![language] ?? []].flat().join('\n');
}

/** A scenario with other rules or the like on its gateway, with other steps, or both; checked as a file is. */
export function varied(
	scenario: Scenario,
	{ gateway, steps }: { gateway?: Partial<HostSpec>; steps?: readonly unknown[] }
): Scenario {
	const host = { ...scenario.hosts['gateway']!, ...gateway };
	const hosts = { ...scenario.hosts, gateway: host };
	const json = { ...scenario, hosts, steps: steps ?? scenario.steps };
	return sound(checkScenario(json), `${scenario.title}, varied`);
}

/** What the kernel did with a scenario of that name. */
export function recorded(name: string): Observation {
	return JSON.parse(file(`./observations/${name}.json`)) as Observation;
}

/** Walks a scenario through the engine. Its gateway must be called so. */
export function walk(scenario: Scenario): LabStep[] {
	const built = buildWorld(scenario, 1);
	if (!built.ok) throw new Error(JSON.stringify(built.errors));
	const { world } = built;
	const runner = new ScenarioRunner(world, scenario);
	let events: EngineEvent[] = [];
	world.listener = (event) => events.push(event);
	return scenario.steps.map((_, index) => {
		events = [];
		const { arrivals, skipped } = runner.run(index);
		return {
			skipped,
			events,
			stations: events.filter((event) => event.kind === 'station' && event.host === 'gateway'),
			table: listTable(world.hosts.get('gateway')!, world.now),
			out: arrivals.map(({ at, packet }) => `${at} ${ends(packet)}`)
		} as LabStep;
	});
}

/** `src:sport > dst:dport`, or the addresses alone where there are no ports. */
export function ends({ ip, l4 }: Packet): string {
	const port = (number: number) => (l4.kind === 'tcp' || l4.kind === 'udp' ? `:${number}` : '');
	const [sport, dport] = l4.kind === 'tcp' || l4.kind === 'udp' ? [l4.sport, l4.dport] : [0, 0];
	return `${formatAddress(ip.src)}${port(sport)} > ${formatAddress(ip.dst)}${port(dport)}`;
}

/** The relation that connection tracking found for the step's first packet. */
export function relation({ stations }: LabStep): string | undefined {
	for (const { outcome } of stations) if (outcome.kind === 'conntrack') return outcome.relation;
	return undefined;
}

/** What the step's packet heard of a filter chain: `rule 2: accept`, `policy: drop`; nothing where it met none. */
export function filtered({ stations }: LabStep): string | undefined {
	for (const { outcome } of stations) {
		if (outcome.kind !== 'chain') continue;
		const last = outcome.steps.findLast(({ verdict }) => verdict !== null);
		return `${last && last.rule >= 0 ? `rule ${last.rule}` : 'policy'}: ${outcome.verdict}`;
	}
	return undefined;
}

/** What a hook's NAT chains did: why they were passed over, or how it was decided. Nothing where NAT is off. */
export function natRules({ stations }: LabStep, hook: string): string | undefined {
	for (const { station, outcome } of stations) {
		if (station.hook !== hook || station.kind !== 'nat-rules') continue;
		if (outcome.kind === 'passed over') return outcome.reason;
		if (outcome.kind === 'nat-rules') return outcome.decided;
	}
	return undefined;
}

/** The rewriting of addresses and ports in the step: `hook field: before > after`. */
export function rewrites({ stations }: LabStep): string[] {
	return stations.flatMap(({ station, outcome }) =>
		outcome.kind === 'nat'
			? outcome.rewrites.map(
					({ field, before, after }) => `${station.hook} ${field}: ${before} > ${after}`
				)
			: []
	);
}
