/**
 * ICMP redirects: a router tells a neighbour that another router of the same link is nearer to where it wants to go
 * (RFC 1812 section 5.2.7.2).
 */
import { inPrefix } from '../packet';
import { isOn } from './by-interface';
import type { Host } from './host';
import type { Interface, InterfaceAddress } from './interface';
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
	if (route.device !== input.name || !isOn(sendRedirects, input.name)) return false;
	// `inet_addr_onlink`
	const onLink = ({ address, length }: InterfaceAddress): boolean => {
		const link = { network: address, length };
		return inPrefix(src, link) && (route.via === null || inPrefix(route.via, link));
	};
	return isOn(sharedMedia, input.name, 1) || input.addresses.some(onLink);
}

/** Note that a source may be told now (`ip_rt_send_redirect`): less and less often, and in the end not at all. */
export function mayRedirect(host: Host, src: number, now: number): boolean {
	const { last, times: told } = host.redirected.get(src) ?? { last: 0, times: 0 };
	const times = now > last + SILENCE ? 0 : told;
	const given = times >= NUMBER;
	const tell = !given && (times === 0 || now > last + (LOAD << times));
	if (tell || given)
		host.journal.put(host.redirected, src, { last: now, times: tell ? times + 1 : times });
	return tell;
}
