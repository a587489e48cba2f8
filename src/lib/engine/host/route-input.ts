/** Where a packet that came in goes (`ip_route_input_rcu`), and which sources it may not have. */
import { isOn } from './by-interface';
import type { Host } from './host';
import type { Interface } from './interface';
import { redirects } from './redirect';
import type { Route } from './routing';

type Refusal = 'martian source' | 'reverse path filter';

export type InputDecision =
	| { readonly kind: 'local'; readonly route: Route | null }
	| {
			readonly kind: 'forward';
			readonly route: Route;
			readonly device: Interface;
			/** The source is told that there is a nearer way (`IPSKB_DOREDIRECT`). */
			readonly redirect: boolean;
	  }
	/** No way: `code` is that of the ICMP error its sender may get, `null` for none (`ip_error`). */
	| {
			readonly kind: 'unreachable';
			readonly route: Route | null;
			readonly code: number | null;
			readonly reason: 'no route' | 'blackhole' | 'forwarding is off';
	  }
	| {
			readonly kind: 'refused';
			readonly route: Route | null;
			readonly reason: Refusal | 'no route';
	  };

/** All hosts of a link: every interface is in this group from the start (`ip_mc_up`). */
const ALL_HOSTS = 0xe0000001;
const LIMITED_BROADCAST = 0xffffffff;

const isMulticast = (address: number): boolean => address >>> 28 === 14;
const isLoopback = (address: number): boolean => address >>> 24 === 127;

/** Whether an interface forwards what comes in by it (`IN_DEV_FORWARD`). */
export function forwards(host: Host, name: string): boolean {
	const { forwarding } = host.ip;
	return (forwarding.get(name) ?? forwarding.get('default') ?? 0) !== 0;
}

/** Whether addresses of 127.0.0.0/8 may come in by an interface. */
function takesLoopback({ ip }: Host, input: Interface): boolean {
	return isOn(ip.routeLocalnet, input.name);
}

/** What becomes of a packet from `src` to `dst` that came in by `input`. */
export function decideInput(host: Host, input: Interface, src: number, dst: number): InputDecision {
	const route = host.lookup(dst);
	const refuse = (reason: Refusal | 'no route'): InputDecision => ({
		kind: 'refused',
		route,
		reason
	});
	const toUs = (): InputDecision => {
		const refused = src === 0 ? null : sourceRefused(host, input, src);
		return refused ? refuse(refused) : { kind: 'local', route };
	};
	// What left by the loopback interface keeps the route it has, unless it was translated on the way in.
	if (input.name === 'lo') {
		if (dst === LIMITED_BROADCAST || isOurs(route)) return { kind: 'local', route };
		const refused = isLoopback(src) ? 'martian source' : sourceRefused(host, input, src);
		return refused ? refuse(refused) : onward(host, input, route);
	}
	if (isMulticast(src) || src === LIMITED_BROADCAST) return refuse('martian source');
	if (isMulticast(dst)) {
		// There is no multicast routing here: only what the interface itself listens to comes in.
		if (dst !== ALL_HOSTS) return refuse('no route');
		return isLoopback(src) && !takesLoopback(host, input) ? refuse('martian source') : toUs();
	}
	if (dst === LIMITED_BROADCAST || (src === 0 && dst === 0)) return toUs();
	if (src === 0 || dst === 0) return refuse('martian source');
	if ((isLoopback(src) || isLoopback(dst)) && !takesLoopback(host, input))
		return refuse('martian source');
	if (isOurs(route)) return toUs();
	const way = onward(host, input, route);
	if (way.kind !== 'forward') return way;
	const nearer = redirects(host, input, way.route, src);
	const refused = sourceRefused(host, input, src, nearer);
	if (refused) return refuse(refused);
	return nearer ? { ...way, redirect: isNeighbour(host, input, src) } : way;
}

/** Whether what takes this route has come to its end. */
function isOurs(route: Route | null): boolean {
	return route?.type === 'local' || route?.type === 'broadcast';
}

/** The way on for what is not for this host. */
function onward(host: Host, input: Interface, route: Route | null): InputDecision {
	if (!forwards(host, input.name))
		return { kind: 'unreachable', route, code: null, reason: 'forwarding is off' };
	const device = route?.device ? host.interface(route.device) : null;
	if (!route || route.type !== 'unicast' || !device?.up) return unreachable(route);
	return { kind: 'forward', route, device, redirect: false };
}

function unreachable(route: Route | null): InputDecision {
	if (route?.type === 'blackhole')
		return { kind: 'unreachable', route, code: null, reason: 'blackhole' };
	const code = route?.type === 'prohibit' ? 13 : route?.type === 'unreachable' ? 1 : 0;
	return { kind: 'unreachable', route, code, reason: 'no route' };
}

/** Whether the way back to a source is the link of an interface itself (`nhc_scope`, `__fib_validate_source`). */
function isNeighbour(host: Host, input: Interface, src: number): boolean {
	const back = host.lookup(src);
	const own = back?.device === input.name ? back : host.lookup(src, input.name);
	return own?.type === 'unicast' && own.via === null;
}

/**
 * Sources that no packet from outside can have (`fib_validate_source`).
 *
 * @param thoroughly the way back is looked for even where `rp_filter` does not ask for it
 */
function sourceRefused(
	host: Host,
	input: Interface,
	src: number,
	thoroughly = false
): Refusal | null {
	const { rpFilter, acceptLocal } = host.ip;
	const filter = Math.max(rpFilter.get('all') ?? 0, rpFilter.get(input.name) ?? 0);
	if (filter === 0 && !thoroughly) {
		// The quick way: only the host's own addresses are looked for.
		const own = host.interfaces.some((one) => one.addresses.some((a) => a.address === src));
		return own && !isOn(acceptLocal, input.name) ? 'martian source' : null;
	}
	const back = host.lookup(src);
	if (!back) return filter === 0 ? null : 'reverse path filter';
	if (back.type !== 'unicast' && !(back.type === 'local' && isOn(acceptLocal, input.name)))
		return 'martian source';
	if (back.device === input.name || filter === 0) return null;
	// An interface without an address has no way back but its own.
	return filter === 1 || input.addresses.length === 0 ? 'reverse path filter' : null;
}
