/** What a reader has chosen, kept in this browser. Where storage is closed to the page, nothing is kept and nothing breaks. */
const prefix = 'conntrack-lab:';

export type Choice = 'language' | 'theme';

export function recall(choice: Choice): string | null {
	try {
		return localStorage.getItem(prefix + choice);
	} catch {
		return null;
	}
}

/** Keeps a value; null forgets it. */
export function remember(choice: Choice, value: string | null): void {
	try {
		if (value === null) localStorage.removeItem(prefix + choice);
		else localStorage.setItem(prefix + choice, value);
	} catch {
		// Nothing is kept then.
	}
}
