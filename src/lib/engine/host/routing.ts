/**
 * The routing table of a host (`fib_lookup`): local addresses first, then the longest prefix.
 */
import { inPrefix, maskOf } from '../packet';
import type { Prefix } from '../packet';
import type { Interface, InterfaceAddress } from './interface';
import { isSecondary } from './interface';

export type RouteType =
	'unicast' | 'local' | 'broadcast' | 'unreachable' | 'blackhole' | 'prohibit';

export interface Route {
	readonly to: Prefix;
	readonly type: RouteType;
	readonly device: string | null;
	/** Next hop; `null` when the destination is on the link. */
	readonly via: number | null;
	/** Preferred source address. */
	readonly source: number | null;
	readonly metric: number;
	readonly scope: 'host' | 'link' | 'global';
	readonly protocol: 'kernel' | 'boot' | 'static';
}

/** Routes that an interface's addresses bring (`fib_add_ifaddr`). */
function routesOf(device: Interface): { local: Route[]; main: Route[] } {
	const local: Route[] = [];
	const main: Route[] = [];
	device.addresses.forEach(({ address, length, routeless }, at) => {
		const base = {
			device: device.name,
			via: null,
			metric: 0,
			protocol: 'kernel' as const
		};
		local.push({
			...base,
			to: { network: address, length: 32 },
			type: 'local',
			source: address,
			scope: 'host'
		});
		const network = (address & maskOf(length)) >>> 0;
		if (device.name === 'lo')
			local.push({
				...base,
				to: { network, length },
				type: 'local',
				source: address,
				scope: 'host'
			});
		else if (length < 32 && !routeless && !isSecondary(device.addresses, at))
			main.push({
				...base,
				to: { network, length },
				type: 'unicast',
				source: address,
				scope: 'link'
			});
		if (length < 31) {
			const broadcast = (network | ~maskOf(length)) >>> 0;
			local.push({
				...base,
				to: { network: broadcast, length: 32 },
				type: 'broadcast',
				source: address,
				scope: 'link'
			});
		}
	});
	return { local, main };
}

/** Both tables as the look-up asks them; made anew whenever interfaces or routes change. */
export interface RoutingTables {
	readonly local: readonly Route[];
	/** Longest prefix first, then lowest metric. */
	readonly main: readonly Route[];
}

function byPrecedence(a: Route, b: Route): number {
	return b.to.length - a.to.length || a.metric - b.metric;
}

export function buildTables(
	interfaces: readonly Interface[],
	added: readonly Route[]
): RoutingTables {
	const local: Route[] = [];
	const main: Route[] = [];
	const up = new Set<string>();
	for (const device of interfaces) {
		if (device.up) up.add(device.name);
		const routes = routesOf(device);
		// Local addresses answer whether their interface is up or not; the link's route does not.
		local.push(...routes.local.filter((r) => r.type === 'local' || device.up));
		if (device.up) main.push(...routes.main);
	}
	main.push(...added.filter((route) => route.device === null || up.has(route.device)));
	return { local: local.sort(byPrecedence), main: main.sort(byPrecedence) };
}

/** The route that makes an address one of the host's own, or a broadcast one of its links. */
export function lookupLocal(tables: RoutingTables, address: number): Route | null {
	for (const route of tables.local) if (inPrefix(address, route.to)) return route;
	return null;
}

/** The route to an address, or `null` (ENETUNREACH); with `device`, of those that lead out by it. */
export function lookup(tables: RoutingTables, address: number, device?: string): Route | null {
	const local = lookupLocal(tables, address);
	if (local && (device === undefined || local.device === device)) return local;
	for (const route of tables.main)
		if (inPrefix(address, route.to) && (device === undefined || route.device === device))
			return route;
	return null;
}

/** How far an address or a route reaches, the widest first (`rt_scope_t`). */
const SCOPES = ['global', 'link', 'host'] as const;

/**
 * The source for what leaves by an interface towards a next hop (`inet_select_addr`). Where it has none that reaches so
 * far, the first of another interface; `null` if there is none either.
 *
 * @param all the host's interfaces, by index
 * @param scope of the route: an address that reaches less far is not offered
 */
export function selectSource(
	device: Interface,
	all: readonly Interface[],
	towards: number | null,
	scope: Route['scope'] = 'global'
): number | null {
	const offered = ({ addresses }: Interface): InterfaceAddress[] =>
		addresses.filter(
			(one, at) =>
				!isSecondary(addresses, at) &&
				SCOPES.indexOf(one.scope ?? 'global') <= SCOPES.indexOf(scope)
		);
	const own = offered(device);
	const near = own.find(
		({ address, length }) => towards === null || ((address ^ towards) & maskOf(length)) === 0
	);
	const found = near ?? own[0] ?? all.flatMap(offered).find(({ scope: reach }) => reach !== 'link');
	return found?.address ?? null;
}
