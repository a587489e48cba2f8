/** The word behind one of `ip`'s options (`dev eth0`); `null` where it is not given. */
export function option(words: readonly string[], name: string): string | null {
	const at = words.indexOf(name);
	return at < 0 ? null : (words[at + 1] ?? null);
}
