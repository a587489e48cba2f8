/**
 * Rules put together at random, with how nft 1.0.6 on Linux 6.18 listed them once they were loaded
 * (`null` where it refused them). What nft lists is what it handed to the kernel: matches left out,
 * moved and joined.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyNft, emptyRuleset, printRule } from '../../../../src/lib/engine/rules';
import { environment } from './environment';

const { around, rules } = JSON.parse(
	readFileSync(new URL('random-rules.json', import.meta.url), 'utf8')
) as { around: string[]; rules: [family: string, rule: string, listed: string | null][] };

/** The rule as it is listed; `null` when it is refused. */
function listed(family: string, rule: string): string | null {
	const text = [`table ${family} t {`, ...around, ' chain c {', `  ${rule}`, ' }', '}'].join('\n');
	const result = applyNft(emptyRuleset, text, environment());
	if (!result.ok) return null;
	const table = result.ruleset.tables[0]!;
	return printRule(table.chains.find((chain) => chain.name === 'c')!.rules[0]!, table);
}

describe('as the real nft lists them', () => {
	it('has rules of both kinds', () => {
		expect(rules.filter(([, , text]) => text !== null).length).toBeGreaterThan(300);
		expect(rules.filter(([, , text]) => text === null).length).toBeGreaterThan(50);
	});

	it.each(['ip', 'inet'])('in a table of family %s', (family) => {
		const mine = rules
			.filter(([of]) => of === family)
			.map(([, rule]) => [rule, listed(family, rule)]);
		expect(mine).toEqual(
			rules.filter(([of]) => of === family).map(([, rule, text]) => [rule, text])
		);
	});
});
