/** What is said of wrong input in the page's language; the words of another one than English come when they are needed. */
import type { Language } from '../languages';

type Tell = (message: string) => string;

let inChinese: Tell | null = $state.raw(null);

/** Fetches the Chinese of all that can be said of wrong input, once. Rejects when it cannot be had. */
export async function fetchTold(): Promise<void> {
	inChinese ??= (await import('./in-chinese')).inChinese;
}

/** A message in a language: in English until the other's words are here, or where there are none for it. */
export function told(message: string, language: Language): string {
	if (language === 'en') return message;
	// If they cannot be had, they are asked for again when something else is told.
	if (!inChinese) fetchTold().catch(() => null);
	return inChinese ? inChinese(message) : message;
}
