/** The Internet checksum (RFC 1071) over bytes, folded to 16 bits, not yet inverted. */
export function sum16(bytes: Uint8Array, from: number, to: number, start = 0): number {
	let sum = start;
	let i = from;
	for (; i + 1 < to; i += 2) sum += (bytes[i]! << 8) | bytes[i + 1]!;
	if (i < to) sum += bytes[i]! << 8;
	while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
	return sum;
}

/** The checksum field over bytes that hold zero in its place. */
export function checksum(bytes: Uint8Array, from: number, to: number, start = 0): number {
	return ~sum16(bytes, from, to, start) & 0xffff;
}

/** The pseudo header's share of a TCP or UDP checksum (RFC 9293, 3.1). */
export function pseudoHeaderSum(
	src: number,
	dst: number,
	protocol: number,
	length: number
): number {
	return (
		(src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff) + protocol + (length & 0xffff)
	);
}
