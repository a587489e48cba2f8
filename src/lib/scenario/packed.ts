/**
 * Text packed for an address: UTF-8, deflated (RFC 1951), base64url without padding (RFC 4648, section 5). Reading is
 * bounded, since anybody can write an address: so much comes in, so much comes out, and not a byte more.
 */
import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';
import { fromBase64url, toBase64url } from './base64url';

/** Most characters of packed text that are read, or written into an address. */
export const MOST_PACKED = 8192;
/** Most bytes of text that come out of it: 64 KiB. */
export const MOST_UNPACKED = 65_536;
/** Bytes inflated at a time. One of them stands for no more than 1,032, so little is made in vain before the end is seen. */
const PIECE = 16;

export type Unpacked =
	| { readonly ok: true; readonly text: string }
	/** `form`: it is not base64url; `broken`: what it holds is cut off or damaged; `long`: more than is read, in or out. */
	| { readonly ok: false; readonly why: 'form' | 'broken' | 'long' };

/** Pack a text. Its length is the caller's to look at. */
export function pack(text: string): string {
	return toBase64url(deflateSync(strToU8(text), { level: 9 }));
}

/** Read a packed text. Never throws. */
export function unpack(packed: string, most = MOST_UNPACKED): Unpacked {
	if (packed.length > MOST_PACKED) return { ok: false, why: 'long' };
	const bytes = fromBase64url(packed);
	if (!bytes || bytes.length === 0) return { ok: false, why: 'form' };
	const inflated = inflate(bytes, most);
	if (!(inflated instanceof Uint8Array)) return { ok: false, why: inflated };
	const text = strFromU8(inflated);
	// What is no UTF-8 is read as something, which then is not the same bytes.
	const again = strToU8(text);
	const same = again.length === inflated.length && again.every((byte, i) => byte === inflated[i]);
	return same ? { ok: true, text } : { ok: false, why: 'broken' };
}

function inflate(bytes: Uint8Array, most: number): Uint8Array | 'broken' | 'long' {
	const pieces: Uint8Array[] = [];
	let size = 0;
	const stream = new Inflate((piece) => {
		size += piece.length;
		if (size <= most) pieces.push(piece);
	});
	try {
		for (let at = 0; at < bytes.length && size <= most; at += PIECE)
			stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
	} catch {
		return 'broken';
	}
	if (size > most) return 'long';
	const whole = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
