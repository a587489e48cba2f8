/** tcp, udp, sctp, icmp and multiport as `xt_tcpudp` and `xt_multiport` ask them. */
import { get16, optionAfter, portsOf } from '../../../packet';
import { transportBytes } from '../../../packet/codec';
import { chunksOf, endOf, SCTP_HEADER_LENGTH } from '../../../packet/sctp';
import type { Packet } from '../../../packet';
import type { IcmpMatch } from '../matches/icmp';
import type { MultiportMatch } from '../matches/multiport';
import type { PortMatch, TcpMatch, UdpMatch } from '../matches/ports';
import type { ChunkMatch, SctpMatch } from '../matches/sctp';
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

/** Whether a packet has the chunks (`match_packet`); one whose chunks cannot be told apart is dropped. */
function hasChunks(
	bytes: Uint8Array,
	{ which, types, flags }: ChunkMatch
): boolean | typeof HOTDROP {
	const missing = new Set(types === 'all' ? EVERY_TYPE : types);
	let end = SCTP_HEADER_LENGTH;
	for (const chunk of chunksOf(bytes)) {
		const { type, length } = chunk;
		if (length === 0) return HOTDROP;
		const asked = flags.find((one) => one.type === type);
		const fits =
			(types === 'all' || types.includes(type)) &&
			(!asked || (chunk.flags & asked.mask) === asked.value);
		if (fits && which === 'any') return true;
		if (fits) missing.delete(type);
		else if (which === 'only') return false;
		end = endOf(chunk);
	}
	if (end === SCTP_HEADER_LENGTH || end < bytes.length) return HOTDROP;
	return which === 'only' || (which === 'all' && missing.size === 0);
}

const EVERY_TYPE = Array.from({ length: 256 }, (_, type) => type);

export const sctp: XtKind<SctpMatch> = {
	compile({ source, destination, chunks }): XtEvaluate {
		return ({ packet }) => {
			const bytes = transportBytes(packet);
			if (packet.ip.offset > 0) return false;
			if (bytes.length < SCTP_HEADER_LENGTH) return HOTDROP;
			if (!within(get16(bytes, 0), source) || !within(get16(bytes, 2), destination)) return false;
			if (!chunks) return true;
			const found = hasChunks(bytes, chunks);
			return found === HOTDROP ? HOTDROP : found !== chunks.negated;
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
