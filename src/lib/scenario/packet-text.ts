/** Flags, bytes and words as scenario files write them. */

const FLAG_LETTERS = 'FSRPAUEC';

/** `"SA"` → flag bits. */
export function flagsFromText(text: string): number {
	let bits = 0;
	for (const letter of text) bits |= 1 << FLAG_LETTERS.indexOf(letter);
	return bits;
}

/** Flag bits → letters in the order F S R P A U E C. */
export function flagsToText(bits: number): string {
	return [...FLAG_LETTERS].filter((_, i) => bits & (1 << i)).join('');
}

/** Hex text → bytes. */
export function fromHex(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length >> 1);
	for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}

export function toHex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
