/**
 * ICMP redirects: a router tells a neighbour that another router of the same link is nearer to where it wants to go
 * (RFC 1812 section 5.2.7.2).
 */
import { inPrefix, maskOf } from '../packet';
import type { Host } from './host';
import type { Interface } from './interface';
import type { Route } from './routing';

/** How often a source has been told (`struct inet_peer`). */
export interface Redirected {
	/** World time in ms of the last time. */
	readonly last: number;
	readonly times: number;
}

/** `net.ipv4.route.redirect_load`, `redirect_number` and `redirect_silence` as they are from the start; ms. */
const LOAD = 20;
const NUMBER = 9;
const SILENCE = LOAD << (NUMBER + 1);

/** Whether a route's packets are redirected (`__mkroute_input`): the source has to be a neighbour, see `isNeighbour`. */
export function redirects(host: Host, input: Interface, route: Route, src: number): boolean {
	const { sendRedirects, sharedMedia } = host.ip;
	if (route.device !== input.name) return false;
	if (!sendRedirects.get('all') && !sendRedirects.get(input.name)) return false;
	if ((sharedMedia.get('all') ?? 1) !== 0 || (sharedMedia.get(input.name) ?? 1) !== 0) return true;
	// `inet_addr_onlink`
	return input.addresses.some((own) => {
		const prefix = { network: (own.address & maskOf(own.length)) >>> 0, length: own.length };
		return inPrefix(src, prefix) && (route.via === null || inPrefix(route.via, prefix));
	});
}

/** Note that a source may be told now (`ip_rt_send_redirect`): less and less often, and in the end not at all. */
export function mayRedirect(host: Host, src: number, now: number): boolean {
	let known = host.redirected.get(src) ?? { last: 0, times: 0 };
	if (now > known.last + SILENCE) known = { last: known.last, times: 0 };
	const tell =
		known.times < NUMBER && (known.times === 0 || now > known.last + (LOAD << known.times));
	if (tell) host.journal.put(host.redirected, src, { last: now, times: known.times + 1 });
	else if (known.times >= NUMBER)
		host.journal.put(host.redirected, src, { last: now, times: known.times });
	return tell;
}
