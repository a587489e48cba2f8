import remarkFootnotes from 'remark-footnotes';
import rehypeSlug from 'rehype-slug';
import { parseFrontmatter } from './frontmatter.mjs';
import { highlight } from './highlight.mjs';
import { rehypeCode } from './rehype-code.mjs';
import { rehypeEscape } from './rehype-escape.mjs';
import { rehypeHeadings } from './rehype-headings.mjs';
import { rehypeIds } from './rehype-ids.mjs';
import { rehypeQuotes } from './rehype-quotes.mjs';
import { rehypeTerms } from './rehype-terms.mjs';
import { rehypeTables } from './rehype-tables.mjs';

/**
 * How a lesson's Markdown becomes a Svelte component. No layout: the lesson's frame is a component of the route.
 * The order of the rehype steps matters: ids first, then the headings that are read from them; escaping is last.
 * @type {import('mdsvex').MdsvexOptions}
 */
export const markdown = {
	extensions: ['.md'],
	smartypants: false,
	frontmatter: { type: 'yaml', marker: '-', parse: parseFrontmatter },
	highlight: { highlighter: highlight },
	// These two are typed for another version of unified than the one inside mdsvex.
	remarkPlugins: [/** @type {any} */ (remarkFootnotes)],
	rehypePlugins: [
		rehypeQuotes,
		rehypeIds,
		/** @type {any} */ (rehypeSlug),
		rehypeHeadings,
		rehypeTerms,
		rehypeTables,
		rehypeCode,
		rehypeEscape
	]
};
