import * as v from 'valibot';
import { parse } from 'yaml';

/**
 * A content file's frontmatter and the text below it.
 * @param bodyLine the number of the line that `body` begins with, from 1
 * @throws Error where there is none, or where it is no YAML
 */
export function splitFrontmatter(text: string): { data: unknown; body: string; bodyLine: number } {
	const found = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
	if (!found) throw new Error('has no frontmatter');
	const bodyLine = found[0].split('\n').length;
	return { data: parse(found[1]!), body: text.slice(found[0].length), bodyLine };
}

/**
 * Frontmatter against its schema.
 * @throws Error `FIELD: WHAT; FIELD: WHAT`
 */
export function checkFrontmatter<S extends v.GenericSchema>(
	schema: S,
	data: unknown
): v.InferOutput<S> {
	const result = v.safeParse(schema, data);
	if (result.success) return result.output;
	throw new Error(
		result.issues
			.map((issue) => `${v.getDotPath(issue) ?? 'frontmatter'}: ${issue.message}`)
			.join('; ')
	);
}
