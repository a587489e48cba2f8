/** Links of a page to others of the site: each leads somewhere, or to a lesson that is planned and will be there. */
import { lineAt, scan, type Fault, type Source } from './scan';

/** What the site has to link to, in one language. */
export interface LinkTargets {
	/** Slugs of the plan. */
	readonly planned: readonly string[];
	/** The source of a page by its address below the language's folder (`lessons/SLUG/`); nothing where there is none. */
	page(address: string): string | undefined;
	/** Whether the glossary has a term. */
	hasTerm(id: string): boolean;
}

const LINK = /(!?)\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+"[^"]*")?\s*\)/g;

/**
 * Checks a page's links within the site. A link to a lesson that is planned and not written yet becomes its words alone.
 * @param text the page with its facts filled in
 * @param address its own, below the language's folder
 */
export function checkLinks(
	text: string,
	address: string,
	targets: LinkTargets
): { text: string; faults: Fault[] } {
	const source = scan(text);
	const faults: Fault[] = [];
	let out = '';
	let from = 0;
	for (const match of source.prose.matchAll(LINK)) {
		const [whole, image, words = '', href = ''] = match;
		if (image || /^[a-z][a-z+.-]*:/i.test(href)) continue;
		const wrong = (message: string) =>
			void faults.push({ line: lineAt(text, match.index), message: `link to ${href}: ${message}` });
		const verdict = follow(href, address, source, targets);
		if (verdict === 'later') {
			out += text.slice(from, match.index) + words;
			from = match.index + whole.length;
		} else if (verdict !== 'fine') wrong(verdict);
	}
	return { text: out + text.slice(from), faults };
}

function follow(href: string, address: string, source: Source, targets: LinkTargets): string {
	const [path = '', anchor] = href.split('#');
	if (path.startsWith('/')) return 'begin at this page, with ../ — the site may live in a folder';
	const resolved = new URL(path, `http://site/xx/${address}`).pathname;
	const there = /^\/xx\/(.*)$/.exec(resolved)?.[1];
	// To the other language or out of the site's folders: the prerenderer looks after it.
	if (there === undefined) return 'fine';
	if (path !== '' && there !== '' && !there.endsWith('/')) return 'an address ends with a slash';
	if (path === '' || there === address) return hasAnchor(source, anchor);
	if (there === 'glossary/')
		return anchor === undefined || targets.hasTerm(anchor) ? 'fine' : `no term ${anchor}`;
	const [, kind, slug = ''] = /^(lessons|reference)\/([^/]+)\/$/.exec(there) ?? [];
	if (!kind) return 'fine';
	const page = targets.page(there);
	if (page !== undefined) return hasAnchor(scan(page), anchor);
	if (kind === 'lessons' && targets.planned.includes(slug)) return 'later';
	return 'there is no such page';
}

/** Ids that are written out are known here; those made of a heading's words, to the prerenderer. */
function hasAnchor({ headings, tags }: Source, anchor: string | undefined): string {
	if (anchor === undefined || anchor === '') return 'fine';
	const known = [...headings.flatMap(({ id }) => id ?? []), ...(tags.some(({ name }) => name === 'Summary') ? ['remember'] : [])];
	if (known.includes(anchor) || headings.some(({ id }) => id === undefined)) return 'fine';
	if (/^(question|repair|fn|fnref)-/.test(anchor)) return 'fine';
	return `no #${anchor} there; there are ${known.join(', ')}`;
}
