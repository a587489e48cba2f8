/** tcp, udp, icmp and multiport as `xt_tcpudp` and `xt_multiport` ask them. */
import { optionAfter, portsOf } from '../../../packet';
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
