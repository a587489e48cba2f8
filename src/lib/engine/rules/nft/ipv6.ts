/**
 * IPv6 addresses in rules. No packet of the model is IPv6, so nothing reckons with them but the reader
 * and the printer; a ruleset keeps one as its 32 hexadecimal digits, which sort as addresses do.
 */

/** Hexadecimal digits of an address. */
const DIGITS = 32;

/** Read what the grammar takes for an address (`2001:db8::1`, `::ffff:10.0.0.1`); `null` for anything else. */
export function parseIpv6(text: string): string | null {
	if (!/^[0-9a-f:]+(:(\d{1,3}\.){3}\d{1,3})?$/i.test(text)) return null;
	const groups = text.replace(/[^:]*\..*/, (last) => {
		const [a, b, c, d] = last.split('.').map(Number);
		return [a! * 256 + b!, c! * 256 + d!].map((group) => group.toString(16)).join(':');
	});
	const [head, tail, more] = groups.split('::').map((half) => half.split(':').filter(Boolean));
	if (more || (tail ? head!.length + tail.length > 7 : head!.length !== 8)) return null;
	const all = [
		...head!,
		...Array<string>(8 - head!.length - (tail ?? []).length).fill('0'),
		...(tail ?? [])
	];
	const digits = all.map((group) => group.toLowerCase().padStart(4, '0')).join('');
	return digits.length === DIGITS ? digits : null;
}

/** As `inet_ntop` of glibc writes it: the first of the longest runs of zeros as `::`, IPv4 addresses in those made of them. */
export function formatIpv6(digits: string): string {
	const groups = digits.match(/.{4}/g)!.map((group) => parseInt(group, 16));
	let start = 0;
	let length = 1;
	groups.forEach((_, from) => {
		let to = from;
		while (groups[to] === 0) to++;
		if (to - from > length) [start, length] = [from, to - from];
	});
	const text = (part: readonly number[]): string =>
		part.map((group) => group.toString(16)).join(':');
	if (length < 2) return text(groups);
	const mapped = length === 5 && groups[5] === 0xffff;
	if (start === 0 && (length === 6 || mapped)) {
		const [a, b] = groups.slice(6) as [number, number];
		return `::${mapped ? 'ffff:' : ''}${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
	}
	return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** The bits that both have. */
export function andIpv6(a: string, b: string): string {
	return [...a]
		.map((digit, i) => (parseInt(digit, 16) & parseInt(b[i]!, 16)).toString(16))
		.join('');
}

/** The mask of a prefix. */
export function maskIpv6(length: number): string {
	const whole = 'f'.repeat(length >> 2);
	return (length % 4 === 0 ? whole : whole + '8ce'[(length % 4) - 1]!).padEnd(DIGITS, '0');
}

/** Length of the prefix whose mask this is; `null` when its bits have gaps. */
export function maskLengthIpv6(mask: string): number | null {
	const found = /^f*[8ce]?0*$/.test(mask) ? mask.replace(/0+$/, '') : null;
	if (found === null) return null;
	const last = '8ce'.indexOf(found.at(-1) ?? 'f');
	return last < 0 ? found.length * 4 : (found.length - 1) * 4 + last + 1;
}

/** Length of the prefix that a range of addresses is; `null` when it is none. */
export function prefixLengthIpv6(from: string, to: string): number | null {
	const first = BigInt(`0x${from}`);
	const size = BigInt(`0x${to}`) - first + 1n;
	return (size & (size - 1n)) === 0n && first % size === 0n ? 129 - size.toString(2).length : null;
}
