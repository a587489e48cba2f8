/** Tables as comma-separated values (RFC 4180), safe to open in a spreadsheet. */

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); some take full-width signs likewise. */
const SIGN = '[=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20]';
const FORMULA = new RegExp(`^(?:\\s*${SIGN}|[\\t\\r\\n])`);
/**
 * A sign further on begins a cell too where a spreadsheet parts cells at semicolons or tabs, as many do outside of
 * English, and has its own mind about quotes.
 */
const INSIDE = new RegExp(`([;\\t\\r\\n]["'\\s]*)(?=${SIGN})`, 'g');

/** One cell. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const inside = value.replace(INSIDE, "$1'");
	const text = FORMULA.test(value) ? `'${inside}` : inside;
	return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as text; lines end as the RFC has it. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
	return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
