import type { Language } from '$lib/i18n';

/** The home page of a language, below the site's base. */
export function homePath(language: Language) {
	return `/${language}/` as const;
}

/** A lesson's page in a language, below the site's base. */
export function lessonPath(language: Language, slug: string) {
	return `/${language}/lessons/${slug}/` as const;
}

/** The glossary in a language; a term's anchor is its id. */
export function glossaryPath(language: Language) {
	return `/${language}/glossary/` as const;
}

/** The reference's contents in a language, below the site's base. */
export function referencePath(language: Language) {
	return `/${language}/reference/` as const;
}

/** One page of the reference. */
export function referencePagePath(language: Language, page: string) {
	return `/${language}/reference/${page}/` as const;
}

/** The exercises in a language. */
export function exercisesPath(language: Language) {
	return `/${language}/exercises/` as const;
}

/** The map of what builds on what. */
export function mapPath(language: Language) {
	return `/${language}/map/` as const;
}

/** The reader's own progress. */
export function progressPath(language: Language) {
	return `/${language}/progress/` as const;
}

/** The page for scenarios of one's own, below the site's base. */
export function labPath(language: Language) {
	return `/${language}/lab/` as const;
}

/** Every view in every state, below the site's base. */
export function galleryPath(language: Language) {
	return `/${language}/gallery/` as const;
}

/**
 * The twin of a page in another language: the same route, the same parameters, another `lang`.
 * @param routeId as in `page.route.id`; null, for a page that does not exist, gives the language's home
 */
export function twinPath(
	language: Language,
	routeId: string | null,
	params: Partial<Record<string, string>>
): `/${Language}/` {
	const rest = (routeId ?? '')
		.replace(/^\/\[lang=lang\]/, '')
		.replace(/\[([^\]=]+)(?:=[^\]]+)?\]/g, (_, name: string) => params[name] ?? '');
	return `/${language}${rest}/` as `/${Language}/`;
}
