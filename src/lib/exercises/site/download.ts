/** Giving the reader a file. */
export function download(name: string, text: string, type = 'application/json'): void {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A text as part of a file's name: letters, digits and hyphens of any script, and not too many. */
export function fileName(...parts: string[]): string {
	const joined = parts.filter(Boolean).join('-');
	return (
		joined
			.replace(/[^\p{L}\p{N}]+/gu, '-')
			.replace(/^-+|-+$/g, '')
			.slice(0, 80) || 'file'
	);
}
