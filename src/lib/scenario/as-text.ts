/** Rules and the like, as one text. It stands apart from the schema, which a page that only shows rules does without. */
export function asText(lines: string | readonly string[] | undefined): string {
	if (lines === undefined) return '';
	return typeof lines === 'string' ? lines : lines.join('\n');
}
