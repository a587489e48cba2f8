/** The JSON Schema of exercise files, made from the schema that the site itself checks them with. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { exerciseSchema } from '../../src/lib/exercises/format/schema';
import {
	changes,
	condition,
	entryMatch,
	goal,
	words
} from '../../src/lib/exercises/format/schema-parts';

type Json = Record<string, unknown>;

/** Where a number may stand, a variant's `"{{name}}"` may stand as well. */
function withPlaceholders(json: unknown): unknown {
	if (Array.isArray(json)) return json.map(withPlaceholders);
	if (typeof json !== 'object' || json === null) return json;
	const inner = Object.fromEntries(
		Object.entries(json).map(([key, value]) => [key, withPlaceholders(value)])
	) as Json;
	const plain = inner.type === 'integer' || inner.type === 'number' || inner.type === 'boolean';
	if (!plain && !Array.isArray(inner.enum)) return inner;
	return { anyOf: [inner, { type: 'string', pattern: '\\{\\{[A-Za-z0-9_-]+\\}\\}' }] };
}

export function exerciseJsonSchema(): Json {
	const schema = toJsonSchema(exerciseSchema, {
		typeMode: 'input',
		// Checks with functions have no words in JSON Schema; the command says what they find.
		errorMode: 'ignore',
		definitions: { words, changes, entryMatch, condition, goal }
	}) as Json;
	return {
		...(withPlaceholders(schema) as Json),
		title: 'Conntrack Lab exercise, version 1',
		description: 'docs/exercises.md tells of each field, with examples.'
	};
}
