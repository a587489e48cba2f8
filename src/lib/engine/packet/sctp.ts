/** SCTP packets (RFC 9260, section 3): a header of twelve bytes, and chunks. */
import { get16, get32, put16 } from './codec';
import { crc32c } from './crc32c';

/** Bytes of the header before the chunks. */
export const SCTP_HEADER_LENGTH = 12;

/** Where the checksum stands in the header. */
const CHECKSUM_AT = 8;

/** Types of chunks. */
export const CHUNK = {
	data: 0,
	init: 1,
	initAck: 2,
	sack: 3,
	heartbeat: 4,
	heartbeatAck: 5,
	abort: 6,
	shutdown: 7,
	shutdownAck: 8,
	error: 9,
	cookieEcho: 10,
	cookieAck: 11,
	shutdownComplete: 14
} as const;

/** A chunk's header, and where it stands. */
export interface Chunk {
	readonly type: number;
	readonly flags: number;
	/** Bytes, header and all, as the chunk says. */
	readonly length: number;
	/** Bytes from the beginning of the SCTP header. */
	readonly at: number;
}

/** The chunks of a packet as far as their headers can be read; after one without a length no other can be found. */
export function chunksOf(bytes: Uint8Array): readonly Chunk[] {
	const chunks: Chunk[] = [];
	let at = SCTP_HEADER_LENGTH;
	while (at + 4 <= bytes.length) {
		const length = get16(bytes, at + 2);
		chunks.push({ type: bytes[at]!, flags: bytes[at + 1]!, length, at });
		if (length === 0) break;
		at = endOf({ at, length });
	}
	return chunks;
}

/** Where the next chunk begins: chunks are padded to four bytes. */
export const endOf = ({ at, length }: Pick<Chunk, 'at' | 'length'>): number =>
	at + ((length + 3) & ~3);

export const verificationTag = (bytes: Uint8Array): number => get32(bytes, 4);

/** The tag that an INIT or INIT ACK asks for; `null` where its fixed part is cut short. */
export function initiateTag(bytes: Uint8Array, { at }: Chunk): number | null {
	return at + 20 > bytes.length ? null : get32(bytes, at + 4);
}

/** The checksum as a number of the wire's order; the CRC goes out with its lowest byte first. */
function checksumOf(bytes: Uint8Array): number {
	const summed = bytes.slice();
	summed.fill(0, CHECKSUM_AT, CHECKSUM_AT + 4);
	const crc = crc32c(summed);
	return (
		(((crc & 0xff) << 24) | ((crc & 0xff00) << 8) | ((crc >>> 8) & 0xff00) | (crc >>> 24)) >>> 0
	);
}

/** Whether a packet of at least a header has the checksum that it should have (`sctp_compute_cksum`). */
export function hasRightChecksum(bytes: Uint8Array): boolean {
	return get32(bytes, CHECKSUM_AT) === checksumOf(bytes);
}

/** Fills the checksum in. */
export function putChecksum(bytes: Uint8Array): void {
	const sum = checksumOf(bytes);
	put16(bytes, CHECKSUM_AT, sum >>> 16);
	put16(bytes, CHECKSUM_AT + 2, sum & 0xffff);
}
