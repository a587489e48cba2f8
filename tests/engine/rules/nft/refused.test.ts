/** nft 1.0.6 on Linux 6.18 was asked which rules it takes (`record-refused.py`); so is applyNft. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyNft, emptyRuleset } from '../../../../src/lib/engine/rules';
import { environment } from './environment';

interface Group {
	readonly families: readonly string[];
	readonly chains: readonly string[];
	readonly rules: readonly string[];
	readonly refused: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const { around, groups } = JSON.parse(
	readFileSync(new URL('refused.json', import.meta.url), 'utf8')
) as { around: readonly string[]; groups: readonly Group[] };

describe('rules that the real nft refuses, and no others, are refused', () => {
	for (const { families, chains, rules, refused } of groups)
		for (const family of families)
			for (const chain of chains)
				it(`table ${family}, ${chain}`, () => {
					const mine: string[] = [];
					for (const rule of rules) {
						const text = [
							`table ${family} t {`,
							...around,
							` chain c { ${chain};`,
							`  ${rule}`,
							' }',
							'}'
						].join('\n');
						const env = environment({
							hasInterface: (name) => ['lo', 'ext', 'int'].includes(name)
						});
						const result = applyNft(emptyRuleset, text, env);
						if (result.ok) continue;
						mine.push(rule);
						// What is wrong stands in the chain's line, in the rule's or right behind it.
						expect(result.errors[0]!.line, rule).toBeGreaterThanOrEqual(around.length + 2);
					}
					expect(mine).toEqual(refused[family]![chain]);
				});
});
