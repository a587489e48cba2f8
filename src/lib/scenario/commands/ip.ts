/** `ip addr` and `ip link`, as far as they change a packet's way. */
import type { Host, Interface } from '../../engine';
import { formatAddress, isSecondary, maskOf, parseInterfaceAddress } from '../../engine';
import { option } from './ip-option';
import { routeCommand } from './ip-route';
import type { CommandResult } from './result';
import { done, failed } from './result';

/** Verbs may be cut short; the first that fits is meant (`matches`). */
const VERBS = {
	address: ['add', 'change', 'replace', 'delete', 'show', 'list', 'flush'],
	route: ['list', 'show', 'get', 'add', 'change', 'replace', 'append', 'delete', 'flush'],
	link: ['add', 'set', 'delete', 'show', 'list']
} as const;
const OBJECTS = ['address', 'route', 'link'] as const;

/** Run `ip …` (its words without the name). */
export function ipCommand(host: Host, argv: readonly string[], now: number): CommandResult {
	const words = argv.filter((word) => word !== '-4' && word !== '-o');
	const [object = '', given = 'show', ...rest] = words;
	const whole = OBJECTS.find((one) => object !== '' && one.startsWith(object));
	if (!whole) return failed(`Object "${object}" is not modelled`);
	const verb = VERBS[whole].find((one) => one.startsWith(given)) ?? given;
	switch (whole) {
		case 'address':
			return addressCommand(host, verb, rest, now);
		case 'route':
			return routeCommand(host, verb, rest);
		case 'link':
			return linkCommand(host, verb, rest, now);
	}
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
	if (verb === 'add' || verb === 'replace' || verb === 'change') {
		const known = device.addresses.some(
			(a) => a.address === parsed.address && a.length === parsed.length
		);
		if (known && verb === 'add') return failed('Error: ipv4: Address already assigned.', 2);
		const given = option(words, 'scope') ?? 'global';
		if (given !== 'global' && given !== 'link' && given !== 'host')
			return failed(`ip address: scope ${given} is not modelled`, 255);
		const added = given === 'global' ? parsed : { ...parsed, scope: given };
		if (!known) change(host, device.name, { addresses: [...device.addresses, added] });
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
		// With an interface's last address go all its routes (`fib_disable_ip`).
		if (left.length === 0) dropRoutesVia(host, device.name);
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
	if (rest.includes('name')) return failed('ip link set … name is not modelled', 255);
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
	// A link that comes up has the routes of its addresses again (`fib_netdev_event`).
	if (rest.includes('up') && !device.up)
		change(host, device.name, {
			up: true,
			addresses: device.addresses.map(({ address, length, scope }) => ({
				address,
				length,
				...(scope && { scope })
			}))
		});
	if (rest.includes('down')) {
		change(host, device.name, { up: false });
		// Routes over a link that goes down are gone for good; masqueraded flows too.
		dropRoutesVia(host, device.name);
		for (const entry of host.conntrack.table.list())
			if (entry.masqueradeIndex === device.index) host.conntrack.destroy(entry, now);
	}
	return done();
}
