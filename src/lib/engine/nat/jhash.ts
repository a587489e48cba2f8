/**
 * Bob Jenkins' lookup3 hash over 32-bit words, as the kernel's `jhash2` computes it: the choice
 * among several addresses of a range follows from it, so it has to be the same one.
 */
const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** Hash of `words` (unsigned 32-bit) with an initial value; unsigned 32-bit. */
export function jhash2(words: readonly number[], initial: number): number {
	let a = (0xdeadbeef + (words.length << 2) + initial) | 0;
	let b = a;
	let c = a;
	let at = 0;
	let left = words.length;
	while (left > 3) {
		a = (a + words[at]!) | 0;
		b = (b + words[at + 1]!) | 0;
		c = (c + words[at + 2]!) | 0;
		a = (a - c) ^ rotate(c, 4);
		c = (c + b) | 0;
		b = (b - a) ^ rotate(a, 6);
		a = (a + c) | 0;
		c = (c - b) ^ rotate(b, 8);
		b = (b + a) | 0;
		a = (a - c) ^ rotate(c, 16);
		c = (c + b) | 0;
		b = (b - a) ^ rotate(a, 19);
		a = (a + c) | 0;
		c = (c - b) ^ rotate(b, 4);
		b = (b + a) | 0;
		at += 3;
		left -= 3;
	}
	if (left === 0) return c >>> 0;
	if (left >= 3) c = (c + words[at + 2]!) | 0;
	if (left >= 2) b = (b + words[at + 1]!) | 0;
	a = (a + words[at]!) | 0;
	c = (c ^ b) - rotate(b, 14);
	a = (a ^ c) - rotate(c, 11);
	b = (b ^ a) - rotate(a, 25);
	c = (c ^ b) - rotate(b, 16);
	a = (a ^ c) - rotate(c, 4);
	b = (b ^ a) - rotate(a, 14);
	c = (c ^ b) - rotate(b, 24);
	return c >>> 0;
}

/** Hash of bytes with a seed, as `jhash` computes it on a machine that puts the least byte of a number first. */
export function jhash(bytes: Uint8Array, seed: number): number {
	const words = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, word) => {
		const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(word * 4);
		return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
	});
	// The bytes that fill up the last word are zeros, which add nothing but their number.
	return jhash2(words, seed + bytes.length - words.length * 4);
}

/** Map a 32-bit hash onto `0 … count-1` (`reciprocal_scale`). */
export function reciprocalScale(hash: number, count: number): number {
	return Number((BigInt(hash >>> 0) * BigInt(count >>> 0)) >> 32n);
}

/** The four bytes of a word the other way round, as a signed number. */
export function swap32(value: number): number {
	return (
		((value & 0xff) << 24) |
		((value & 0xff00) << 8) |
		((value >>> 8) & 0xff00) |
		((value >>> 24) & 0xff)
	);
}
