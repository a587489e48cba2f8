/** What `ip route` prints: the routes there are, and the one to an address. */
import type { Host, Route } from '../../engine';
import { formatAddress, formatPrefix, parseAddress } from '../../engine';
import type { RouteFilter } from './ip-route-filter';
import { chosenBy } from './ip-route-filter';
import type { CommandResult } from './result';
import { done, failed } from './result';

/** Routes by network, as the kernel's trie has them. */
function inOrder(routes: readonly Route[]): Route[] {
	return [...routes].sort(
		(a, b) => a.to.network - b.to.network || b.to.length - a.to.length || a.metric - b.metric
	);
}

/** `ip route show`; what was asked for is not told again. */
export function showRoutes(host: Host, filter: RouteFilter): CommandResult {
	const shown = inOrder(host.tables.main.filter((route) => chosenBy(route, filter)));
	return done(shown.map((route) => showRoute(route, filter)));
}

function showRoute(route: Route, asked: RouteFilter): string {
	const parts: string[] = [];
	if (route.type !== 'unicast') parts.push(route.type);
	parts.push(route.to.length === 0 ? 'default' : formatPrefix(route.to));
	if (route.via !== null && asked.via === undefined) parts.push('via', formatAddress(route.via));
	if (route.device !== null && asked.device === undefined) parts.push('dev', route.device);
	if (route.protocol !== 'boot' && asked.protocol === undefined)
		parts.push('proto', route.protocol);
	if (route.scope === 'link' && route.type === 'unicast' && asked.scope === undefined)
		parts.push('scope link');
	if (route.source !== null) parts.push('src', formatAddress(route.source));
	if (route.metric) parts.push('metric', String(route.metric));
	return parts.join(' ');
}

/** `ip route get`. */
export function routeGet(host: Host, words: readonly string[]): CommandResult {
	const address = parseAddress(words[0] ?? '');
	if (address === null) return failed('Error: need at least a destination address.');
	const route = host.lookup(address);
	if (!route || route.device === null)
		return failed('RTNETLINK answers: Network is unreachable', 2);
	const parts = [formatAddress(address)];
	if (route.type === 'local') parts[0] = `local ${parts[0]}`;
	if (route.via !== null) parts.push('via', formatAddress(route.via));
	parts.push('dev', route.type === 'local' ? 'lo' : route.device);
	const source = host.sourceFor(route, address);
	if (source !== null) parts.push('src', formatAddress(source));
	parts.push('uid 0');
	return done([parts.join(' '), route.type === 'local' ? 'cache <local>' : 'cache']);
}
