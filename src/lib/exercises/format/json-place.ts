/** Where an exercise's text stops being JSON, also where Node does not say. */
import type { ParseError } from 'jsonc-parser';
import { parse } from 'jsonc-parser';
import { lineColumn, toldOffset } from '../../scenario/json-place';
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
	const offset = firstError(source) ?? toldOffset(error);
	const path = offset === null ? '(file)' : lineColumn(source, offset);
	return { path, message: 'this is not JSON' };
}

function firstError(source: string): number | null {
	const errors: ParseError[] = [];
	parse(source, errors, { disallowComments: true, allowTrailingComma: false });
	return errors[0]?.offset ?? null;
}
