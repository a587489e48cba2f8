/** What the tracker reads of a segment's options: window scale, SACK permission, SACK blocks. */
import type { Tcp } from '../../packet';
import { decodeTcpOptions } from '../../packet/tcp-options';
import { after } from './order';
import { BE_LIBERAL, SACK_PERM, WINDOW_SCALE } from './state';

/** The largest shift that counts (`TCP_MAX_WSCALE`, RFC 7323 section 2.3). */
const MAX_SCALE = 14;

/** Note a SYN's window scale and SACK permission at its end (`tcp_options`). */
export function readOptions(tcp: Tcp, end: { scale: number; flags: number }): void {
	if (tcp.options.length === 0) return;
	const options = decodeTcpOptions(tcp.options);
	end.scale = 0;
	end.flags &= BE_LIBERAL;
	if (options.sackOk) end.flags |= SACK_PERM;
	if (options.wscale !== undefined) {
		end.scale = Math.min(options.wscale, MAX_SCALE);
		end.flags |= WINDOW_SCALE;
	}
}

/** The highest number acknowledged, selectively or not (`tcp_sack`). Signed 32-bit. */
export function highestSack(tcp: Tcp): number {
	let sack = tcp.ack | 0;
	for (const [, right] of decodeTcpOptions(tcp.options).sack ?? [])
		if (after(right, sack)) sack = right | 0;
	return sack;
}
