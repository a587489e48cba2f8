/** Text as UTF-8; halves of characters become U+FFFD. */
export function utf8(text: string): Uint8Array {
	const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
	const bytes: number[] = [];
	for (let i = 0; i < escaped.length; i++) {
		if (escaped[i] === '%') {
			bytes.push(parseInt(escaped.slice(i + 1, i + 3), 16));
			i += 2;
		} else bytes.push(escaped.charCodeAt(i));
	}
	return Uint8Array.from(bytes);
}
