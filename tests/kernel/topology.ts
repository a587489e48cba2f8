/** A scenario's network as namespaces, veth pairs and bridges, with everyone's ARP settled. */
import type { Operation } from './agent';
import type { HostSpec, Scenario } from '../../src/lib/scenario/scenario';

/** The namespace in which the wire hosts' interfaces and the bridges are. */
export const WIRE = 'wire';

/** One interface of one host. */
export interface Port {
	/** `host/interface`. */
	readonly name: string;
	readonly host: string;
	readonly interface: string;
	readonly linux: boolean;
	/** The namespace it is in, and what it is called there. */
	readonly namespace: string;
	readonly device: string;
	readonly mac: string;
	readonly addresses: readonly string[];
	readonly mtu: number | undefined;
	readonly via: string | undefined;
}

const isLinux = (host: HostSpec) => host.kind === 'linux';

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
	return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** All interfaces, in the order in which the scenario names them. */
export function portsOf(scenario: Scenario): Map<string, Port> {
	const ports = new Map<string, Port>();
	for (const [host, it] of Object.entries(scenario.hosts)) {
		for (const [name, given] of Object.entries(it.interfaces)) {
			const { address, mtu, via } = given as {
				address?: string | string[];
				mtu?: number;
				via?: string;
			};
			const number = ports.size + 1;
			const hex = number.toString(16).padStart(4, '0');
			ports.set(`${host}/${name}`, {
				name: `${host}/${name}`,
				host,
				interface: name,
				linux: isLinux(it),
				namespace: isLinux(it) ? `host ${host}` : WIRE,
				device: isLinux(it) ? name : `w${number}`,
				mac: `02:00:00:00:${hex.slice(0, 2)}:${hex.slice(2)}`,
				addresses: listOf(address),
				mtu,
				via
			});
		}
	}
	return ports;
}

/** The links with their ports in place of names. */
export function wiresOf(scenario: Scenario, ports: ReadonlyMap<string, Port>): Port[][] {
	return scenario.links.map((names) => names.map((name) => ports.get(name)!));
}

/** The neighbour that a wire host hands a packet to: by destination, by `via`, or a linux host. */
export function neighbourOf(
	from: Port,
	destination: string,
	wires: readonly Port[][]
): Port | undefined {
	const others = wires.find((wire) => wire.includes(from))?.filter((port) => port !== from) ?? [];
	const owner = (address: string | undefined) =>
		others.find((port) => port.addresses.some((own) => own.split('/')[0] === address));
	return owner(destination) ?? owner(from.via) ?? others.find((port) => port.linux);
}

const IPV4 = '/proc/sys/net/ipv4';

/** What every namespace gets before it has an interface: interfaces take over what they find. */
function defaults(at: string): Operation[] {
	const values: [string, string][] = [
		['/proc/sys/net/ipv6/conf/all/disable_ipv6', '1'],
		['/proc/sys/net/ipv6/conf/default/disable_ipv6', '1'],
		// The mask, not the rate: a rate of 0 empties the bucket that net unreachables are paid from.
		[`${IPV4}/icmp_ratemask`, '0'],
		[`${IPV4}/icmp_msgs_per_sec`, '1000000'],
		[`${IPV4}/icmp_msgs_burst`, '1000000']
	];
	for (const device of ['all', 'default', 'lo']) {
		values.push([`${IPV4}/conf/${device}/rp_filter`, '0']);
		values.push([`${IPV4}/conf/${device}/send_redirects`, '0']);
	}
	if (at === WIRE) values.push(['/proc/sys/net/bridge/bridge-nf-call-iptables', '0']);
	return values.map(([path, value]) => ({ do: 'write', at, path, value }));
}

/** Operations that make the namespaces and their defaults. */
export function makeNamespaces(scenario: Scenario): Operation[] {
	const hosts = Object.entries(scenario.hosts).filter(([, host]) => isLinux(host));
	const names = [WIRE, ...hosts.map(([name]) => `host ${name}`)];
	return [
		...names.map((name): Operation => ({ do: 'namespace', name })),
		...names.flatMap((name) => defaults(name)),
		{ do: 'paths' }
	];
}

function ip(at: string, lines: readonly string[]): Operation {
	return { do: 'run', at, argv: ['ip', '-batch', '-'], stdin: lines.join('\n') + '\n' };
}

/** The commands that settle who has which address on each of a host's wires. */
export function neighbourLines(host: string, wires: readonly Port[][]): string[] {
	return wires.flatMap((wire) =>
		wire
			.filter((port) => port.host === host)
			.flatMap((port) =>
				wire
					.filter((other) => other !== port)
					.flatMap((other) =>
						other.addresses.map(
							(address) =>
								`neigh replace ${address.split('/')[0]} lladdr ${other.mac} dev ${port.device} nud permanent`
						)
					)
			)
	);
}

/** Operations that make the interfaces, given each namespace's path. */
export function makeInterfaces(
	scenario: Scenario,
	ports: ReadonlyMap<string, Port>,
	paths: Readonly<Record<string, string>>
): Operation[] {
	const wires = wiresOf(scenario, ports);
	const make: string[] = [];
	// Each its own index: the kernel puts news of a carrier off for up to a second where two ends of
	// a pair have the same one (linkwatch_urgent_event).
	let index = 100;
	const link = (name: string, namespace: string, mac?: string) =>
		`name ${name} ${mac ? `address ${mac} ` : ''}index ${index++} netns ${paths[namespace]}`;
	const end = (port: Port) => link(port.device, port.namespace, port.mac);
	wires.forEach((wire, number) => {
		if (wire.length === 2) {
			make.push(`link add ${end(wire[0]!)} type veth peer ${end(wire[1]!)}`);
			return;
		}
		make.push(
			`link add br${number} type bridge stp_state 0 mcast_snooping 0`,
			`link set br${number} up`
		);
		wire.forEach((port, i) => {
			const socket = `br${number}p${i}`;
			make.push(`link add ${end(port)} type veth peer ${link(socket, WIRE)}`);
			make.push(`link set ${socket} master br${number} up`);
		});
	});
	const linked = new Set(wires.flat());
	const operations = [ip(WIRE, make)];
	const largest = Math.max(1500, ...[...ports.values()].map((port) => port.mtu ?? 0));
	const up: string[] = [];
	for (const port of ports.values()) {
		if (port.linux || !linked.has(port)) continue;
		up.push(`link set ${port.device} mtu ${port.mtu ?? largest} up`);
	}
	operations.push(ip(WIRE, up));
	for (const [name, host] of Object.entries(scenario.hosts)) {
		if (host.kind !== 'linux') continue;
		const lines = ['link set lo up'];
		const own = [...ports.values()].filter((port) => port.host === name);
		for (const port of own) {
			if (!linked.has(port)) lines.push(`link add ${port.device} type dummy`);
			for (const address of port.addresses) lines.push(`addr add ${address} dev ${port.device}`);
			lines.push(`link set ${port.device} mtu ${port.mtu ?? 1500} up`);
		}
		for (const route of host.routes ?? []) {
			lines.push(
				`route add ${route.to} ${'via' in route ? `via ${route.via}` : `dev ${route.dev}`}`
			);
		}
		const at = `host ${name}`;
		operations.push(ip(at, [...lines, ...neighbourLines(name, wires)]));
		for (const port of own.filter((port) => linked.has(port))) {
			const argv = [
				'ethtool',
				'-K',
				port.device,
				'tx',
				'off',
				'rx',
				'off',
				'gso',
				'off',
				'gro',
				'off'
			];
			operations.push({ do: 'run', at, argv });
		}
	}
	return operations;
}
