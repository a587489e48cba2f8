/** What is said of a repair, as HTML: it stands in the page, and scripts need not carry it. */

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A line in which `backticks` make code. */
const line = (text: string): string =>
	text
		.split('`')
		.map((part, i) => (i % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
		.join('');

/** @param text paragraphs, with empty lines between them */
export function repairText(id: string, label: string, title: string, text: string): string {
	const paragraphs = text.split('\n\n').map((one) => `<p>${line(one)}</p>`);
	return [
		`<p class="label">${escaped(label)}</p>`,
		`<h3 id="${id}">${escaped(title)}</h3>`,
		...paragraphs
	].join('');
}
