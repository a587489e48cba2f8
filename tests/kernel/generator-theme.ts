/** What the generator needs to know of the network that it makes a scenario for. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Hold, Scenario, Step } from '../../src/lib/scenario/scenario';
import type { Random } from './random';

/** Who speaks to whom: the place it is sent from, and the two addresses. */
export interface Route {
	/** An interface of a wire host, or the name of a linux host. */
	readonly from: string;
	readonly src: string;
	readonly dst: string;
	/** Where an answer is likely to be sent from. */
	readonly back: string;
	/** The address that who answers has, and the one it sees, where it is a linux host. */
	readonly answer?: { readonly src: string; readonly dst: string };
}

/** A flow that somebody began; one of ICMP queries or of another protocol has no ports. */
export interface Flow {
	readonly route: Route;
	readonly ports?: { readonly sport: number; readonly dport: number };
	/** There where it is one of TCP. */
	readonly connection?: object;
}

/** A command on a linux host. */
export interface Command {
	readonly on: string;
	readonly command: string;
}

/** Steps of a scenario, where it is not about commands. */
export const STEPS = 40;

/** How often some kinds of steps come. */
export interface Weights {
	readonly rules: number;
	readonly fragments: number;
	readonly advances: number;
	/** Commands of every tool, where scenarios are about them. Default: none. */
	readonly commands?: number;
}

/** A network, and what can be done in it. */
export interface Network {
	readonly title: string;
	readonly hosts: Scenario['hosts'];
	readonly links: Scenario['links'];
	/** Steps of a scenario. */
	readonly length: number;
	/** The first of them. */
	readonly opening: readonly Step[];
	readonly weights: Weights;
	readonly route: (random: Random) => Route;
	/** Where a packet from there may be held. */
	readonly hold: (random: Random, route: Pick<Route, 'from'> & Partial<Route>) => Hold;
	/** Where what answers a packet is sent from. */
	readonly side: (random: Random, route: Route) => string;
	/** Whether fragments may go this way: on a wire of three ends Linux lets bystanders see them rewritten. */
	readonly takesFragments: (route: Route) => boolean;
	/** Interfaces of wire hosts that send errors. */
	readonly wires: readonly string[];
	/** A `conntrack` command. */
	readonly command: (random: Random, flows: readonly Flow[]) => Command;
	/** A command of any tool, where they have a weight. */
	readonly anyCommand?: (random: Random) => Command;
	/** A change to rules or to the network. */
	readonly change: (random: Random) => Command;
	/** What every scenario ends with. */
	readonly last: readonly Command[];
	/** The packet, perhaps with more in it. */
	readonly varied: (random: Random, packet: PacketJson) => PacketJson;
}

export const CLIENTS = ['198.51.100.10', '198.51.100.11'];
export const SERVERS = ['10.0.0.2', '10.0.0.3'];

/** A gateway between two wire hosts; `rules` are its rules and settings. */
export function gatewayBetween(rules: object): Pick<Scenario, 'hosts' | 'links'> {
	const wire = (addresses: readonly string[]) => ({
		kind: 'wire' as const,
		interfaces: { eth0: { address: addresses.map((address) => `${address}/24`) } }
	});
	return {
		hosts: {
			client: wire(CLIENTS),
			gateway: {
				kind: 'linux',
				interfaces: {
					ext: { address: ['198.51.100.1/24', '198.51.100.2/24'] },
					int: { address: '10.0.0.1/24' }
				},
				...rules
			},
			server: wire(SERVERS)
		},
		links: [
			['client/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		]
	};
}
