import { resolve } from '$app/paths';
import type { Language } from '$lib/i18n';

/** This page, with another fragment. */
export function pageAddress(fragment: string): string {
	return new URL(fragment, location.href).href;
}

/** The page for scenarios of one's own, with a fragment. */
export function labAddress(language: Language, fragment: string): string {
	return new URL(resolve(`/${language}/lab/`) + fragment, location.href).href;
}
