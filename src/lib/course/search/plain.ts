/** A Markdown page as plain text by sections, for the search. */
import { scan } from '../build/scan';

export interface PlainSection {
	/** Anchor of the section; empty for what stands before the first one that has an anchor of its own. */
	readonly id: string;
	readonly heading: string;
	readonly text: string;
}

/** @param source Markdown with its facts filled in */
export function plainSections(source: string): PlainSection[] {
	const { prose, headings, fences, tags, text } = scan(source);
	const lines = prose.split('\n');
	// Components are words only where they say some: questions and their choices.
	const said = new Map<number, string>();
	for (const tag of tags) {
		const strings = [
			...tag.text.matchAll(/(?:question="([^"]*)"|(?:text|why|title): '((?:[^'\\]|\\.)*)')/g)
		];
		said.set(tag.line, strings.map(([, one, other]) => one ?? other).join(' '));
	}
	const tagLines = new Set(
		tags.flatMap(({ line, text: written }) =>
			Array.from({ length: written.split('\n').length }, (_, index) => line + index)
		)
	);
	for (const fence of fences) said.set(fence.line, fence.body);
	const starts = headings.filter(({ id, depth }) => id && depth === 2);
	const bounds = [
		{ line: 0, id: '', text: '' },
		...starts.map(({ line, id, text }) => ({ line, id: id!, text }))
	];
	return bounds.map(({ line, id, text: heading }, index) => {
		const end = bounds[index + 1]?.line ?? text.split('\n').length + 1;
		const parts: string[] = [];
		for (let at = line + 1; at < end; at++) {
			if (!tagLines.has(at)) parts.push(lines[at - 1] ?? '');
			parts.push(said.get(at) ?? '');
		}
		return { id, heading: withoutMarkup(heading), text: withoutMarkup(parts.join('\n')) };
	});
}

/** Without Markdown's signs and without markup. */
export function withoutMarkup(text: string): string {
	return text
		.replace(/<[^>]*>/g, ' ')
		.replace(/\]\([^)]*\)/g, ' ')
		.replace(/\{#[\w-]+\}/g, ' ')
		.replace(/[`*#|>[\]]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
