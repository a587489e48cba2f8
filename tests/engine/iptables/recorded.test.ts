/**
 * Rules given to the real iptables-restore and iptables 1.8.9 (nf_tables), one at a time in an
 * empty network namespace, and what iptables-save and iptables -L then printed.
 */
import { describe, expect, it } from 'vitest';
import {
	applyIptablesRestore,
	iptablesList,
	iptablesSave,
	runIptablesCommand
} from '../../../src/lib/engine/rules/iptables';
import { isTableName } from '../../../src/lib/engine/rules/iptables/builtin';
import type { Ruleset } from '../../../src/lib/engine/rules/ruleset';
import { EMPTY, NOT_READ_AGAIN, environment, squeeze } from './helpers';
import recorded from './recorded.json';

interface Recorded {
	table: string;
	rule: string;
	exit: number;
	save?: string[];
	list?: string[];
	listNames?: string[];
	stderr?: string;
	commandExit?: number;
}

/**
 * Where the real one takes a rule that says nothing sensible and then prints another: an open
 * quote that swallows the end of the line, and negated ranges of all there is.
 */
const ODD = new Set([
	'-A INPUT -m comment --comment "a',
	'-A INPUT -p tcp ! --sport 0:65535',
	'-A INPUT -p tcp ! --dport 0:',
	'-A INPUT -p udp ! --dport 0:65535 --sport 4',
	'-A INPUT -p tcp ! --tcp-flags NONE NONE'
]);

const cases = (recorded as Recorded[]).filter(({ rule }) => !ODD.has(rule));
const text = ({ table, rule }: Recorded): string => `*${table}\n:USER - [0:0]\n${rule}\nCOMMIT\n`;

/** Valid, but outside: refused with these words, and so not to be compared. */
const outside = (message: string): boolean => message.includes('is not modelled');

function rulesListed(
	ruleset: Ruleset,
	table: string,
	numeric: boolean,
	verbose: boolean
): string[] {
	if (!isTableName(table)) throw new Error(table);
	const lines = iptablesList(ruleset, table, {
		chain: null,
		number: null,
		numeric,
		verbose,
		exact: false,
		lineNumbers: false
	});
	return [...(lines ?? [])]
		.filter((line) => line !== '' && !/^(Chain| pkts|target)/.test(line))
		.map(squeeze);
}

describe('rules that the real iptables-restore was given', () => {
	it.each(cases)('$table: $rule', (one) => {
		const env = environment();
		const result = applyIptablesRestore(EMPTY, text(one), env);
		if (!result.ok && result.errors.some(({ message }) => outside(message))) return;
		expect(result.ok ? 0 : 'refused').toBe(one.exit === 0 ? 0 : 'refused');
		if (!result.ok || !isTableName(one.table)) return;
		const saved = [...iptablesSave(result.ruleset, one.table, true)];
		expect(saved.filter((line) => line.startsWith('['))).toEqual(one.save);
		expect(rulesListed(result.ruleset, one.table, true, true)).toEqual(one.list);
		expect(rulesListed(result.ruleset, one.table, false, false)).toEqual(one.listNames);
	});

	it('few of the valid ones are outside', () => {
		const valid = cases.filter(({ exit }) => exit === 0);
		const taken = valid.filter((one) => applyIptablesRestore(EMPTY, text(one), environment()).ok);
		expect(valid.length).toBeGreaterThan(300);
		expect(taken.length / valid.length).toBeGreaterThan(0.85);
	});

	it('what was saved is read again as the same', () => {
		for (const one of cases) {
			if (!isTableName(one.table)) continue;
			const first = applyIptablesRestore(EMPTY, text(one), environment());
			if (!first.ok) continue;
			const lines = [...iptablesSave(first.ruleset, one.table)];
			const second = applyIptablesRestore(EMPTY, `${lines.join('\n')}\n`, environment());
			expect(second.ok, one.rule).toBe(!NOT_READ_AGAIN.test(lines.join('\n')));
			if (second.ok) expect([...iptablesSave(second.ruleset, one.table)]).toEqual(lines);
		}
	});
});

describe('the same rules as single commands', () => {
	it.each(cases.filter(({ commandExit }) => commandExit !== undefined && commandExit < 127))(
		'$table: $rule',
		(one) => {
			const env = environment();
			const user = runIptablesCommand(EMPTY, `iptables -t ${one.table} -N USER`, env);
			const line = `iptables -t ${one.table} ${one.rule}`;
			const result = runIptablesCommand(user.ruleset, line, env);
			if (result.stderr.some(outside)) return;
			expect(result.exit).toBe(one.commandExit);
		}
	);
});
