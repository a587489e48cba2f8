/** From a scenario to a world that stands ready: hosts, wires, settings, rules. */
import type { Interface, RuleTextError } from '../engine';
import {
	Host,
	World,
	applyIpset,
	applyIptablesRestore,
	applyNft,
	emptyIpSets,
	emptyRuleset,
	parseAddress,
	parseInterfaceAddress
} from '../engine';
import { makeRoute } from './commands/ip-route';
import { rulesEnv } from './commands/run';
import { writeSysctl } from './commands/sysctl';
import type { HostSpec, InterfaceSpec, Scenario, ScenarioError } from './scenario';
import { asText } from './scenario';

export type Built =
	| { readonly ok: true; readonly world: World }
	| { readonly ok: false; readonly errors: readonly ScenarioError[] };

function addressesOf(spec: InterfaceSpec): { address: number; length: number }[] {
	const list = spec.address === undefined ? [] : [spec.address].flat();
	return list.flatMap((text) => parseInterfaceAddress(text) ?? []);
}

const LOOPBACK: Interface = {
	name: 'lo',
	index: 1,
	addresses: [{ address: 0x7f000001, length: 8, scope: 'host' }],
	mtu: 65536,
	up: true
};

function textErrors(path: string, errors: readonly RuleTextError[]): ScenarioError[] {
	return errors.map(({ line, column, message }) => ({
		path,
		message: `line ${line}, column ${column}: ${message}`
	}));
}

function buildHost(world: World, name: string, spec: HostSpec): ScenarioError[] {
	const at = `hosts.${name}`;
	const interfaces = Object.entries(spec.interfaces).map(([device, one], i): Interface => ({
		name: device,
		index: i + 2,
		addresses: addressesOf(one),
		mtu: one.mtu ?? 1500,
		up: true
	}));
	const host = new Host(
		name,
		world.journal,
		[LOOPBACK, ...interfaces],
		[],
		emptyRuleset,
		emptyIpSets()
	);
	world.addHost(host);
	const errors: ScenarioError[] = [];
	spec.routes?.forEach((route, i) => {
		const made = makeRoute(host, 'unicast', route.to, route.via ?? null, route.dev ?? null);
		if (typeof made === 'string') errors.push({ path: `${at}.routes[${i}]`, message: made });
		else host.routes = [...host.routes, made];
	});
	for (const [key, value] of Object.entries(spec.sysctl ?? {})) {
		const wrong = writeSysctl(host, key, String(value));
		if (wrong) errors.push({ path: `${at}.sysctl.${key}`, message: wrong });
	}
	errors.push(...buildRules(host, spec, at));
	return errors;
}

function buildRules(host: Host, spec: HostSpec, at: string): ScenarioError[] {
	const env = rulesEnv(host, 0);
	if (spec.ipset !== undefined) {
		const sets = applyIpset(host.ipsets, asText(spec.ipset), { journal: host.journal, now: 0 });
		if (!sets.ok) return textErrors(`${at}.ipset`, sets.errors);
		host.ipsets = sets.sets;
	}
	if (spec.nft !== undefined) {
		const result = applyNft(host.ruleset, asText(spec.nft), env);
		if (!result.ok) return textErrors(`${at}.nft`, result.errors);
		host.ruleset = result.ruleset;
	}
	if (spec.iptables !== undefined) {
		const result = applyIptablesRestore(host.ruleset, asText(spec.iptables), env);
		if (!result.ok) return textErrors(`${at}.iptables`, result.errors);
		host.ruleset = result.ruleset;
	}
	return [];
}

/**
 * Build a scenario's world.
 *
 * @param scenario checked by `parseScenario` or `checkScenario`
 * @param seed of the random choices the engine makes
 */
export function buildWorld(scenario: Scenario, seed = 1): Built {
	const world = new World(seed);
	const errors: ScenarioError[] = [];
	// Hands take whatever any interface of the scenario may send, unless they are told otherwise.
	const given = Object.values(scenario.hosts).flatMap((spec) =>
		Object.values(spec.interfaces).map((one) => one.mtu ?? 0)
	);
	const largest = Math.max(1500, ...given);
	for (const [name, spec] of Object.entries(scenario.hosts)) {
		if (spec.kind === 'linux') errors.push(...buildHost(world, name, spec));
		else
			for (const [device, one] of Object.entries(spec.interfaces))
				world.wireInterfaces.set(`${name}/${device}`, {
					host: name,
					name: device,
					addresses: addressesOf(one).map((a) => a.address),
					via: one.via === undefined ? null : parseAddress(one.via),
					mtu: one.mtu ?? largest
				});
	}
	for (const ends of scenario.links)
		world.wires.push({
			ends: ends.map((end) => {
				const [host = '', device = ''] = end.split('/');
				return { host, interface: device };
			}),
			learned: new Map()
		});
	return errors.length > 0 ? { ok: false, errors } : { ok: true, world };
}
