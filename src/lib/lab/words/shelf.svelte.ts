/** The words that have been fetched: a page carries those of its own language only. */
import { languages, type Language } from '$lib/i18n';

export type Shelf = typeof import('./all-en').words;

const fetching: Readonly<Record<Language, () => Promise<{ words: Shelf }>>> = {
	en: () => import('./all-en'),
	zh: () => import('./all-zh')
};

let shelves: Readonly<Partial<Record<Language, Shelf>>> = $state.raw({});

/** Fetches the words of a language, once; whoever shows a Lab calls it first. Rejects when they cannot be had. */
export async function fetchWords(language: Language): Promise<void> {
	if (shelves[language]) return;
	const { words } = await fetching[language]();
	shelves = { ...shelves, [language]: words };
}

/**
 * The words of a language. Where the language has changed since and its words are on their way, those of the other one,
 * until they are here.
 */
export function wordsIn(language: Language): Shelf {
	const words = shelves[language];
	if (words) return words;
	const others = Object.values(shelves);
	if (!others[0]) throw new Error(`the words (${language}) have not been fetched`);
	// If they cannot be had, it stays with those, and they are asked for again when something else is said.
	fetchWords(language).catch(() => null);
	return others[0];
}

// Pages are made with all of them when the site is built, and so are tests. A browser waits for nothing here.
if (import.meta.env.SSR || import.meta.env.MODE === 'test')
	await Promise.all(languages.map(fetchWords));
