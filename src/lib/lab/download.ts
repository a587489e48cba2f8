/** Hands a text to the reader as a file. */
export function download(name: string, type: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken the file by then.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file's name out of a title: no sign that some file system cannot have. */
export function fileName(title: string, ending: string): string {
	const safe = title
		.normalize('NFC')
		// eslint-disable-next-line no-control-regex -- they are what must not be in a name
		.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ')
		.replace(/\s+/g, ' ')
		.replace(/^[\s.]+|[\s.]+$/g, '')
		.slice(0, 80);
	return `${safe || 'conntrack-lab'}.${ending}`;
}
