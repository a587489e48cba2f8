/** How the index is made and asked; the same on the machine that builds it and in the browser. */
import MiniSearch, { type Options } from 'minisearch';
import { tokens } from './tokens';

/** What can be found. */
export interface Findable {
	/** Unique in the index. */
	id: number;
	kind: 'lesson' | 'term' | 'reference';
	/** The page's name. */
	title: string;
	/** The section's heading; empty for a page's beginning. */
	section: string;
	/** Address below the language's folder, with its anchor. */
	path: string;
	/** A sentence that says what it is about. */
	about: string;
	/** All that is said there. */
	text: string;
}

export type Hit = Omit<Findable, 'text'>;

const searchOptions: Options<Findable> = {
	fields: ['title', 'section', 'about', 'text'],
	storeFields: ['kind', 'title', 'section', 'path', 'about'],
	tokenize: tokens,
	processTerm: (term) => term
};

/** What fits a query, best first. */
export function find(index: MiniSearch<Findable>, query: string, most = 20): Hit[] {
	const ask = (combineWith: 'AND' | 'OR') =>
		index.search(query, {
			combineWith,
			prefix: (term) => /\w/.test(term),
			fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
			boost: { title: 6, section: 3, about: 2 },
			boostDocument: (_, __, stored) => (stored?.kind === 'term' ? 1.5 : 1)
		});
	const strict = ask('AND');
	// Words that never stand together are better than nothing.
	const found = strict.length > 0 ? strict : ask('OR');
	return found.slice(0, most) as unknown as Hit[];
}

/** The index as the build wrote it. */
export function readIndex(json: string): MiniSearch<Findable> {
	return MiniSearch.loadJSON<Findable>(json, searchOptions);
}

/** An index of everything that can be found. */
export function makeIndex(all: readonly Findable[]): MiniSearch<Findable> {
	const index = new MiniSearch<Findable>(searchOptions);
	index.addAll(all);
	return index;
}
