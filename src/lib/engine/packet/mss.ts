/** The largest segment that a host takes, as the SYN says it in an option (RFC 9293 3.7.1), and another in its place. */
import { get16, put16 } from './codec';
import type { Tcp } from './packet';
import { optionAfter } from './tcp-options';

/** Kind of the option, and bytes of one that is well formed. */
export const MSS_KIND = 2;
export const MSS_LENGTH = 4;
/** What a sender goes by that was told nothing (`TCP_MSS_DEFAULT`). */
const DEFAULT = 536;
/** Bytes that the options of a header can take. */
const ROOM = 40;

/**
 * Where the first MSS option of four bytes begins, as iptables looks for it (`tcpmss_mt`,
 * `tcpmss_mangle_packet`); -1 where there is none.
 */
export function mssOption(options: Uint8Array): number {
	for (let at = 0; at + MSS_LENGTH <= options.length; at = optionAfter(options, at))
		if (options[at] === MSS_KIND && options[at + 1] === MSS_LENGTH) return at;
	return -1;
}

/**
 * A segment with another MSS in the option at a place. The kernel sums the old one and the new as if they stood at
 * an even place (`inet_proto_csum_replace2`); at an odd one the checksum mostly comes out wrong.
 */
export function withMss(tcp: Tcp, at: number, mss: number): Tcp {
	const options = tcp.options.slice();
	put16(options, at + 2, mss);
	const summed = at % 2 === 0 || (mss - get16(tcp.options, at + 2)) % 257 === 0;
	return { ...tcp, options, badChecksum: tcp.badChecksum || !summed };
}

/** A segment without an MSS that is given one, no higher than what goes without saying. */
export function withAddedMss(tcp: Tcp, mss: number): Tcp {
	if (tcp.payload.length > 0 || tcp.options.length >= ROOM) return tcp;
	const added = Math.min(mss, DEFAULT);
	return {
		...tcp,
		options: Uint8Array.of(MSS_KIND, MSS_LENGTH, added >> 8, added & 255, ...tcp.options)
	};
}
