/** `tcp option maxseg`: the MSS of a segment as nft asks it and lowers it (`nft_exthdr`). */
import {
	MSS_KIND,
	MSS_LENGTH,
	TCP,
	TCP_HEADER_LENGTH,
	adjustChecksum,
	get16,
	optionAfter,
	put16,
	withMss
} from '../packet';
import type { Packet } from '../packet';
import type { RuleContext } from './context';

/**
 * The options of a segment, or of its first fragment where that has them whole; `null` where there is no
 * whole header (`nft_tcp_header_pointer`).
 */
function optionsOf({ ip, l4 }: Packet): Uint8Array | null {
	if (l4.kind === 'tcp') return l4.options;
	if (l4.kind !== 'opaque' || ip.protocol !== TCP || ip.offset > 0) return null;
	const { payload } = l4;
	const end = payload.length < TCP_HEADER_LENGTH ? 0 : (payload[12]! >> 4) * 4;
	return end < TCP_HEADER_LENGTH || end > payload.length
		? null
		: payload.subarray(TCP_HEADER_LENGTH, end);
}

/** Where the first MSS option begins: `null` where there is none, -1 where it has not so many bytes. */
function place(options: Uint8Array, bytes: number): number | null {
	for (let at = 0; at + 1 < options.length;) {
		const next = optionAfter(options, at);
		if (options[at] === MSS_KIND) return next > options.length || next - at < bytes ? -1 : at;
		at = next;
	}
	return null;
}

/** Whether a packet has an MSS option, of whatever length (`nft_exthdr_tcp_eval`). */
export function hasMss(packet: Packet): boolean {
	const options = optionsOf(packet);
	return options !== null && (place(options, 1) ?? -1) >= 0;
}

/** The MSS of a segment, -1 where it says none. */
export function mssOf(packet: Packet): number {
	const options = optionsOf(packet);
	const at = options && place(options, MSS_LENGTH);
	return at === null || at < 0 ? -1 : get16(options!, at + 2);
}

/**
 * Lower the MSS of a segment that says one; it is never raised, and none is added (`nft_exthdr_tcp_set_eval`).
 *
 * @returns false where there is no TCP header or the option is cut short, which ends the rule
 */
export function lowerMss(ctx: RuleContext, mss: number): boolean {
	const { ip, l4 } = ctx.packet;
	const options = optionsOf(ctx.packet);
	if (options === null) return false;
	ctx.makeWritable(TCP_HEADER_LENGTH + options.length);
	const at = place(options, MSS_LENGTH);
	if (at === null) return true;
	if (at < 0) return false;
	const before = get16(options, at + 2);
	if (before <= mss) return true;
	if (l4.kind === 'tcp') ctx.setPacket({ ip, l4: withMss(l4, at, mss) });
	else {
		const payload = l4.payload.slice();
		put16(payload, TCP_HEADER_LENGTH + at + 2, mss);
		adjustChecksum(payload, 16, [before], [mss]);
		ctx.setPacket({ ip, l4: { kind: 'opaque', payload } });
	}
	return true;
}
