/** `tcp option`: the options of a segment as nft asks them, lowers the MSS and takes options out (`nft_exthdr`). */
import {
	MSS_KIND,
	MSS_LENGTH,
	NOP,
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

/** Where the first option of a kind begins: `null` where there is none, -1 where it has not so many bytes. */
function place(options: Uint8Array, kind: number, bytes: number): number | null {
	for (let at = 0; at + 1 < options.length;) {
		const next = optionAfter(options, at);
		if (options[at] === kind) return next > options.length || next - at < bytes ? -1 : at;
		at = next;
	}
	return null;
}

/** Whether a packet has an option, of whatever length (`nft_exthdr_tcp_eval`). */
export function hasOption(packet: Packet, kind: number): boolean {
	const options = optionsOf(packet);
	return options !== null && (place(options, kind, 1) ?? -1) >= 0;
}

/** What some bytes of an option say, the first of them `at` so many; -1 where they are not there. */
export function optionValue(packet: Packet, kind: number, at: number, bytes: number): number {
	const options = optionsOf(packet);
	const start = options && place(options, kind, at + bytes);
	if (start === null || start < 0) return -1;
	return options!.subarray(start + at, start + at + bytes).reduce((sum, one) => sum * 256 + one, 0);
}

/**
 * Write no-operations over an option (`nft_exthdr_tcp_strip_eval`). The checksum goes with it, byte for byte.
 *
 * @returns false where there is no TCP header, `null` where the option is cut short, which drops the packet
 */
export function stripOption(ctx: RuleContext, kind: number): boolean | null {
	const { ip, l4 } = ctx.packet;
	const options = optionsOf(ctx.packet);
	if (options === null) return false;
	ctx.makeWritable(TCP_HEADER_LENGTH + options.length);
	const at = place(options, kind, 0);
	if (at === null) return true;
	if (at < 0) return null;
	const end = optionAfter(options, at);
	if (l4.kind === 'tcp') {
		ctx.setPacket({ ip, l4: { ...l4, options: options.slice().fill(NOP, at, end) } });
		return true;
	}
	if (l4.kind !== 'opaque') return true;
	const payload = l4.payload.slice();
	for (let i = TCP_HEADER_LENGTH + at; i < TCP_HEADER_LENGTH + end; i++) {
		const shift = i % 2 === 0 ? 8 : 0;
		adjustChecksum(payload, 16, [payload[i]! << shift], [NOP << shift]);
		payload[i] = NOP;
	}
	ctx.setPacket({ ip, l4: { kind: 'opaque', payload } });
	return true;
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
	const at = place(options, MSS_KIND, MSS_LENGTH);
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
