import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateParser } from '../../../../scripts/grammar.mjs';
import { tokenizeNft } from '../../../../src/lib/engine/rules';

const folder = new URL('../../../../src/lib/engine/rules/nft/', import.meta.url);

it('the committed parser is the one that the grammar makes', () => {
	const grammar = readFileSync(new URL('nft.peggy', folder), 'utf8');
	const parser = readFileSync(new URL('grammar.generated.js', folder), 'utf8');
	expect(generateParser(grammar, 'nft.peggy') === parser, 'run `npm run grammar`').toBe(true);
});

describe('tokens', () => {
	const shown = (text: string): string[] =>
		tokenizeNft(text).map(({ from, to, kind }) => `${text.slice(from, to)}:${kind}`);

	it('tells words by what they are', () => {
		expect(shown('ip saddr 10.0.0.0/8 tcp dport != { 80, $web } counter drop # no')).toEqual([
			'ip:selector',
			'saddr:selector',
			'10.0.0.0:number',
			'8:number',
			'tcp:selector',
			'dport:selector',
			'!=:operator',
			'{:punctuation',
			'80:number',
			',:punctuation',
			'$web:variable',
			'}:punctuation',
			'counter:statement',
			'drop:verdict',
			'# no:comment'
		]);
	});

	it('takes a text that is no nft, and one that ends in the middle', () => {
		expect(shown('foo % "ba')).toEqual(['foo:name', '"ba:string']);
	});
});
