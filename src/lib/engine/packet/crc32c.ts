/** CRC-32C (Castagnoli), which SCTP sums its packets with (RFC 9260, appendix A). */

/** The polynomial, its bits turned round. */
const POLYNOMIAL = 0x82f63b78;

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
	return rest;
});

/** The sum over bytes, unsigned. */
export function crc32c(bytes: Uint8Array): number {
	let rest = 0xffffffff;
	for (const byte of bytes) rest = REMAINDERS[(rest ^ byte) & 255]! ^ (rest >>> 8);
	return ~rest >>> 0;
}
