/**
 * Makes the nft parser out of its grammar: `npm run grammar`. The result is committed, so that
 * nothing has to be built before the engine runs; a test makes it anew and finds no difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import peggy from 'peggy';

const folder = new URL('../src/lib/engine/rules/nft/', import.meta.url);

/**
 * The parser's source, from the grammar's.
 * @param {string} grammar
 * @returns {string}
 */
export function generateParser(grammar) {
	const source = peggy.generate(grammar, {
		allowedStartRules: ['Ruleset', 'Tokens'],
		format: 'es',
		output: 'source',
		grammarSource: 'nft.peggy'
	});
	return `// @ts-nocheck\n${source}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const grammar = readFileSync(fileURLToPath(new URL('nft.peggy', folder)), 'utf8');
	writeFileSync(fileURLToPath(new URL('grammar.generated.js', folder)), generateParser(grammar));
}
