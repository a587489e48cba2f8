/** Header fields that rules set (`nft_payload_set_eval`). */
import type { Ipv4Header, Packet } from '../packet';
import { TCP, UDP, UDPLITE, ICMP, adjustChecksum, get16, isFragment, put16 } from '../packet';
import { decodeTransport, encodeTransport } from '../packet/codec';
import { putChecksum, SCTP_HEADER_LENGTH } from '../packet/sctp';
import { FIELDS } from '../rules/nft/selectors';
import type { PayloadProtocol } from '../rules/ruleset';

/** The packet, and how many bytes of what follows its IP header had to be in one piece. */
export interface Written {
	readonly packet: Packet;
	readonly written: number;
}

/** Where the checksum stands in a header. */
const CHECKSUM_AT: Readonly<Record<number, number>> = {
	[TCP]: 16,
	[UDP]: 6,
	[ICMP]: 2,
	[UDPLITE]: 6
};
/** The checksum that nft names when it sets a field; with `th` it names none, and the sum becomes wrong. */
const SUMMED: Readonly<Partial<Record<PayloadProtocol, number>>> = { tcp: 16, udp: 6, icmp: 2 };

/** The packet with a field of a header set; `null` where it has not so many bytes. */
export function withField(
	packet: Packet,
	protocol: PayloadProtocol,
	field: string,
	value: number
): Written | null {
	if (protocol === 'ip') return withIpField(packet, field, value);
	// The match on its protocol has failed.
	if (protocol === 'ip6' || protocol === 'icmpv6') return null;
	const { ip } = packet;
	const crc = protocol === 'sctp';
	const { offset, bits } = FIELDS[protocol][field]!;
	const end = Math.ceil((offset + bits) / 16) * 2;
	const before = encodeTransport(ip, packet.l4);
	const at = SUMMED[protocol];
	const written = Math.max(end, at === undefined ? 0 : at + 2, crc ? SCTP_HEADER_LENGTH : 0);
	if (ip.offset > 0 || before.length < written) return null;
	const bytes = before.slice();
	const start = Math.floor(offset / 16) * 2;
	if (bits === 32) put16(bytes, start, value >>> 16);
	if (bits >= 16) put16(bytes, end - 2, value & 0xffff);
	else bytes[offset >> 3] = value;
	if (at !== undefined && at !== start)
		replaceSum(bytes, at, wordsIn(before, start, end), wordsIn(bytes, start, end));
	// Reckoned over all there is, be it what was set (`nft_payload_csum_sctp`).
	if (crc) putChecksum(bytes);
	return { packet: { ip, l4: decodeTransport(ip, bytes) }, written };
}

function wordsIn(bytes: Uint8Array, from: number, to: number): number[] {
	const words: number[] = [];
	for (let at = from; at < to; at += 2) words.push(get16(bytes, at));
	return words;
}

/** `nft_csum_replace`: of the two zeros the one that does not mean "none". */
function replaceSum(
	bytes: Uint8Array,
	at: number,
	before: readonly number[],
	after: readonly number[]
): void {
	adjustChecksum(bytes, at, before, after);
	if (get16(bytes, at) === 0) put16(bytes, at, 0xffff);
}

function withIpField(packet: Packet, field: string, value: number): Written | null {
	const { ip, l4 } = packet;
	switch (field) {
		case 'ttl':
			return untouched({ ip: { ...ip, ttl: value & 255 }, l4 });
		case 'dscp':
			return untouched({ ip: { ...ip, tos: ((value & 63) << 2) | (ip.tos & 3) }, l4 });
		case 'ecn':
			return untouched({ ip: { ...ip, tos: (ip.tos & 0xfc) | (value & 3) }, l4 });
		case 'id':
			return untouched({ ip: { ...ip, id: value & 0xffff }, l4 });
		case 'frag-off': {
			const whole = { ...ip, df: (value & 0x4000) !== 0, mf: false, offset: 0 };
			return untouched({
				ip: whole,
				l4: isFragment(ip) ? decodeTransport(whole, encodeTransport(ip, l4)) : l4
			});
		}
		case 'saddr':
			return readdressed(packet, { ...ip, src: value >>> 0 });
		default:
			return readdressed(packet, { ...ip, dst: value >>> 0 });
	}
}

function untouched(packet: Packet): Written {
	return { packet, written: 0 };
}

/** The transport's checksum covers the addresses (`nft_payload_l4csum_update`). */
function readdressed({ ip, l4 }: Packet, moved: Ipv4Header): Written | null {
	const at = CHECKSUM_AT[ip.protocol];
	const packet = { ip: moved, l4 };
	if (at === undefined || ip.protocol === ICMP || ip.offset > 0) return untouched(packet);
	if (l4.kind === 'udp' && l4.checksum === 'none') return untouched(packet);
	const written = at + 2;
	if (l4.kind !== 'opaque') return { packet, written };
	// Of a first fragment that ends before it.
	if (l4.payload.length < written) return null;
	if (ip.protocol === UDP && get16(l4.payload, at) === 0) return untouched(packet);
	const payload = l4.payload.slice();
	const words = ({ src, dst }: Ipv4Header): number[] => [
		src >>> 16,
		src & 0xffff,
		dst >>> 16,
		dst & 0xffff
	];
	replaceSum(payload, at, words(ip), words(moved));
	return { packet: { ip: moved, l4: { kind: 'opaque', payload } }, written };
}
