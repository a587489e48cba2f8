import { describe, expect, test } from 'vitest';
import { ruleErrors } from '$lib/lab/model/rule-errors';
import { ruleLines, toggleLine } from '$lib/lab/model/ruleset-lines';
import { columnsOf, ruleParts, wrapParts } from '$lib/lab/model/rule-text';
import { ScenarioFault } from '$lib/timeline/fault';
import { gateway, record } from './load';

const text = [
	'table ip nat {',
	'  chain prerouting { type nat hook prerouting priority dstnat; policy accept;',
	'    iifname "ext" tcp dport 80 counter dnat to 10.0.0.2:8080',
	'    # a remark',
	'    udp dport { 53, 123 } counter drop; tcp dport 22 drop',
	'  }',
	'}'
].join('\n');

function rulesetOf(nft: string) {
	return record(gateway(nft, [])).timeline.world.hosts.get('gateway')!.ruleset;
}

describe('the parts of a rule', () => {
	const ruleset = rulesetOf(text);
	const table = ruleset.tables[0]!;
	const [first] = table.chains[0]!.rules;

	test('are its statements as they are written, those that are understood left out', () => {
		expect(ruleParts(first!, table).map((part) => part.text)).toEqual([
			'iifname "ext"',
			'tcp dport 80',
			'counter',
			'dnat to 10.0.0.2:8080'
		]);
	});

	test('cover every statement, so that each failing one can be pointed at', () => {
		for (const { rules } of table.chains)
			for (const rule of rules) {
				const parts = ruleParts(rule, table);
				for (let at = 0; at < rule.statements.length; at++)
					expect(parts.filter(({ from, to }) => at >= from && at <= to)).toHaveLength(1);
			}
	});

	test.each([20, 31, 37, 80])('are broken into lines of at most %i columns', (width) => {
		const lines = wrapParts(ruleParts(first!, table), width);
		for (const { parts, continued } of lines) {
			const line = parts.map((part) => part.text).join(' ');
			expect(columnsOf(line) + (continued ? 2 : 0)).toBeLessThanOrEqual(width);
		}
		const whole = lines.flatMap(({ parts }) => parts.map((part) => part.text)).join(' ');
		expect(whole).toBe('iifname "ext" tcp dport 80 counter dnat to 10.0.0.2:8080');
	});
});

describe('the lines of a text', () => {
	test('have a rule where it stands alone', () => {
		const lines = ruleLines(text, rulesetOf(text), 'nft', []);
		expect(lines.filter(({ rule }) => rule).map(({ number }) => number)).toEqual([3]);
		expect(lines.map((line) => line.text).join('\n')).toBe(text);
	});

	test('a rule that is commented out can be found again; a remark is none', () => {
		const off = toggleLine(text, 3);
		expect(off.split('\n')[2]).toBe(
			'    # iifname "ext" tcp dport 80 counter dnat to 10.0.0.2:8080'
		);
		const rule = 'iifname "ext" tcp dport 80 counter dnat to 10.0.0.2:8080';
		const lines = ruleLines(off, rulesetOf(off), 'nft', [rule]);
		expect(lines.filter((line) => line.off).map(({ number }) => number)).toEqual([3]);
		expect(toggleLine(off, 3)).toBe(text);
	});
});

test('an error has its language, line and column', () => {
	const run = () => record(gateway('table ip f {\n chain c {\n  tcp dport eighty drop\n }\n}', []));
	expect(run).toThrow(ScenarioFault);
	try {
		run();
	} catch (fault) {
		const [error] = ruleErrors((fault as ScenarioFault).errors);
		expect(error).toMatchObject({ language: 'nft', line: 3, column: 13 });
		expect(error!.message).not.toMatch(/^line/);
	}
});
