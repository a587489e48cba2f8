/**
 * Makes the parsers of the two rule languages out of their grammars: `npm run grammar`. The
 * results are committed, so that nothing has to be built before the engine runs; a test makes
 * them anew and finds no difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import peggy from 'peggy';

const folder = new URL('../src/lib/engine/rules/', import.meta.url);

/**
 * Grammars and the parsers made of them.
 * @type {readonly (readonly [string, string])[]}
 */
const GRAMMARS = [
	['nft/nft.peggy', 'nft/grammar.generated.js'],
	['iptables/iptables.peggy', 'iptables/grammar.generated.js']
];

/**
 * The parser's source, from the grammar's. Where a parse may start is said by the grammar itself
 * (`// Start rules: A, B.`).
 * @param {string} grammar
 * @param {string} [name]
 * @returns {string}
 */
export function generateParser(grammar, name = 'nft.peggy') {
	const list = /^\/\/ Start rules: ([^.]*)\./m.exec(grammar)?.[1] ?? 'Ruleset, Tokens';
	const source = peggy.generate(grammar, {
		allowedStartRules: list
			.replace(/\n\/\//g, ' ')
			.split(',')
			.map((rule) => rule.trim()),
		format: 'es',
		output: 'source',
		grammarSource: name
	});
	return `// @ts-nocheck\n${source}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	for (const [from, to] of GRAMMARS) {
		const grammar = readFileSync(fileURLToPath(new URL(from, folder)), 'utf8');
		const name = from.slice(from.lastIndexOf('/') + 1);
		writeFileSync(fileURLToPath(new URL(to, folder)), generateParser(grammar, name));
	}
}
