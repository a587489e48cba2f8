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
	const html = (await highlighter).codeToHtml(code, { lang, theme: 'site', tokenizeTimeLimit: 0 });
	// Reached by keyboard where it has to be scrolled.
	return `{@html ${JSON.stringify(html)}}`;
}
