/** Where a text stops being JSON. */
import type { ParseError } from 'jsonc-parser';
import { parse } from 'jsonc-parser';
import type { ExerciseError } from './exercise';

const MARK = '\uFEFF';

/** The error of a text that `JSON.parse` refused, with line and column. */
export function notJson(source: string, error: unknown): ExerciseError {
	if (source.startsWith(MARK))
		return {
			path: 'line 1, column 1',
			message: 'a byte order mark stands here: save the file as UTF-8 without one'
		};
	// Node tells a position only of some mistakes (an unquoted word is none of them), and each version of others.
	const offset = firstError(source) ?? toldPosition(error);
	if (offset === null) return { path: '(file)', message: 'this is not JSON' };
	const before = source.slice(0, offset).split('\n');
	const column = before[before.length - 1]!.length + 1;
	return { path: `line ${before.length}, column ${column}`, message: 'this is not JSON' };
}

function firstError(source: string): number | null {
	const errors: ParseError[] = [];
	parse(source, errors, { disallowComments: true, allowTrailingComma: false });
	return errors[0]?.offset ?? null;
}

function toldPosition(error: unknown): number | null {
	const said = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
	return said === undefined ? null : Number(said);
}
