/** Which routes a command means: those that `ip route show`, `flush` and `del` choose among all of them. */
import type { Host, Route } from '../../engine';
import { maskOf, parseAddress, parseInterfaceAddress } from '../../engine';

/** What a route must have; a field that is absent chooses nothing out. */
export interface RouteFilter {
	to?: Route['to'];
	type?: string;
	via?: number | null;
	device?: string;
	source?: number | null;
	metric?: number;
	scope?: string;
	protocol?: string;
}

/** `default`, an address or a prefix; a string says what is wrong. */
export function prefixOf(text: string): Route['to'] | string {
	if (text === 'default') return { network: 0, length: 0 };
	const parsed = parseInterfaceAddress(text);
	if (!parsed) return `any valid prefix is expected rather than "${text}".`;
	const { address, length } = parsed;
	return { network: (address & maskOf(length)) >>> 0, length };
}

/** Takes what a route must have by one of the words that `show`, `flush` and `del` know alike; false for any other word. */
export function takeWord(filter: RouteFilter, word: string, value: string): boolean {
	if (word === 'dev') filter.device = value;
	else if (word === 'via') filter.via = parseAddress(value);
	else if (word === 'src') filter.source = parseAddress(value);
	else if (word === 'proto' || word === 'protocol') filter.protocol = value;
	else if (word === 'scope') filter.scope = value;
	else return false;
	return true;
}

/** What the words of `show` and `flush` choose; a string says what is wrong. */
export function filterOf(words: readonly string[]): RouteFilter | string {
	const filter: RouteFilter = {};
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const next = words[i + 1] ?? '';
		if (takeWord(filter, word, next)) {
			// Its value is taken with it.
		} else if (word === 'table' && next !== 'main' && next !== '254')
			return `routes of table "${next}" are not modelled`;
		else if (word !== 'table') {
			const text = word === 'to' || word === 'exact' ? next : word;
			if (text === word) i--;
			if (text !== 'all' && text !== 'any') {
				const prefix = prefixOf(text);
				if (typeof prefix === 'string') return `Error: ${prefix}`;
				filter.to = prefix;
			}
		}
		i++;
	}
	return filter;
}

/** Whether a route is one of those that are meant. */
export function chosenBy(route: Route, filter: RouteFilter): boolean {
	const is = <T>(wanted: T | undefined, own: T): boolean => wanted === undefined || wanted === own;
	const { to } = filter;
	return (
		(!to || (to.network === route.to.network && to.length === route.to.length)) &&
		is<string>(filter.type, route.type) &&
		is(filter.via, route.via) &&
		is<string | null>(filter.device, route.device) &&
		is(filter.source, route.source) &&
		is(filter.metric, route.metric) &&
		is<string>(filter.scope, route.scope) &&
		is<string>(filter.protocol, route.protocol)
	);
}

/** Take routes away: those that were given, and those that came with an address, which stays. */
export function removeRoutes(host: Host, gone: readonly Route[]): void {
	const left = host.routes.filter((route) => !gone.includes(route));
	const connected = gone.filter((route) => !host.routes.includes(route));
	if (left.length < host.routes.length) host.journal.set(host, 'routes', left);
	if (connected.length === 0) return;
	const interfaces = host.interfaces.map((device) => {
		const own = connected.filter((route) => route.device === device.name);
		if (own.length === 0) return device;
		return {
			...device,
			addresses: device.addresses.map((one) =>
				own.some(({ source, to }) => source === one.address && to.length === one.length)
					? { ...one, routeless: true as const }
					: one
			)
		};
	});
	host.journal.set(host, 'interfaces', interfaces);
}
