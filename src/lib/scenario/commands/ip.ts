/** `ip addr`, `ip route` and `ip link`, as far as they change a packet's way. */
import type { Host, Interface, Route, RouteType } from '../../engine';
import {
	formatAddress,
	formatPrefix,
	isSecondary,
	lookup,
	maskOf,
	parseAddress,
	parseInterfaceAddress
} from '../../engine';
import type { CommandResult } from './result';
import { done, failed } from './result';

/** Run `ip …` (its words without the name). */
export function ipCommand(host: Host, argv: readonly string[], now: number): CommandResult {
	const words = argv.filter((word) => word !== '-4' && word !== '-o');
	const [object = '', given = 'show', ...rest] = words;
	const verb = wholeVerb(object, given);
	if ('address'.startsWith(object) && object !== '') return addressCommand(host, verb, rest, now);
	if ('route'.startsWith(object) && object !== '') return routeCommand(host, verb, rest);
	if ('link'.startsWith(object) && object !== '') return linkCommand(host, verb, rest, now);
	return failed(`Object "${object}" is not modelled`);
}

/** Verbs may be cut short; the first that fits is meant (`matches`). */
const VERBS = {
	address: ['add', 'change', 'replace', 'delete', 'show', 'list', 'flush'],
	route: ['list', 'show', 'get', 'add', 'change', 'replace', 'append', 'delete', 'flush'],
	link: ['add', 'set', 'delete', 'show', 'list']
} as const;

function wholeVerb(object: string, given: string): string {
	const kinds = ['address', 'route', 'link'] as const;
	const kind = kinds.find((one) => object !== '' && one.startsWith(object));
	return (kind && VERBS[kind].find((verb) => verb.startsWith(given))) ?? given;
}

function option(words: readonly string[], name: string): string | null {
	const at = words.indexOf(name);
	return at < 0 ? null : (words[at + 1] ?? null);
}

function change(host: Host, name: string, to: Partial<Interface>): void {
	host.journal.set(
		host,
		'interfaces',
		host.interfaces.map((one) => (one.name === name ? { ...one, ...to } : one))
	);
}

function addressCommand(
	host: Host,
	verb: string,
	words: readonly string[],
	now: number
): CommandResult {
	if (verb === 'show' || verb === 'list') return done(showAddresses(host, words));
	const device = host.interface(option(words, 'dev') ?? '');
	if (!device) return failed(`Cannot find device "${option(words, 'dev') ?? ''}"`);
	if (verb === 'flush') {
		for (const { address } of device.addresses) addressGone(host, device, address, now);
		change(host, device.name, { addresses: [] });
		dropRoutesVia(host, device.name);
		return done();
	}
	const text = words[0] === 'dev' ? '' : (words[0] ?? '');
	const parsed = parseInterfaceAddress(text);
	if (!parsed) return failed(`Error: any valid prefix is expected rather than "${text}".`);
	if (verb === 'add') {
		if (device.addresses.some((a) => a.address === parsed.address && a.length === parsed.length))
			return failed('RTNETLINK answers: File exists', 2);
		change(host, device.name, { addresses: [...device.addresses, parsed] });
		return done();
	}
	if (verb === 'del' || verb === 'delete') {
		const at = device.addresses.findIndex((a) => a.address === parsed.address);
		if (at < 0) return failed('RTNETLINK answers: Cannot assign requested address', 2);
		const gone = device.addresses[at]!;
		const mask = maskOf(gone.length);
		const primary = !isSecondary(device.addresses, at);
		// With its primary go an address's secondaries (promote_secondaries is 0 by default).
		const left = device.addresses.filter(
			(a, i) =>
				i !== at &&
				!(
					primary &&
					isSecondary(device.addresses, i) &&
					a.length === gone.length &&
					((a.address ^ gone.address) & mask) === 0
				)
		);
		change(host, device.name, { addresses: left });
		for (const one of device.addresses)
			if (!left.includes(one)) addressGone(host, device, one.address, now);
		dropUnreachableRoutes(host);
		return done();
	}
	return failed(`Command "${verb}" is unknown, try "ip address help".`, 255);
}

