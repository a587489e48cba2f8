/**
 * IPv4 addresses are plain unsigned 32-bit numbers inside the engine (host byte order);
 * text is for the edges.
 */

/** `"10.0.0.2"` → `0x0a000002`; `null` when the text is no dotted quad. */
export function parseAddress(text: string): number | null {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
	if (!match) return null;
	let value = 0;
	for (let i = 1; i <= 4; i++) {
		const part = match[i]!;
		const octet = Number(part);
		if (octet > 255 || (part.length > 1 && part.startsWith('0'))) return null;
		value = value * 256 + octet;
	}
	return value;
}

/**
 * An address as tools read one that ask the C library (inet_aton(3)): one to four numbers with dots between, decimal,
 * octal or hexadecimal, of which the last fills whatever bytes are left.
 */
export function parseLooseAddress(text: string): number | null {
	const parts = text.split('.');
	if (parts.length > 4) return null;
	let value = 0;
	for (const [i, part] of parts.entries()) {
		const number = /^0[0-7]+$/.test(part) ? parseInt(part, 8) : Number(part);
		const size = i < parts.length - 1 ? 256 : 256 ** (5 - parts.length);
		if (!/^(0[0-7]*|[1-9]\d*|0[xX][0-9a-fA-F]+)$/.test(part) || number >= size) return null;
		value = value * size + number;
	}
	return value;
}

/** `0x0a000002` → `"10.0.0.2"`. */
export function formatAddress(address: number): string {
	return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** A prefix as its network address (host bits cleared) and its length in bits. */
export interface Prefix {
	readonly network: number;
	readonly length: number;
}

/** The netmask of a prefix length, as an unsigned 32-bit number. */
export function maskOf(length: number): number {
	return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

/** Length of the prefix whose mask this is; `null` when its bits have gaps. */
export function lengthOfMask(mask: number): number | null {
	const inverse = ~mask >>> 0;
	return (inverse & (inverse + 1)) === 0 ? Math.clz32(inverse) : null;
}

/** Whether `address` lies in `prefix`. */
export function inPrefix(address: number, prefix: Prefix): boolean {
	return prefix.length === 0 || (address ^ prefix.network) >>> (32 - prefix.length) === 0;
}

/** `"10.0.0.1/24"` → its address (host bits kept) and length; a bare address has length 32. */
export function parseInterfaceAddress(text: string): { address: number; length: number } | null {
	const [head, tail, ...rest] = text.split('/');
	const address = parseAddress(head ?? '');
	if (address === null || rest.length > 0) return null;
	if (tail === undefined) return { address, length: 32 };
	if (!/^\d{1,2}$/.test(tail) || Number(tail) > 32) return null;
	return { address, length: Number(tail) };
}

/** Text of a prefix as `ip route` and nft print it: `10.0.0.0/24`, a /32 as the bare address. */
export function formatPrefix(prefix: Prefix): string {
	const text = formatAddress(prefix.network);
	return prefix.length === 32 ? text : `${text}/${prefix.length}`;
}
