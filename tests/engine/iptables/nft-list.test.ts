/** What the real `nft list ruleset` (1.0.6) showed of rules that iptables had put in. */
import { describe, expect, it } from 'vitest';
import { applyIptablesRestore } from '../../../src/lib/engine/rules/iptables';
import { runNftCommand } from '../../../src/lib/engine/rules';
import { EMPTY, environment, squeeze } from './helpers';
import recorded from './nft-list.json';

/** Rules that say nothing sensible, and are printed in odd ways. */
const ODD =
	/! --[sd]port 0:|! --dport 0:65535|! --tcp-flags NONE|--tcp-flags SYN FIN|--tcp-flags "SYN" ACK|--dport 80 -m tcp --sport/;

const cases = recorded.flatMap(({ table, rule, nft }) => {
	const env = environment();
	const text = `*${table}\n:USER - [0:0]\n${rule}\nCOMMIT\n`;
	const result = applyIptablesRestore(EMPTY, text, env);
	return result.ok && !ODD.test(rule) ? [{ rule, nft, ruleset: result.ruleset, env }] : [];
});

describe('nft list of a table of iptables', () => {
	it.each(cases)('$rule', ({ nft, ruleset, env }) => {
		const { stdout } = runNftCommand(ruleset, 'list ruleset', env);
		const rules = stdout.filter((line) => line.startsWith('\t\t')).map(squeeze);
		expect(rules.filter((line) => !line.startsWith('type '))).toEqual(nft);
	});

	it('has most of the rules', () => expect(cases.length).toBeGreaterThan(380));
});
