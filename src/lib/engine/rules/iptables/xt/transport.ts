/** tcp, udp, icmp and multiport as `xt_tcpudp` and `xt_multiport` ask them. */
import { optionAfter } from '../../../packet';
import type { Packet } from '../../../packet';
import type { IcmpMatch } from '../matches/icmp';
import type { MultiportMatch } from '../matches/multiport';
import type { PortMatch, TcpMatch, UdpMatch } from '../matches/ports';
import type { XtEvaluate, XtKind } from '../../xt';
import { HOTDROP } from './header';

const within = (port: number, match: PortMatch | undefined): boolean =>
	match === undefined || (port >= match.from && port <= match.to) !== match.negated;

/**
 * A header that cannot be read: a later fragment never matches (one that would rewrite the TCP
 * flags is dropped), and what is cut short is dropped.
 */
function unreadable(packet: Packet, tcp: boolean): false | typeof HOTDROP {
	if (packet.ip.offset > 0) return tcp && packet.ip.offset === 8 ? HOTDROP : false;
	return HOTDROP;
}

/** Whether the options of a header have one of that kind (`tcp_find_option`). */
function hasOption(options: Uint8Array, kind: number): boolean {
	for (let i = 0; i < options.length; i = optionAfter(options, i))
		if (options[i] === kind) return true;
	return false;
}

export const tcp: XtKind<TcpMatch> = {
	compile({ source, destination, flags, option }): XtEvaluate {
		return ({ packet }) => {
			const { l4 } = packet;
			if (l4.kind !== 'tcp') return unreadable(packet, true);
			if (!within(l4.sport, source) || !within(l4.dport, destination)) return false;
			if (flags && ((l4.flags & flags.mask) === flags.compare) === flags.negated) return false;
			return !option || hasOption(l4.options, option.kind) !== option.negated;
		};
	}
};

export const udp: XtKind<UdpMatch> = {
	compile({ source, destination }): XtEvaluate {
		return ({ packet }) => {
			const { l4 } = packet;
			if (l4.kind !== 'udp') return unreadable(packet, false);
			return within(l4.sport, source) && within(l4.dport, destination);
		};
	}
};

export const icmp: XtKind<IcmpMatch> = {
	compile({ type, codes: [from, to], negated }): XtEvaluate {
		return ({ packet }) => {
			const { l4 } = packet;
			if (l4.kind !== 'icmp') return unreadable(packet, false);
			return (type === 255 || (l4.type === type && l4.code >= from && l4.code <= to)) !== negated;
		};
	}
};

export const multiport: XtKind<MultiportMatch> = {
	compile({ which, ports, negated }): XtEvaluate {
		const listed = (port: number): boolean =>
			ports.some(({ from, to }) => port >= from && port <= to);
		const source = which !== 'dports';
		const destination = which !== 'sports';
		return ({ packet }) => {
			const ends = portsOf(packet);
			if (ends < 0) return packet.ip.offset > 0 ? false : HOTDROP;
			const found = (source && listed(ends >>> 16)) || (destination && listed(ends & 0xffff));
			return found !== negated;
		};
	}
};

/** Source port in the upper half, destination in the lower; -1 where there is none to read. */
export function portsOf({ ip, l4 }: Packet): number {
	if (l4.kind === 'tcp' || l4.kind === 'udp') return l4.sport * 65536 + l4.dport;
	if (l4.kind !== 'opaque' || ip.offset > 0 || l4.payload.length < 4) return -1;
	const bytes = l4.payload;
	return bytes[0]! * 0x1000000 + bytes[1]! * 0x10000 + bytes[2]! * 0x100 + bytes[3]!;
}

/** Protocols whose header has four bytes of ports, or an index in their place, and how far into it (`proto_ports_offset`). */
const PORTS_AT: ReadonlyMap<number, number> = new Map([
	[6, 0],
	[17, 0],
	[33, 0],
	[50, 0],
	[132, 0],
	[136, 0],
	[51, 4]
]);

/** Both ports as `portsOf` gives them; 0 of a protocol that has none, -1 where they cannot be read. */
export function endsOf({ ip, l4 }: Packet): number {
	const at = PORTS_AT.get(ip.protocol);
	if (at === undefined) return 0;
	if (l4.kind !== 'opaque' || at === 0) return portsOf({ ip, l4 });
	return portsOf({ ip, l4: { kind: 'opaque', payload: l4.payload.subarray(at) } });
}
