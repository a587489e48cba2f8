/** What is said of a repair, as HTML: it stands in the page, and scripts need not carry it. */
import { escaped, spelled } from '$lib/lab/words/sentence';

/** @param text paragraphs, with empty lines between them */
export function repairText(id: string, label: string, title: string, text: string): string {
	const paragraphs = text.split('\n\n').map((one) => `<p>${spelled(one)}</p>`);
	return [
		`<p class="label">${escaped(label)}</p>`,
		`<h3 id="${id}">${escaped(title)}</h3>`,
		...paragraphs
	].join('');
}
