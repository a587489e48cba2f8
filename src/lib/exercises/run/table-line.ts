/** A line of `conntrack -L` as fields with names: what a student fills in and what conditions ask for. */

/** Fields in the order in which they stand on a line. `flags` are words in brackets. */
export type TableLine = Readonly<Record<string, string>>;

/** Words that stand alone and what they are called here. */
const TUPLES = ['original', 'reply'] as const;
const IN_TUPLE = new Set([
	'src',
	'dst',
	'sport',
	'dport',
	'type',
	'code',
	'id',
	'packets',
	'bytes'
]);

/**
 * Take a line apart: `protocol`, `number`, `seconds`, `state`, `original.src` … `reply.dport`, `unreplied`,
 * `assured` (each `yes` or absent), `mark`, `zone`, `helper`.
 */
export function readTableLine(line: string): TableLine {
	const fields: [string, string][] = [];
	const tokens = line.split(' ');
	fields.push(['protocol', tokens[0] ?? ''], ['number', tokens[1] ?? '']);
	let tuple = -1;
	for (const token of tokens.slice(2)) {
		const equals = token.indexOf('=');
		if (token === '[UNREPLIED]') fields.push(['unreplied', 'yes']);
		else if (token === '[ASSURED]') fields.push(['assured', 'yes']);
		else if (equals < 0) fields.push([/^\d+$/.test(token) ? 'seconds' : 'state', token]);
		else {
			const [key, value] = [token.slice(0, equals), token.slice(equals + 1)];
			if (key === 'src') tuple++;
			if (IN_TUPLE.has(key)) fields.push([`${TUPLES[tuple] ?? 'reply'}.${key}`, value]);
			else fields.push([key, value]);
		}
	}
	return Object.fromEntries(fields);
}
