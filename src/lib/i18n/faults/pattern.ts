/** English texts with holes, held against a message. */

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * What stands in the holes of a message that has this form; `null` where it has not.
 *
 * @param narrow for each hole, whether it holds one word; one in backquotes holds what has none in it
 */
export function patternOf(
	english: string,
	narrow: (hole: number) => boolean
): (message: string) => string[] | null {
	let source = '';
	let code = false;
	english.split('{}').forEach((literal, i) => {
		if (i > 0) source += code ? '([^`]*?)' : narrow(i - 1) ? '([^\\s`]*?)' : '([^]*?)';
		source += escaped(literal);
		if (literal.split('`').length % 2 === 0) code = !code;
	});
	const form = new RegExp(`^${source}$`);
	return (message) => form.exec(message)?.slice(1) ?? null;
}

/** Letters that are not holes: of two forms that fit, the one that says more of them is meant. */
export const weight = (english: string): number => english.replaceAll('{}', '').length;
