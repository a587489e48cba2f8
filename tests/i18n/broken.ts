/** What is said of inputs that are wrong: rules that the real tools were given, and scenarios broken in all their parts. */
import { readFileSync, readdirSync } from 'node:fs';
import { applyIptablesRestore, runIptablesCommand } from '$lib/engine/rules/iptables';
import { emptyIpSets, runIpsetCommand } from '$lib/engine/rules/ipset';
import { applyNft, emptyRuleset } from '$lib/engine/rules';
import { acceptScenario, readScenario, scenarioFromLink } from '$lib/scenario/link';
import type { ScenarioError } from '$lib/scenario/scenario';
import { environment as iptablesEnvironment } from '../engine/iptables/helpers';
import { environment } from '../engine/rules/nft/environment';

const read = <T>(file: string): T =>
	JSON.parse(readFileSync(new URL(`../engine/${file}`, import.meta.url), 'utf8')) as T;

/** Rules that nft 1.0.6 was asked whether it takes them, and as many with a word left out. */
export function ofNft(): string[] {
	const { around, groups } = read<{
		around: string[];
		groups: { families: string[]; chains: string[]; rules: string[] }[];
	}>('rules/nft/refused.json');
	return groups.flatMap(({ families, chains, rules }) =>
		[...rules, ...rules.map((rule) => rule.replace(/ \S+/, ''))].flatMap((rule) => {
			const chain = ` chain c { ${chains[0]};\n  ${rule}\n }`;
			const text = [`table ${families[0]} t {`, ...around, chain, '}'].join('\n');
			const result = applyNft(emptyRuleset, text, environment());
			return result.ok ? [] : result.errors.map(({ message }) => message);
		})
	);
}

/** Rules that iptables-restore 1.8.9 was given, and commands. */
export function ofIptables(): string[] {
	const rules = read<{ table: string; rule: string }[]>('iptables/recorded.json');
	const sequences = read<{ command: string }[][]>('iptables/commands.json');
	const texts = rules.flatMap(({ table, rule }) => {
		const text = `*${table}\n:USER - [0:0]\n${rule}\nCOMMIT\n`;
		const result = applyIptablesRestore(emptyRuleset, text, iptablesEnvironment());
		return result.ok ? [] : result.errors.map(({ message }) => message);
	});
	const answers = sequences.flatMap((steps) => {
		const env = iptablesEnvironment();
		let ruleset = emptyRuleset;
		return steps.flatMap(({ command }) => {
			const result = runIptablesCommand(ruleset, command, env);
			ruleset = result.ruleset;
			return result.stderr;
		});
	});
	return [...texts, ...answers];
}

/** Commands that ipset 7.17 was given. */
export function ofIpset(): string[] {
	return read<{ command: string }[][]>('ipset/recorded.json').flatMap((steps) => {
		let sets = emptyIpSets();
		return steps.flatMap(({ command }) => {
			const result = runIpsetCommand(sets, `ipset ${command}`, { now: 0 });
			sets = result.sets;
			return result.stderr;
		});
	});
}

/** What a value can be that it should not. */
const WRONG: readonly unknown[] = [undefined, null, -1, 'x', 'gw/eth9', 1.5, [], {}, { x: 1 }];

/** A value with each of its parts put wrong in turn. */
function* brokenIn(value: unknown): Generator<unknown> {
	for (const wrong of WRONG) yield wrong;
	if (Array.isArray(value))
		for (const [i, inner] of value.entries())
			for (const other of brokenIn(inner)) yield value.with(i, other);
	else if (typeof value === 'object' && value !== null)
		for (const [key, inner] of Object.entries(value))
			for (const other of brokenIn(inner)) yield { ...value, [key]: other };
}

/** Scenarios of lessons, short ones, broken. */
export function ofScenarios(): ScenarioError[] {
	const folder = new URL('../../content/scenarios/', import.meta.url);
	const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
	const short = texts.sort((a, b) => a.length - b.length).slice(0, 3);
	return short.flatMap((text) =>
		[...brokenIn(JSON.parse(text))].flatMap((broken) => {
			const read = acceptScenario(broken);
			return read.ok ? [] : read.errors;
		})
	);
}

/** Texts that are no JSON, links that hold nothing, files that are too large. */
export function ofFiles(): ScenarioError[] {
	const texts = [
		'',
		'{',
		'[1, 2',
		'{"a" 1}',
		'{"a": 1,}',
		'{a: 1}',
		'"\\x"',
		'"abc',
		'01',
		'{} {}',
		'//'
	];
	const results = [
		...texts.map(readScenario),
		...['', '!', 'AAAA', 'x'.repeat(9000)].map(scenarioFromLink),
		readScenario(`"${'x'.repeat(4_000_001)}"`),
		readScenario('['.repeat(60) + ']'.repeat(60)),
		acceptScenario({ steps: Array.from({ length: 10_001 }, () => ({ advance: 1 })) }),
		acceptScenario(JSON.parse('{ "__proto__": 1 }'))
	];
	return results.flatMap((read) => (read.ok ? [] : read.errors));
}
