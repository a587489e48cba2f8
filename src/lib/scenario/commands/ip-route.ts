/** `ip route`: routes that come, go and are asked for. */
import type { Host, Route, RouteType } from '../../engine';
import {
	formatAddress,
	formatPrefix,
	lookup,
	maskOf,
	parseAddress,
	parseInterfaceAddress
} from '../../engine';
import { option } from './ip-option';
import type { CommandResult } from './result';
import { done, failed } from './result';

const TYPES = new Set<string>(['unreachable', 'blackhole', 'prohibit', 'unicast']);

/** `default`, an address or a prefix; a string says what is wrong. */
function prefixOf(text: string): Route['to'] | string {
	if (text === 'default') return { network: 0, length: 0 };
	const parsed = parseInterfaceAddress(text);
	if (!parsed) return `any valid prefix is expected rather than "${text}".`;
	const { address, length } = parsed;
	return { network: (address & maskOf(length)) >>> 0, length };
}

/** A route from `to`, `via`, `dev` …; a string says what is wrong. */
export function makeRoute(
	host: Host,
	type: RouteType,
	to: string,
	via: string | null,
	dev: string | null,
	more: { source?: number | null; metric?: number } = {}
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
		protocol: 'boot'
	};
}

/** Run `ip route …` (its words behind the verb). */
export function routeCommand(host: Host, verb: string, words: readonly string[]): CommandResult {
	if (verb === 'show' || verb === 'list') {
		const only = words[0] === 'default';
		return done(
			inOrder(host.tables.main)
				.filter((r) => !only || r.to.length === 0)
				.map(showRoute)
		);
	}
	if (verb === 'get') return routeGet(host, words);
	if (verb === 'flush') {
		host.journal.set(host, 'routes', []);
		return done();
	}
	const typed = TYPES.has(words[0] ?? '');
	const type = (typed ? words[0] : 'unicast') as RouteType;
	const rest = typed ? words.slice(1) : words;
	const to = rest[0] === 'to' ? rest[1]! : (rest[0] ?? '');
	const garbage = unknownWord(rest.slice(rest[0] === 'to' ? 2 : 1));
	if (garbage !== null)
		return failed(`Error: either "to" is duplicate, or "${garbage}" is a garbage.`, 255);
	const source = option(rest, 'src');
	const metric = Number(option(rest, 'metric') ?? 0);
	const same = (a: Route, prefix: Route['to']): boolean =>
		a.to.network === prefix.network && a.to.length === prefix.length;
	if (verb === 'del' || verb === 'delete') {
		const prefix = prefixOf(to);
		if (typeof prefix === 'string') return failed(`Error: ${prefix}`);
		const via = option(rest, 'via');
		const at = host.routes.findIndex(
			(route) => same(route, prefix) && (via === null || route.via === parseAddress(via))
		);
		if (at < 0) return failed('RTNETLINK answers: No such process', 2);
		host.journal.set(
			host,
			'routes',
			host.routes.filter((_, i) => i !== at)
		);
		return done();
	}
	if (verb !== 'add' && verb !== 'replace' && verb !== 'change' && verb !== 'append')
		return failed(`Command "${verb}" is unknown, try "ip route help".`, 255);
	const route = makeRoute(host, type, to, option(rest, 'via'), option(rest, 'dev'), {
		source: source === null ? null : parseAddress(source),
		metric
	});
	if (typeof route === 'string') return failed(`Error: ${route}`, 2);
	const twin = host.routes.findIndex((one) => same(one, route.to) && one.metric === route.metric);
	if (twin >= 0 && verb === 'add') return failed('RTNETLINK answers: File exists', 2);
	const others = verb === 'append' ? host.routes : host.routes.filter((_, i) => i !== twin);
	host.journal.set(host, 'routes', [...others, route]);
	return done();
}

/** What may follow a route's prefix (`ip-route(8)`): words that take another one, and words that do not. */
const ROUTE_OPTIONS = new Set(
	'via dev src metric preference proto protocol scope table mtu advmss tos dsfield realms window rtt hoplimit nexthop weight'.split(
		' '
	)
);
const ROUTE_FLAGS = new Set(['onlink', 'pervasive']);

/** The first word that `ip route` knows nothing of; `null` for none. */
function unknownWord(words: readonly string[]): string | null {
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (ROUTE_OPTIONS.has(word)) i++;
		else if (!ROUTE_FLAGS.has(word)) return word;
	}
	return null;
}

/** Routes by network, as the kernel's trie has them. */
function inOrder(routes: readonly Route[]): Route[] {
	return [...routes].sort(
		(a, b) => a.to.network - b.to.network || b.to.length - a.to.length || a.metric - b.metric
	);
}

function routeGet(host: Host, words: readonly string[]): CommandResult {
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

function showRoute(route: Route): string {
	const parts: string[] = [];
	if (route.type !== 'unicast') parts.push(route.type);
	parts.push(route.to.length === 0 ? 'default' : formatPrefix(route.to));
	if (route.via !== null) parts.push('via', formatAddress(route.via));
	if (route.device !== null) parts.push('dev', route.device);
	if (route.protocol === 'kernel') parts.push('proto kernel');
	if (route.scope === 'link') parts.push('scope link');
	if (route.source !== null) parts.push('src', formatAddress(route.source));
	if (route.metric) parts.push('metric', String(route.metric));
	return parts.join(' ');
}
