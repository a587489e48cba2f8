/** Which hosts stand in which column: those a wire apart stand in neighbouring ones. */
import type { Network, NetworkHost } from './network-layout';

export const hostOf = (end: string): string => end.split('/')[0]!;

type Link = readonly string[];

const joins = (link: Link, name: string): boolean => link.some((end) => hostOf(end) === name);

/** Hosts that are wired together, in the order in which they are named; hosts without a wire are alone. */
export function componentsOf({ hosts, links }: Network): NetworkHost[][] {
	const seen = new Set<string>();
	const found: NetworkHost[][] = [];
	for (const first of hosts) {
		if (seen.has(first.name)) continue;
		seen.add(first.name);
		const reached = new Set([first.name]);
		const queue = [first.name];
		for (let name = queue.pop(); name !== undefined; name = queue.pop())
			for (const link of links)
				if (joins(link, name))
					for (const other of link.map(hostOf)) {
						if (reached.has(other)) continue;
						reached.add(other);
						seen.add(other);
						queue.push(other);
					}
		found.push(hosts.filter(({ name }) => reached.has(name)));
	}
	return found;
}

/** The column of each host of one component, from 0: how many wires lie between it and the first host. */
function distances(hosts: readonly NetworkHost[], links: readonly Link[]): Map<string, number> {
	const degree = (name: string): number => links.filter((link) => joins(link, name)).length;
	// At an end, if there is one: a network is read from one end to the other.
	const root = hosts.find(({ name }) => degree(name) === 1) ?? hosts[0]!;
	const column = new Map([[root.name, 0]]);
	let wires = links.filter((link) => joins(link, root.name));
	const seen = new Set(wires);
	for (let distance = 0; wires.length > 0; distance++) {
		const next: Link[] = [];
		for (const wire of wires)
			for (const other of wire.map(hostOf)) {
				if (column.has(other)) continue;
				// Neighbours on the first host's own wire stand beside it, unless they lead on.
				const leadsOn = wire.some((end) => degree(hostOf(end)) > 1);
				const beside = distance === 0 && degree(other) === 1 && wire.length > 2 && leadsOn;
				column.set(other, beside ? 0 : distance + 1);
				for (const on of links)
					if (!seen.has(on) && joins(on, other)) {
						seen.add(on);
						next.push(on);
					}
			}
		wires = next;
	}
	return column;
}

/** The column of each host, from 0. */
export function columnsOf(network: Network): Map<string, number> {
	return new Map(componentsOf(network).flatMap((hosts) => [...distances(hosts, network.links)]));
}

/**
 * The columns of one component, hosts in each in the order of those that they are wired to in the column before, so
 * that few wires cross.
 */
export function orderedColumns(
	hosts: readonly NetworkHost[],
	links: readonly Link[]
): NetworkHost[][] {
	const column = distances(hosts, links);
	const groups: NetworkHost[][] = [];
	for (const host of hosts) (groups[column.get(host.name)!] ??= []).push(host);
	const filled = groups.filter((group) => group !== undefined);
	const place = new Map<string, number>();
	filled.forEach((group, i) => {
		const before = new Set((filled[i - 1] ?? []).map(({ name }) => name));
		const weight = (name: string): number => {
			const near = links
				.filter((link) => joins(link, name))
				.flatMap((link) => link.map(hostOf))
				.filter((other) => before.has(other));
			if (near.length === 0) return group.findIndex((host) => host.name === name);
			return near.reduce((sum, other) => sum + place.get(other)!, 0) / near.length;
		};
		const weights = new Map(group.map(({ name }) => [name, i === 0 ? 0 : weight(name)]));
		// Sorting is stable: equals stay in the order in which they are named.
		filled[i] = group.toSorted((a, b) => weights.get(a.name)! - weights.get(b.name)!);
		filled[i].forEach(({ name }, row) => place.set(name, row));
	});
	return filled;
}
