/** Reading JSON that anybody may have written: bounded before it is looked at, and free of names that mean something else. */

const TAKEN = new Set(['__proto__', 'constructor', 'prototype']);
/** Objects and lists inside one another. */
const DEEPEST = 16;

/** Bytes above which a file is not read at all. */
export const MOST_BYTES = 8_000_000;

export type SafeJson =
	| { readonly ok: true; readonly value: unknown }
	/** `long`: more characters than are read; `json`: no JSON; `names`, `deep`: built to trouble whoever reads it. */
	| { readonly ok: false; readonly why: 'long' | 'json' | 'names' | 'deep' };

/**
 * Parse a text. Never throws, and never touches a prototype: `JSON.parse` makes `__proto__` a field like any other, and
 * such a field is refused here.
 */
export function safeJson(text: string, most: number): SafeJson {
	if (text.length > most) return { ok: false, why: 'long' };
	let value: unknown;
	try {
		// Some editors put a byte order mark before what they save.
		value = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return { ok: false, why: 'json' };
	}
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return { ok: false, why: 'deep' };
		const next: unknown[] = [];
		for (const one of level) {
			if (typeof one !== 'object' || one === null) continue;
			for (const key of Object.keys(one)) if (TAKEN.has(key)) return { ok: false, why: 'names' };
			for (const inner of Object.values(one)) next.push(inner);
		}
		level = next;
	}
	return { ok: true, value };
}

/**
 * A line of text that somebody typed, as it is kept and compared: one form of each letter, no signs that turn or hide
 * other letters, runs of blanks as one.
 */
export function plainLine(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Most characters of a name, a number or a title. */
export const LONGEST_LINE = 120;

/** Such a line, as long as it may be: one form of each letter can be longer than what was typed. */
export const shortLine = (text: string): string =>
	plainLine(plainLine(text).slice(0, LONGEST_LINE));
