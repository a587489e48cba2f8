/** The text of a file that somebody chose. */
export type ChosenFile =
	| { readonly ok: true; readonly text: string }
	/** `long`: more bytes than are read; `file`: it cannot be read, or is gone. */
	| { readonly ok: false; readonly why: 'long' | 'file' };

/**
 * Read what was chosen; `null` where it was nothing. Never throws.
 *
 * @param most bytes above which a file is not read at all
 */
export async function fileChosen(
	input: HTMLInputElement,
	most: number
): Promise<ChosenFile | null> {
	const file = input.files?.[0];
	// The same file can be chosen again, once it is mended.
	input.value = '';
	if (!file) return null;
	if (file.size > most) return { ok: false, why: 'long' };
	try {
		return { ok: true, text: await file.text() };
	} catch {
		return { ok: false, why: 'file' };
	}
}
