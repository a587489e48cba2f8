/** `@nh,…`, `@th,…`, `@ih,…`: bytes of a packet by their place (`nft_payload_eval`). */
import { GRE, TCP, UDP, get16 } from '../packet';
import { encodePacket, transportBytes } from '../packet/codec';
import { ABSENT, readBits } from './match-field';
import type { Ask } from './match-field';
import type { RawExpression } from './ruleset';

const IPIP = 4;

/** Where what a transport carries begins, in its bytes; `null` where the kernel does not know (`__nft_payload_inner_offset`). */
function innerAt(protocol: number, bytes: Uint8Array): number | null {
	switch (protocol) {
		case UDP:
			return 8;
		case TCP:
			return bytes.length < 20 ? null : (bytes[12]! >> 4) * 4;
		case IPIP:
			return 0;
		case GRE: {
			if (bytes.length < 4) return null;
			const flags = get16(bytes, 0);
			// Version 0 without source routes; checksum, key and sequence number each add a word.
			if ((flags & 7) !== 0 || flags & 0x4000) return null;
			return 4 + [0x8000, 0x2000, 0x1000].filter((flag) => flags & flag).length * 4;
		}
		default:
			return null;
	}
}

/** Whether the kernel reads it without a look at whether this is a later fragment (`nft_payload_fast_ops`). */
function isFast({ base, offset, bits }: RawExpression): boolean {
	return base !== 'ih' && bits !== 24 && offset % bits === 0;
}

export function askRaw(raw: RawExpression): Ask {
	const { base, offset, bits } = raw;
	if (base === 'nh') return (ctx) => readBits(encodePacket(ctx.packet), offset, bits);
	const later = isFast(raw);
	return ({ packet }) => {
		if (packet.ip.offset > 0 && !later) return ABSENT;
		const bytes = transportBytes(packet);
		const start = base === 'th' ? 0 : innerAt(packet.ip.protocol, bytes);
		return start === null ? ABSENT : readBits(bytes, start * 8 + offset, bits);
	};
}
