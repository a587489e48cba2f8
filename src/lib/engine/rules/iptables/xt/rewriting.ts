/** Targets that write into the headers: TTL, TOS, ECN and TCPOPTSTRIP. CHECKSUM has nothing to do here. */
import type { Packet, Tcp } from '../../../packet';
import {
	CWR,
	ECE,
	NOP,
	TCP,
	TCP_HEADER_LENGTH,
	adjustChecksum,
	get16,
	optionAfter,
	put16,
	transportLength,
	withTtl
} from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import type { EcnOptions } from '../targets/ecn';
import type { TcpoptstripOptions } from '../targets/tcpoptstrip';
import type { TosOptions } from '../targets/tos';
import type { TtlOptions } from '../targets/ttl';
import { CONTINUE, HOTDROP } from './header';

/** `xt_CHECKSUM`: every checksum here is there from the beginning. */
export const checksum: XtKind<unknown> = { compile: () => () => CONTINUE };

/** `ttl_tg`. */
export const ttl: XtKind<TtlOptions> = {
	compile({ mode, value }): XtEvaluate {
		return (ctx) => {
			const { ip } = ctx.packet;
			const moved =
				mode === 'set'
					? value
					: mode === 'inc'
						? Math.min(ip.ttl + value, 255)
						: Math.max(ip.ttl - value, 0);
			if (moved !== ip.ttl) ctx.setPacket(withTtl(ctx.packet, moved));
			return CONTINUE;
		};
	}
};

/** `tos_tg`. */
export const tos: XtKind<TosOptions> = {
	compile({ value, mask }): XtEvaluate {
		return (ctx) => {
			const { ip, l4 } = ctx.packet;
			const next = (ip.tos & ~mask & 255) ^ value;
			if (next !== ip.tos) ctx.setPacket({ ip: { ...ip, tos: next }, l4 });
			return CONTINUE;
		};
	}
};

/** Where TCP's flags stand in its header, with its length before them, and its checksum. */
const FLAGS_AT = 12;
const CHECKSUM_AT = 16;

/** The segment with those bits of its flags as given (`set_ect_tcp`); `null` where it has no header. */
function withFlags({ ip, l4 }: Packet, mask: number, bits: number): Packet | null {
	if (l4.kind === 'tcp') {
		const flags = (l4.flags & ~mask) | bits;
		return { ip, l4: flags === l4.flags ? l4 : { ...l4, flags } };
	}
	if (l4.kind !== 'opaque' || l4.payload.length < TCP_HEADER_LENGTH) return null;
	const payload = l4.payload.slice();
	const before = get16(payload, FLAGS_AT);
	put16(payload, FLAGS_AT, (before & ~mask) | bits);
	adjustChecksum(payload, CHECKSUM_AT, [before], [get16(payload, FLAGS_AT)]);
	return { ip, l4: { kind: 'opaque', payload } };
}

/** `ecn_tg`. */
export const ecn: XtKind<EcnOptions> = {
	compile({ ece, cwr, ect }): XtEvaluate {
		const mask = (ece === undefined ? 0 : ECE) | (cwr === undefined ? 0 : CWR);
		const bits = (ece ? ECE : 0) | (cwr ? CWR : 0);
		return (ctx) => {
			const { ip, l4 } = ctx.packet;
			if (ect !== undefined && (ip.tos & 3) !== ect)
				ctx.setPacket({ ip: { ...ip, tos: (ip.tos & 0xfc) | ect }, l4 });
			if (mask === 0 || ip.protocol !== TCP) return CONTINUE;
			const written = withFlags(ctx.packet, mask, bits);
			if (!written) return HOTDROP;
			if (written.l4 === l4) return CONTINUE;
			ctx.makeWritable(TCP_HEADER_LENGTH);
			ctx.setPacket(written);
			return CONTINUE;
		};
	}
};

/** The options without those of some kinds (`tcpoptstrip_mangle_packet`); the same where there are none. */
function stripped(options: Uint8Array, kinds: ReadonlySet<number>): Uint8Array {
	let left = options;
	for (let at = 0; at + 1 < options.length;) {
		const next = optionAfter(options, at);
		if (next > options.length) break;
		if (kinds.has(options[at]!)) {
			if (left === options) left = options.slice();
			left.fill(NOP, at, next);
		}
		at = next;
	}
	return left;
}

export const tcpoptstrip: XtKind<TcpoptstripOptions> = {
	compile(match): XtEvaluate {
		const kinds = new Set(match.kinds);
		return (ctx) => {
			const { ip, l4 } = ctx.packet;
			if (l4.kind !== 'tcp') return ip.offset > 0 ? CONTINUE : HOTDROP;
			ctx.makeWritable(transportLength(l4));
			const options = stripped(l4.options, kinds);
			const written: Tcp = options === l4.options ? l4 : { ...l4, options };
			if (written !== l4) ctx.setPacket({ ip, l4: written });
			return CONTINUE;
		};
	}
};
