/** `ip route`: routes that come, go and are asked for. */
import type { Host, Route, RouteType } from '../../engine';
import { lookup, parseAddress } from '../../engine';
import { option } from './ip-option';
import type { RouteFilter } from './ip-route-filter';
import { chosenBy, filterOf, prefixOf, removeRoutes, takeWord } from './ip-route-filter';
import { routeGet, showRoutes } from './ip-route-show';
import type { CommandResult } from './result';
import { done, failed } from './result';

const TYPES = new Set<string>(['unreachable', 'blackhole', 'prohibit', 'unicast']);

/** A route from `to`, `via`, `dev` …; a string says what is wrong. */
export function makeRoute(
	host: Host,
	type: RouteType,
	to: string,
	via: string | null,
	dev: string | null,
	more: { source?: number | null; metric?: number; protocol?: Route['protocol'] } = {}
): Route | string {
	const prefix = prefixOf(to);
	if (typeof prefix === 'string') return prefix;
	const nextHop = via === null ? null : parseAddress(via);
	if (via !== null && nextHop === null)
		return `any valid address is expected rather than "${via}".`;
	let device = dev;
	if (type === 'unicast' && device === null) {
		const towards = nextHop === null ? null : lookup(host.tables, nextHop);
		if (!towards || towards.via !== null || towards.type !== 'unicast')
			return 'Nexthop has invalid gateway.';
		device = towards.device;
	}
	return {
		to: prefix,
		type,
		device: type === 'unicast' ? device : null,
		via: nextHop,
		source: more.source ?? null,
		metric: more.metric ?? 0,
		scope: nextHop === null ? 'link' : 'global',
		protocol: more.protocol ?? 'boot'
	};
}

/** Run `ip route …` (its words behind the verb). */
export function routeCommand(host: Host, verb: string, words: readonly string[]): CommandResult {
	if (verb === 'get') return routeGet(host, words);
	if (verb === 'show' || verb === 'list' || verb === 'flush') return chosen(host, verb, words);
	const typed = TYPES.has(words[0] ?? '');
	const rest = typed ? words.slice(1) : words;
	const to = rest[0] === 'to' ? rest[1]! : (rest[0] ?? '');
	const options = rest.slice(rest[0] === 'to' ? 2 : 1);
	const garbage = unknownWord(options);
	if (garbage !== null)
		return failed(`Error: either "to" is duplicate, or "${garbage}" is a garbage.`, 255);
	const refused = options.find((word) => NOT_MODELLED.has(word));
	if (refused !== undefined) return failed(`ip route: "${refused}" is not modelled`, 255);
	const table = option(options, 'table') ?? 'main';
	if (table !== 'main' && table !== '254')
		return failed(`ip route: table "${table}" is not modelled`, 255);
	const device = option(options, 'dev');
	if (device !== null && !host.interface(device)) return failed(`Cannot find device "${device}"`);
	const type = typed ? (words[0] as RouteType) : null;
	if (verb === 'del' || verb === 'delete') return remove(host, type, to, options);
	return add(host, verb, type ?? 'unicast', to, options);
}

/** `show` and `flush`: what is done to every route that the words choose. */
function chosen(host: Host, verb: string, words: readonly string[]): CommandResult {
	if (verb === 'flush' && words.length === 0) return failed('"ip route flush" requires arguments.');
	if (verb === 'flush' && words[0] === 'cache') return done();
	const filter = filterOf(words);
	if (typeof filter === 'string') return failed(filter);
	if (filter.device !== undefined && !host.interface(filter.device))
		return failed(`Cannot find device "${filter.device}"`);
	if (verb !== 'flush') return showRoutes(host, filter);
	removeRoutes(
		host,
		host.tables.main.filter((route) => chosenBy(route, filter))
	);
	return done();
}