/** What masquerading bound to an address goes with it (`masq_inet_event`). */
function addressGone(host: Host, device: Interface, address: number, now: number): void {
	for (const entry of host.conntrack.table.list())
		if (entry.masqueradeIndex === device.index && entry.reply.dst === address)
			host.conntrack.destroy(entry, now);
}

function dropRoutesVia(host: Host, name: string): void {
	const left = host.routes.filter((route) => route.device !== name);
	if (left.length !== host.routes.length) host.journal.set(host, 'routes', left);
}

/** Routes whose preferred source or whose next hop's link is gone. */
function dropUnreachableRoutes(host: Host): void {
	const own = new Set(host.interfaces.flatMap((one) => one.addresses.map((a) => a.address)));
	const left = host.routes.filter((route) => {
		if (route.source !== null && !own.has(route.source)) return false;
		return true;
	});
	if (left.length !== host.routes.length) host.journal.set(host, 'routes', left);
}

const TYPES = new Set<string>(['unreachable', 'blackhole', 'prohibit', 'unicast']);

/** A route from `to`, `via`, `dev` …; a string says what is wrong. */
export function makeRoute(
	host: Host,
	type: RouteType,
	to: string,
	via: string | null,
	dev: string | null,
	more: { source?: number | null; metric?: number } = {}
): Route | string {
	const prefix = to === 'default' ? { address: 0, length: 0 } : parseInterfaceAddress(to);
	if (!prefix) return `any valid prefix is expected rather than "${to}".`;
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
		to: { network: (prefix.address & maskOf(prefix.length)) >>> 0, length: prefix.length },
		type,
		device: type === 'unicast' ? device : null,
		via: nextHop,
		source: more.source ?? null,
		metric: more.metric ?? 0,
		scope: nextHop === null ? 'link' : 'global',
		protocol: 'boot'
	};
}

function routeCommand(host: Host, verb: string, words: readonly string[]): CommandResult {
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
		const parsed = to === 'default' ? { address: 0, length: 0 } : parseInterfaceAddress(to);
		if (!parsed) return failed(`Error: any valid prefix is expected rather than "${to}".`);
		const prefix = {
			network: (parsed.address & maskOf(parsed.length)) >>> 0,
			length: parsed.length
		};
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

function showAddresses(host: Host, words: readonly string[]): string[] {
	const only = option(words, 'dev') ?? words.find((word) => host.interface(word) !== null);
	const lines: string[] = [];
	for (const device of host.interfaces) {
		if (only && device.name !== only) continue;
		lines.push(`${device.index}: ${device.name}: <${device.up ? 'UP' : 'DOWN'}> mtu ${device.mtu}`);
		for (const { address, length } of device.addresses)
			lines.push(`inet ${formatAddress(address)}/${length} dev ${device.name}`);
	}
	return lines;
}

function linkCommand(
	host: Host,
	verb: string,
	words: readonly string[],
	now: number
): CommandResult {
	if (verb === 'show' || verb === 'list') return done(showAddresses(host, words));
	if (verb !== 'set') return failed(`ip link ${verb} is not modelled`);
	const rest = words.filter((word) => word !== 'dev');
	// The interface may be named anywhere among what is set.
	const named = rest.find(
		(word, i) => word !== 'up' && word !== 'down' && word !== 'mtu' && rest[i - 1] !== 'mtu'
	);
	const device = host.interface(named ?? '');
	if (!device) return failed(`Cannot find device "${named ?? ''}"`);
	const mtu = option(rest, 'mtu');
	if (mtu !== null && !(Number(mtu) >= 68 && Number(mtu) <= 65535))
		return failed('Error: mtu out of range for the device.', 2);
	if (mtu !== null) change(host, device.name, { mtu: Number(mtu) });
	if (rest.includes('up')) change(host, device.name, { up: true });
	if (rest.includes('down')) {
		change(host, device.name, { up: false });
		// Routes over a link that goes down are gone for good; masqueraded flows too.
		dropRoutesVia(host, device.name);
		for (const entry of host.conntrack.table.list())
			if (entry.masqueradeIndex === device.index) host.conntrack.destroy(entry, now);
	}
	return done();
}
