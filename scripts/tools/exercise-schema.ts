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

const PLACEHOLDER = { type: 'string', pattern: '\\{\\{[A-Za-z0-9_-]+\\}\\}' };

/** Wherever something may stand, a variant's `"{{name}}"` may stand as well: it is put in before the file is checked. */
function withPlaceholders(json: unknown): unknown {
	if (Array.isArray(json)) return json.map(withPlaceholders);
	if (typeof json !== 'object' || json === null) return json;
	const schema = json as Json;
	const inner = Object.fromEntries(
		Object.entries(schema).map(([key, value]) => [
			key,
			key === 'properties' || key === '$defs' || key === 'definitions'
				? inEach(value as Json)
				: withPlaceholders(value)
		])
	);
	const text = schema.type === 'string' && !('pattern' in schema) && !('enum' in schema);
	return 'type' in schema && !text ? { anyOf: [inner, PLACEHOLDER] } : inner;
}

const inEach = (schemas: Json): Json =>
	Object.fromEntries(Object.entries(schemas).map(([key, value]) => [key, withPlaceholders(value)]));

export function exerciseJsonSchema(): Json {
	const schema = toJsonSchema(exerciseSchema, {
		typeMode: 'input',
		// Checks with functions have no words in JSON Schema; the command says what they find.
		errorMode: 'ignore',
		definitions: { words, changes, entryMatch, condition, goal }
	}) as Json;
	const kinds = (schema.oneOf as Json[]).map((kind) => ({
		...kind,
		properties: inEach(kind.properties as Json)
	}));
	return {
		...schema,
		oneOf: kinds,
		$defs: inEach(schema.$defs as Json),
		title: 'Conntrack Lab exercise, version 1',
		description: 'docs/exercises.md tells of each field, with examples.'
	};
}
