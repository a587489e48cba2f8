/** What a rule that translates asks for, as an order to NAT: its addresses may be an interface's, or the packet's own. */
import type { BindingContext, Manip, NatRange } from '../nat/binding';
import type { Packet } from '../packet';
import type { NatRequest } from '../rules/context';
import type { HookName, RangeValue } from '../rules/ruleset';
import { selectSource } from './routing';
import type { WalkState } from './walk-state';

/** Which end NAT rewrites at a hook (`HOOK2MANIP`). */
export function manipAt(hook: HookName): Manip {
	return hook === 'postrouting' || hook === 'input' ? 'src' : 'dst';
}

/** What a NAT decision needs of the walk's host. */
export function bindingContext({ host, world }: WalkState): BindingContext {
	return { conntrack: host.conntrack, now: world.now, random: () => world.random() };
}

/** The packet's own address in another network (`nft_nat_setup_netmap`, `netmap_tg4`). */
function mapped({ ip }: Packet, { from, to }: RangeValue, type: 'snat' | 'dnat'): RangeValue {
	const host = from ^ to;
	const address = (((type === 'snat' ? ip.src : ip.dst) & host) | (from & ~host)) >>> 0;
	return { from: address, to: address };
}

/** Masquerade and redirect take the address from an interface; null: it has none. */
export function rangeOf(walk: WalkState, request: NatRequest): NatRange | null {
	const { address, port, basePort, flags } = request;
	const rest = {
		...(port ? { port } : {}),
		...(basePort === undefined ? {} : { basePort }),
		flags
	};
	if (request.type === 'snat' || request.type === 'dnat') {
		if (!address) return rest;
		return {
			address: request.netmap ? mapped(walk.packet, address, request.type) : address,
			...rest
		};
	}
	let from: number | null;
	if (request.type === 'masquerade') {
		const device = walk.output;
		const towards = walk.route?.via ?? walk.packet.ip.dst;
		from = device ? selectSource(device, walk.host.interfaces, towards) : null;
		if (from !== null) walk.journal.set(walk.entry!, 'masqueradeIndex', device!.index);
	} else if (walk.hook === 'output') from = 0x7f000001;
	else from = walk.input?.addresses[0]?.address ?? null;
	return from === null ? null : { address: { from, to: from }, ...rest };
}
