/** Where a text says a term of the glossary. */
import type { Language } from '../../i18n/languages';
import type { Term } from '../glossary';

/** A place in a text that says a term. */
export interface Said {
	readonly id: string;
	readonly from: number;
	readonly to: number;
}

/**
 * Makes a finder of terms. Of two that begin at one place the longer one counts. A word in small letters may begin a
 * sentence; one with capitals is meant as it is written. In Chinese, a term begins and ends where a word does: 流 is not
 * found in 流量. What a term's `not` names is passed over.
 */
export function termFinder(language: Language, terms: readonly Term[]): (text: string) => Said[] {
	const forms = terms
		.flatMap(({ id, term, also, not }) => [
			...[term, ...also].map((form) => ({ id, form })),
			...not.map((form) => ({ id: '', form }))
		])
		.sort((a, b) => b.form.length - a.form.length);
	const byForm = new Map(forms.map(({ id, form }) => [form, id]));
	const pattern = new RegExp(forms.map(({ form }) => patternOf(form)).join('|'), 'gu');
	return (text) => {
		const edges = language === 'zh' ? wordEdges(text) : undefined;
		const found: Said[] = [];
		for (const { 0: said, index } of text.matchAll(pattern)) {
			const to = index + said.length;
			if (edges && !(edges.has(index) && edges.has(to))) continue;
			const id = byForm.get(said) ?? byForm.get(said[0]!.toLowerCase() + said.slice(1));
			if (id) found.push({ id, from: index, to });
		}
		return found;
	};
}

function patternOf(form: string): string {
	const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const first = form[0]!;
	const small = form === form.toLowerCase() && /[a-z]/.test(first);
	const body = small ? `[${first}${first.toUpperCase()}]${escaped(form.slice(1))}` : escaped(form);
	const before = /^[\w]/.test(form) ? '(?<![\\w-])' : '';
	const after = /[\w]$/.test(form) ? '(?![\\w-])' : '';
	return before + body + after;
}

/** The places where a word of Chinese begins or ends. */
function wordEdges(text: string): Set<number> {
	const edges = new Set<number>([0, text.length]);
	for (const { index, segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
		edges.add(index);
		edges.add(index + segment.length);
	}
	return edges;
}
