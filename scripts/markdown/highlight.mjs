import { createCssVariablesTheme, createHighlighter } from 'shiki';
import { conntrack, console, iptables } from './netfilter-grammars.mjs';
import { nft } from './nft-grammar.mjs';

const languages = ['bash', 'conntrack', 'console', 'iptables', 'json', 'nft', 'text'];

// Colours are custom properties of src/app.css, where light-dark() gives each theme its own.
const theme = createCssVariablesTheme({ name: 'site', variablePrefix: '--code-' });
const highlighter = createHighlighter({
	themes: [theme],
	langs: ['bash', 'json', nft, iptables, conntrack, console]
});

/** Output in columns would fall apart if its lines were broken: it is scrolled instead. */
const tabular = /^ *pkts +bytes +target/m;

/**
 * Lines that are too long for the page go on below, a little further in than they began: `--in` is where.
 * @param {boolean} columns the block keeps its lines whole
 * @returns {import('shiki').ShikiTransformer}
 */
const hanging = (columns) => ({
	preprocess(code) {
		// Tabs stop elsewhere in a line that hangs.
		return code.replace(/^\t+/gm, (tabs) => '    '.repeat(tabs.length));
	},
	pre(pre) {
		if (columns) this.addClassToHast(pre, 'columns');
	},
	line(line, number) {
		if (columns) return;
		const text = this.source.split('\n')[number - 1] ?? '';
		const indent = /^ */.exec(text)?.[0].length ?? 0;
		// Short ones fit on any screen.
		if (text.length > 24) line.properties.style = `--in:${indent + (indent ? 2 : 4)}ch`;
	},
	span(span) {
		const [token] = span.children;
		const [, space, word] =
			(token?.type === 'text' && /^(\s*)(-[\w-]{1,26})$/.exec(token.value)) || [];
		if (!word) return;
		// An option is not broken at its hyphens.
		span.children = [
			{ type: 'text', value: space ?? '' },
			{
				type: 'element',
				tagName: 'span',
				properties: { class: 'whole' },
				children: [{ type: 'text', value: word }]
			}
		];
	}
});

/**
 * A fenced block of code as Svelte markup, coloured when the site is built.
 * @param {string} code
 * @param {string | null | undefined} language one of `languages`; none is plain text
 * @param {string | null | undefined} _meta
 * @param {string | undefined} file for the error
 */
export async function highlight(code, language, _meta, file) {
	const lang = language || 'text';
	if (!languages.includes(lang))
		throw new Error(
			`${file}: no highlighting for the language "${lang}"; there are ${languages.join(', ')}`
		);
	// No limit of time: on a busy machine the same source has to give the same page.
	const html = (await highlighter).codeToHtml(code, {
		lang,
		theme: 'site',
		tokenizeTimeLimit: 0,
		transformers: [hanging(tabular.test(code))]
	});
	// Reached by keyboard where it has to be scrolled.
	return `{@html ${JSON.stringify(html)}}`;
}
