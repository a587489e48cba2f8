/** Lists in English: `a port, a range or a set`. */

export interface Enumeration {
	readonly parts: readonly string[];
	/** What stands between them: `, `, ` or `, ` and `, ` | `, ` . `. */
	readonly between: readonly string[];
}

const SEPARATOR = /^(, | or | and | \| | \. )/;

/** Takes a list apart; commas in backquotes, quotes and brackets are not its own. */
export function enumeration(text: string): Enumeration {
	const parts: string[] = [];
	const between: string[] = [];
	let code = false;
	let depth = 0;
	let from = 0;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at]!;
		if (letter === '`' || letter === '"') code = !code;
		else if (!code && letter === '(') depth++;
		else if (!code && letter === ')') depth--;
		const separator = code || depth > 0 ? undefined : SEPARATOR.exec(text.slice(at))?.[0];
		if (!separator) continue;
		parts.push(text.slice(from, at));
		between.push(separator);
		from = at + separator.length;
		at = from - 1;
	}
	return { parts: [...parts, text.slice(from)], between };
}
