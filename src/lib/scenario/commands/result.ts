/** What a command said. */
export interface CommandResult {
	readonly exit: number;
	readonly stdout: readonly string[];
	readonly stderr: readonly string[];
}

export const done = (stdout: readonly string[] = []): CommandResult => ({
	exit: 0,
	stdout,
	stderr: []
});
export const failed = (message: string, exit = 1): CommandResult => ({
	exit,
	stdout: [],
	stderr: [message]
});

/** Split a command line into words as a shell does, quotes and backslashes understood. */
export function words(line: string): string[] {
	const out: string[] = [];
	let word: string | null = null;
	let quote: string | null = null;
	for (let i = 0; i < line.length; i++) {
		const c = line[i]!;
		if (quote) {
			if (c === quote) quote = null;
			else if (c === '\\' && quote === '"' && i + 1 < line.length) word += line[++i]!;
			else word += c;
		} else if (c === '"' || c === "'") {
			quote = c;
			word ??= '';
		} else if (c === '\\' && i + 1 < line.length) word = (word ?? '') + line[++i]!;
		else if (/\s/.test(c)) {
			if (word !== null) out.push(word);
			word = null;
		} else word = (word ?? '') + c;
	}
	if (word !== null) out.push(word);
	return out;
}
