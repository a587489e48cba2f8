import { parse } from 'svelte/compiler';

/**
 * Prose stands in a page's HTML already. What of it is neither a component nor changed by one is left out of the page's
 * scripts: the text of a lesson would be sent twice otherwise. So a lesson cannot be drawn by scripts alone, and is always
 * loaded as a document (see the layout of the languages).
 */

/** @typedef {import('svelte/compiler').AST.Fragment['nodes'][number]} Node */
/** @typedef {{ start: number; end: number; text: string }} Piece source between `start` and `end`, to be replaced */

/** Less than this is not worth a place of its own. */
const LEAST = 60;

/**
 * What an expression gives if it is a mere string; `undefined` otherwise.
 * @param {import('estree').Expression} expression
 */
function constant(expression) {
	if (expression.type === 'Literal' && typeof expression.value === 'string')
		return expression.value;
	if (expression.type === 'TemplateLiteral' && expression.expressions.length === 0)
		return expression.quasis[0]?.value.cooked ?? undefined;
	return undefined;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * The HTML of a node; `undefined` for one that only scripts can draw.
 * @param {Node} node
 * @param {string} source
 * @returns {string | undefined}
 */
function htmlOf(node, source) {
	if (node.type === 'Text') return source.slice(node.start, node.end);
	if (node.type === 'Comment') return '';
	if (node.type === 'HtmlTag') return constant(node.expression);
	if (node.type === 'ExpressionTag') {
		const text = constant(node.expression);
		return text === undefined ? undefined : escaped(text);
	}
	if (node.type !== 'RegularElement') return undefined;
	const still = node.attributes.every(
		(attribute) =>
			attribute.type === 'Attribute' &&
			(attribute.value === true ||
				(Array.isArray(attribute.value) && attribute.value.every(({ type }) => type === 'Text')))
	);
	const inner = still ? htmlOfAll(node.fragment.nodes, source) : undefined;
	if (inner === undefined) return undefined;
	const [first] = node.fragment.nodes;
	const last = node.fragment.nodes.at(-1);
	if (!first || !last) return source.slice(node.start, node.end);
	return source.slice(node.start, first.start) + inner + source.slice(last.end, node.end);
}

/**
 * @param {readonly Node[]} nodes
 * @param {string} source
 */
function htmlOfAll(nodes, source) {
	let html = '';
	for (const node of nodes) {
		const one = htmlOf(node, source);
		if (one === undefined) return undefined;
		html += one;
	}
	return html;
}

/**
 * The longest runs of nodes that stand still, in a fragment and in the components in it.
 * @param {readonly Node[]} nodes
 * @param {string} source
 * @returns {Piece[]}
 */
function stillPieces(nodes, source) {
	/** @type {Piece[]} */
	const pieces = [];
	/** @type {Piece | undefined} */
	let run;
	for (const node of nodes) {
		const html = htmlOf(node, source);
		if (html === undefined) {
			run = undefined;
			if ('fragment' in node && node.fragment)
				pieces.push(...stillPieces(node.fragment.nodes, source));
			continue;
		}
		const space = node.type === 'Text' && html.trim() === '';
		if (!run && space) continue;
		if (!run) pieces.push((run = { start: node.start, end: node.end, text: '' }));
		run.text += html;
		run.end = node.end;
	}
	return pieces.filter(({ text }) => text.length >= LEAST);
}

/**
 * What happens in a Lab whose scenario is a file comes as a file of its own, the scenario with it: the page's scripts do
 * without.
 * @param {readonly Node[]} nodes
 * @param {string} source
 * @param {ReadonlySet<string>} scenarios names under which files are imported
 * @returns {Piece[]}
 */
function scenarioPieces(nodes, source, scenarios) {
	return nodes.flatMap((node) => {
		if (node.type !== 'Component') return [];
		const inner = scenarioPieces(node.fragment.nodes, source, scenarios);
		if (node.name !== 'Lab') return inner;
		for (const attribute of node.attributes) {
			if (attribute.type !== 'Attribute' || attribute.name !== 'scenario') continue;
			const { value } = attribute;
			if (value === true || Array.isArray(value) || value.type !== 'ExpressionTag') continue;
			const { expression } = value;
			if (expression.type !== 'Identifier' || !scenarios.has(expression.name)) continue;
			const text = `scenario={import.meta.env.SSR ? ${expression.name} : undefined}`;
			inner.push({ start: attribute.start, end: attribute.end, text });
		}
		return inner;
	});
}

/**
 * The names under which a component imports scenario files.
 * @param {string} code
 */
function importedScenarios(code) {
	const imports = code.matchAll(
		/import\s+(\w+)\s+from\s+['"]\$content\/scenarios\/[^'"]+\.json['"]/g
	);
	return new Set([...imports].map(([, name = '']) => name));
}

/**
 * Of what the frontmatter says a browser needs the headings alone; the rest comes as the page's data, where it is asked for.
 * @param {string} code
 */
function slim(code) {
	return code.replace(/(export const metadata = )(\{.*\});/, (_, start, all) => {
		const { headings } = JSON.parse(all);
		return `${start}import.meta.env.SSR ? ${all} : ${JSON.stringify({ headings })};`;
	});
}

/** @param {string} html */
const placeFor = (html) =>
	'<!-- svelte-ignore hydration_html_changed -->' +
	`{@html import.meta.env.SSR ? ${JSON.stringify(html)} : ' '}`;

/** @param {string} code of a Svelte component */
function withStillProse(code) {
	const { nodes } = parse(code, { modern: true }).fragment;
	const pieces = [
		...stillPieces(nodes, code).map((piece) => ({ ...piece, text: placeFor(piece.text) })),
		...scenarioPieces(nodes, code, importedScenarios(code))
	];
	let out = '';
	let at = 0;
	for (const { start, end, text } of pieces.sort((a, b) => a.start - b.start)) {
		out += code.slice(at, start) + text;
		at = end;
	}
	return slim(out + code.slice(at));
}

/**
 * The step after the Markdown compiler.
 * @type {import('svelte/compiler').PreprocessorGroup}
 */
export const still = {
	name: 'still',
	markup({ content, filename = '' }) {
		if (/\/content\/\w+\/(lessons|reference)\/[^/]+\.md$/.test(filename))
			return { code: withStillProse(content) };
	}
};
