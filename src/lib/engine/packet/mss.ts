/** The largest segment that a host takes, as the SYN says it in an option (RFC 9293 3.7.1), and another in its place. */
import { get16 } from './codec';
import type { Tcp } from './packet';
import { optionAfter } from './tcp-options';

const KIND = 2;
const LENGTH = 4;
/** What a sender goes by that was told nothing (`TCP_MSS_DEFAULT`). */
const DEFAULT = 536;
/** Bytes that the options of a header can take. */
const ROOM = 40;

/**
 * Where the first MSS option of four bytes begins, as iptables looks for it (`tcpmss_mt`,
 * `tcpmss_mangle_packet`); -1 where there is none.
 */
export function mssOption(options: Uint8Array): number {
	for (let at = 0; at + LENGTH <= options.length; at = optionAfter(options, at))
		if (options[at] === KIND && options[at + 1] === LENGTH) return at;
	return -1;
}

/** Options whose MSS, in the option at a place, is lowered. */
export function loweredMss(options: Uint8Array, at: number, mss: number): Uint8Array {
	const lowered = options.slice();
	lowered[at + 2] = mss >> 8;
	lowered[at + 3] = mss & 255;
	return lowered;
}

/**
 * Whether the checksum is still right after another MSS was written. The kernel sums the old and the new
 * one as if they stood at an even place (`inet_proto_csum_replace2`).
 */
export function keepsChecksum(options: Uint8Array, at: number, mss: number): boolean {
	return at % 2 === 0 || (mss - get16(options, at + 2)) % 257 === 0;
}

/** A segment with another MSS in the option at a place. */
export function withMss(tcp: Tcp, at: number, mss: number): Tcp {
	const badChecksum = tcp.badChecksum || !keepsChecksum(tcp.options, at, mss);
	return { ...tcp, options: loweredMss(tcp.options, at, mss), badChecksum };
}

/** A segment without an MSS that is given one, no higher than what goes without saying. */
export function withAddedMss(tcp: Tcp, mss: number): Tcp {
	if (tcp.payload.length > 0 || tcp.options.length >= ROOM) return tcp;
	const added = Math.min(mss, DEFAULT);
	return { ...tcp, options: Uint8Array.of(KIND, LENGTH, added >> 8, added & 255, ...tcp.options) };
}
