/** Sentences whose literal values stand in backticks, as they are told, shown and searched. */

/** A sentence without the backticks around its literal values. */
export function plain(sentence: string): string {
	return sentence.replaceAll('`', '');
}

/** A sentence cut at its backticks: every other piece, from the second on, is a literal value. */
export function pieces(sentence: string): { text: string; literal: boolean }[] {
	return sentence
		.split('`')
		.map((text, i) => ({ text, literal: i % 2 === 1 }))
		.filter(({ text }) => text !== '');
}

/** Text as HTML that shows it. */
export const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A sentence as HTML, its literal values as `<code>`. */
export function spelled(sentence: string): string {
	return pieces(escaped(sentence))
		.map(({ text, literal }) => (literal ? `<code>${text}</code>` : text))
		.join('');
}
