/** Where things are in a random network: its wires, the routers in a row between them, and who stands at their ends. */
import type { Random } from './random';

/** A wire with a prefix: hosts and the router below have .2 and .3 of it, the router above .1. */
export interface Net {
	readonly prefix: string;
	readonly length: number;
	readonly mtu: number | undefined;
}

/** `int` leads to the wire below, `ext` to the one above, `dmz` to one of its own. */
export interface Router {
	readonly name: string;
	readonly inner: Net;
	readonly outer: Net;
	readonly dmz: Net | undefined;
	/** What only its outer interface has, of no prefix. */
	readonly alone: string | undefined;
}

export interface End {
	readonly name: string;
	readonly linux: boolean;
	readonly net: Net;
	readonly addresses: readonly string[];
	/** The router that it knows. */
	readonly via: string;
}

export interface Places {
	readonly nets: readonly Net[];
	/** From below to above. */
	readonly routers: readonly Router[];
	readonly ends: readonly End[];
}

const BELOW = ['192.168.1', '10.0.0'];
const BETWEEN = ['100.64.0', '172.16.0'];
const ABOVE = '198.51.100';
const DMZ = ['10.9.9', '10.8.8', '10.7.7'];

/** Addresses that no wire has: of one interface alone, to be translated to, and of nobody. */
export const ALONE = '203.0.113.1';
export const POOL = { first: '203.0.113.16', last: '203.0.113.19', net: '203.0.113.16/28' };
export const NOBODY = '192.0.2.9';

export const at = (net: Net, host: number) => `${net.prefix}.${host}`;
export const withLength = (net: Net, host: number) => `${at(net, host)}/${net.length}`;
export const wholeNet = (net: Net) => `${at(net, 0)}/${net.length}`;

/** Its addresses on the wire above. */
export const outerOf = ({ outer, alone }: Router) => [
	at(outer, 2),
	at(outer, 3),
	...(alone ? [alone] : [])
];

/** Who stands above the i-th router: the next one, or somebody on the last wire. */
export function nextAbove({ routers, ends }: Places, i: number): string {
	const { outer } = routers[i]!;
	if (i < routers.length - 1) return at(outer, 1);
	return ends.find((end) => end.net === outer && !end.linux)!.addresses[0]!;
}

function net(random: Random, prefix: string): Net {
	const length = random.weighted([
		[6, 24],
		[1, 25],
		[1, 28],
		[1, 16]
	]);
	const mtu = random.chance(0.2) ? random.pick([1400, 1280, 1000, 576]) : undefined;
	return { prefix, length, mtu };
}

/** Two hosts, or one with two addresses. */
function ends(random: Random, net: Net, names: [string, string], hosts: [number, number]): End[] {
	const via = net.prefix === ABOVE ? at(net, 2) : at(net, 1);
	const end = (name: string, linux: boolean, hosts: number[]): End => ({
		name,
		linux,
		net,
		addresses: hosts.map((host) => at(net, host)),
		via
	});
	if (random.chance(0.5)) return [end(names[0], false, hosts)];
	const [one, other] = random.chance(0.5) ? hosts : [hosts[1], hosts[0]];
	return [end(names[0], false, [one]), end(names[1], random.chance(0.8), [other])];
}

/** One to three routers in a row, with hosts below, above and here and there between. */
export function randomPlaces(random: Random): Places {
	const count = random.weighted([
		[2, 1],
		[5, 2],
		[2, 3]
	]);
	const nets = [net(random, random.pick(BELOW))];
	for (let i = 1; i < count; i++) nets.push(net(random, BETWEEN[i - 1]!));
	nets.push(net(random, ABOVE));
	const names = ['home', 'carrier', 'edge'];
	const routers = Array.from({ length: count }, (_, i): Router => {
		const dmz = random.chance(0.3) ? net(random, DMZ[i]!) : undefined;
		const alone = i === count - 1 && random.chance(0.3) ? ALONE : undefined;
		return { name: names[i]!, inner: nets[i]!, outer: nets[i + 1]!, dmz, alone };
	});
	const below = nets[0]!;
	const above = nets[count]!;
	const all = [
		...ends(random, below, ['lan', 'box'], [2, 3]),
		...ends(random, above, ['net', 'far'], [10, 11])
	];
	for (const { name, dmz } of routers)
		if (dmz) all.push(...ends(random, dmz, [`${name}-dmz`, `${name}-web`], [2, 3]));
	if (random.chance(0.3)) {
		const i = random.below(nets.length);
		const where = nets[i]!;
		const via = i === count || (i > 0 && random.chance(0.5)) ? at(where, 2) : at(where, 1);
		const linux = random.chance(0.4);
		all.push({ name: 'peer', linux, net: where, addresses: [at(where, 12)], via });
	}
	return { nets, routers, ends: all };
}