/** `del` takes the first route away that has all that is named (`fib_table_delete`). */
function remove(
	host: Host,
	type: RouteType | null,
	to: string,
	options: readonly string[]
): CommandResult {
	const prefix = prefixOf(to);
	if (typeof prefix === 'string') return failed(`Error: ${prefix}`);
	const filter: RouteFilter = { to: prefix, ...(type && { type }) };
	for (let i = 0; i < options.length; i++) {
		const word = options[i]!;
		const value = options[i + 1] ?? '';
		const isMetric = word === 'metric' || word === 'preference';
		if (!takeWord(filter, word, value) && isMetric && Number(value) !== 0)
			filter.metric = Number(value);
	}
	const gone = host.tables.main.find((route) => chosenBy(route, filter));
	if (!gone) return failed('RTNETLINK answers: No such process', 2);
	removeRoutes(host, [gone]);
	return done();
}

const PROTOCOLS = new Set<string>(['kernel', 'boot', 'static']);

/** `add`, `append`, `change`, `replace` (`fib_table_insert`). */
function add(
	host: Host,
	verb: string,
	type: RouteType,
	to: string,
	options: readonly string[]
): CommandResult {
	if (verb !== 'add' && verb !== 'replace' && verb !== 'change' && verb !== 'append')
		return failed(`Command "${verb}" is unknown, try "ip route help".`, 255);
	const via = option(options, 'via');
	const dev = option(options, 'dev');
	const src = option(options, 'src');
	const protocol = option(options, 'proto') ?? option(options, 'protocol') ?? 'boot';
	const source = src === null ? null : parseAddress(src);
	if (src !== null && source === null)
		return failed(`Error: inet address is expected rather than "${src}".`);
	if (!PROTOCOLS.has(protocol)) return failed(`ip route: proto ${protocol} is not modelled`, 255);
	if (type !== 'unicast' && (via !== null || dev !== null))
		return failed(
			'Error: Gateway, device and multipath can not be specified for this route type.',
			2
		);
	const route = makeRoute(host, type, to, via, dev, {
		source,
		metric: Number(option(options, 'metric') ?? option(options, 'preference') ?? 0),
		protocol: protocol as Route['protocol']
	});
	if (typeof route === 'string') return failed(`Error: ${route}`, 2);
	if (route.device !== null && !host.interface(route.device)?.up)
		return failed('Error: Device for nexthop is not up.', 2);
	if (source !== null && !host.isLocal(source)) return failed('Error: Invalid prefsrc address.', 2);
	const { to: prefix, metric } = route;
	const twins = host.tables.main.filter((one) => chosenBy(one, { to: prefix, metric }));
	const alike = twins.some(({ type, device, via, source }) =>
		chosenBy(route, { type, via, source, ...(device !== null && { device }) })
	);
	if (twins.length > 0 && (verb === 'add' || (verb === 'append' && alike)))
		return failed('RTNETLINK answers: File exists', 2);
	if (twins.length === 0 && verb === 'change')
		return failed('RTNETLINK answers: No such file or directory', 2);
	if (verb === 'replace' || verb === 'change') removeRoutes(host, twins.slice(0, 1));
	host.journal.set(host, 'routes', [...host.routes, route]);
	return done();
}

/** What may follow a route's prefix (`ip-route(8)`): words that take another one, and words that do not. */
const ROUTE_OPTIONS = new Set(
	'via dev src metric preference proto protocol scope table mtu advmss tos dsfield realms window rtt hoplimit nexthop weight'.split(
		' '
	)
);
const ROUTE_FLAGS = new Set(['onlink', 'pervasive']);
/** Those that would change a packet's way. */
const NOT_MODELLED = new Set(['mtu', 'hoplimit', 'tos', 'dsfield', 'nexthop', 'weight']);

/** The first word that `ip route` knows nothing of; `null` for none. */
function unknownWord(words: readonly string[]): string | null {
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (ROUTE_OPTIONS.has(word)) i++;
		else if (!ROUTE_FLAGS.has(word)) return word;
	}
	return null;
}
