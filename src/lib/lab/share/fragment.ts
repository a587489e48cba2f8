/**
 * What a link says behind its `#`: `#lab=2&stop=14` is the second Lab of a page, `#s=…&stop=14` a scenario of its own.
 * Everything is in the fragment, which no server is told.
 */

export interface Place {
	/** How many stops have been gone. */
	readonly stop?: number;
	/** Whose inside is shown. */
	readonly host?: string;
}

export interface LessonLink extends Place {
	/** Which of the page's Labs, from 1. */
	readonly lab: number;
}

export interface ScenarioLink extends Place {
	/** The scenario, as `scenarioToLink` packs it. */
	readonly packed: string;
}

/** More is no link that was made here, and is not looked at. */
export const LONGEST_FRAGMENT = 8192;

const number = (text: string | null): number | undefined =>
	text !== null && /^\d{1,7}$/.test(text) ? Number(text) : undefined;

function placeOf(parts: URLSearchParams): Place {
	const stop = number(parts.get('stop'));
	const host = parts.get('host');
	return { ...(stop === undefined ? {} : { stop }), ...(host ? { host: host.slice(0, 256) } : {}) };
}

/** A Lab of this page; `null` when the fragment names none. */
export function lessonLink(hash: string): LessonLink | null {
	if (hash.length > LONGEST_FRAGMENT || !hash.startsWith('#lab=')) return null;
	const parts = new URLSearchParams(hash.slice(1));
	const lab = number(parts.get('lab'));
	return lab === undefined || lab < 1 ? null : { lab, ...placeOf(parts) };
}

/** A scenario; `null` when the fragment has none, `'long'` when it is too long to be looked at. */
export function scenarioLink(hash: string): ScenarioLink | 'long' | null {
	if (!hash.startsWith('#s=')) return null;
	if (hash.length > LONGEST_FRAGMENT) return 'long';
	const parts = new URLSearchParams(hash.slice(1));
	return { packed: parts.get('s') ?? '', ...placeOf(parts) };
}

function written(parts: Record<string, string>, { stop, host }: Place): string {
	const all = new URLSearchParams(parts);
	if (stop !== undefined) all.set('stop', String(stop));
	if (host !== undefined) all.set('host', host);
	return `#${all.toString()}`;
}

export const lessonFragment = ({ lab, ...place }: LessonLink): string =>
	written({ lab: String(lab) }, place);

export const scenarioFragment = ({ packed, ...place }: ScenarioLink): string =>
	written({ s: packed }, place);
