/** Putting values into a Chinese text. */

const WIDE = /[\u2014\u2018-\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
const LETTER = /[\u4e00-\u9fff]/;
/** `{}` and `{2}` as it stands, `{t}` and `{t2}` told. */
const HOLE = /\{(t?)(\d?)\}/g;

/** The holes of a Chinese text in its own order: which of the English text's each is (from 0), and whether it is told. */
export function holesOf(chinese: string): { hole: number; told: boolean }[] {
	return [...chinese.matchAll(HOLE)].map(([, told, number], i) => ({
		hole: number ? Number(number) - 1 : i,
		told: told === 't'
	}));
}

/** Two pieces of a line: Chinese next to Chinese has no blank between, Chinese next to Latin has one. */
function joined(left: string, right: string): string {
	const before = left.trimEnd();
	const after = right.trimStart();
	const [end = '', start = ''] = [before.at(-1), after[0]];
	const blank = before.length < left.length || after.length < right.length;
	if (blank && WIDE.test(end) && WIDE.test(start)) return before + after;
	if ((LETTER.test(end) && /[\w`"@*!-]/.test(start)) || (/[\w`"*]/.test(end) && LETTER.test(start)))
		return `${before} ${after}`;
	return left + right;
}

/**
 * @param values what the Chinese text's holes hold, in its own order
 */
export function fill(chinese: string, values: readonly string[]): string {
	const [first = '', ...rest] = chinese.split(/\{t?\d?\}/);
	return rest.reduce((line, literal, i) => {
		const value = values[i] ?? '';
		return joined(value === '' ? line : joined(line, value), literal);
	}, first);
}
