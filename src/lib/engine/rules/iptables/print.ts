/** `iptables-save` and `iptables -S`, as iptables 1.8.9 (nf_tables) prints them. */
import { formatAddress } from '../../packet';
import type { Chain, Ruleset } from '../ruleset';
import { type TableName } from './builtin';
import { bang } from './extension';
import { MATCHES, TARGETS } from './extensions';
import { protocolName } from './names';
import type { AddressMatch, InterfaceMatch, IptablesRule, Target } from './rule';
import { findTable, listedChains } from './tables';
import { maskText } from './text';
import { counterOf, iptablesForm } from './translate';

/** The order in which `iptables-save` goes through the tables. */
const SAVE_ORDER: readonly TableName[] = ['mangle', 'security', 'raw', 'filter', 'nat'];

/** What stands after `-A CHAIN `; '' for a rule without match and target. */
export function ruleText(rule: IptablesRule): string {
	const parts: string[] = [];
	const address = (letter: string, match: AddressMatch | undefined): void => {
		if (match)
			parts.push(
				`${bang(match.negated)}-${letter} ${formatAddress(match.address)}${maskText(match.mask)}`
			);
	};
	const name = (letter: string, match: InterfaceMatch | undefined): void => {
		if (match) parts.push(`${bang(match.negated)}-${letter} ${match.name}`);
	};
	address('s', rule.source);
	address('d', rule.destination);
	name('i', rule.in);
	name('o', rule.out);
	if (rule.protocol)
		parts.push(`${bang(rule.protocol.negated)}-p ${protocolName(rule.protocol.number)}`);
	if (rule.fragment) parts.push(rule.fragment === 'only' ? '-f' : '! -f');
	for (const match of rule.matches)
		parts.push(`-m ${match.name} ${MATCHES.get(match.name)!.save(match.options)}`.trimEnd());
	if (rule.target) parts.push(targetText(rule.target));
	return parts.join(' ');
}

function targetText(target: Target): string {
	switch (target.kind) {
		case 'verdict':
			return `-j ${target.verdict}`;
		case 'jump':
			return `-j ${target.chain}`;
		case 'goto':
			return `-g ${target.chain}`;
		case 'extension':
			return `-j ${target.name} ${TARGETS.get(target.name)!.save(target.options)}`.trimEnd();
	}
}

/** The rules of a chain as `-A` lines. */
function ruleLines(chain: Chain, counters: 'before' | 'after' | 'none'): string[] {
	return chain.rules.map((rule) => {
		const form = iptablesForm(rule);
		const text = `-A ${chain.name} ${form ? ruleText(form) : ''}`.trimEnd();
		const counter = counterOf(rule) ?? { packets: 0, bytes: 0 };
		if (counters === 'before') return `[${counter.packets}:${counter.bytes}] ${text}`;
		return counters === 'after' ? withCounters(text, form, counter) : text;
	});
}

/** `-c 5 6` before the target, where `iptables -S -v` puts it. */
function withCounters(
	text: string,
	form: IptablesRule | undefined,
	counter: { readonly packets: number; readonly bytes: number }
): string {
	const words = `-c ${counter.packets} ${counter.bytes}`;
	const target = form?.target ? targetText(form.target) : '';
	return target === ''
		? `${text} ${words}`
		: `${text.slice(0, text.length - target.length)}${words} ${target}`;
}

/**
 * `iptables-save`. The real one begins and ends each table with a comment that has the date and
 * time; those lines are left out, because the engine has no date.
 */
export function iptablesSave(ruleset: Ruleset, only?: TableName, counters = false): string[] {
	const lines: string[] = [];
	for (const name of SAVE_ORDER) {
		const table = findTable(ruleset, name);
		if (only === undefined ? !table : name !== only) continue;
		const { builtin, user, incompatible } = listedChains(name, table);
		if (incompatible) lines.push(incompatibleLine(name));
		lines.push(`*${name}`);
		for (const { name: chainName, chain } of builtin) {
			const { packets, bytes } = chain?.policyCounter ?? { packets: 0, bytes: 0 };
			const policy = chain?.base?.policy === 'drop' ? 'DROP' : 'ACCEPT';
			lines.push(`:${chainName} ${policy} [${packets}:${bytes}]`);
		}
		for (const chain of user) lines.push(`:${chain.name} - [0:0]`);
		for (const { chain } of builtin)
			if (chain) lines.push(...ruleLines(chain, counters ? 'before' : 'none'));
		for (const chain of user) lines.push(...ruleLines(chain, counters ? 'before' : 'none'));
		lines.push('COMMIT');
	}
	return lines;
}

export function incompatibleLine(table: string): string {
	return `# Table \`${table}' contains incompatible base-chains, use 'nft' tool to list them.`;
}

/** `iptables -S [CHAIN [NUMBER]] [-v]`; `null` where the chain is not there. */
export function iptablesRules(
	ruleset: Ruleset,
	name: TableName,
	chain: string | null = null,
	number: number | null = null,
	verbose = false
): string[] | null {
	const { builtin, user, incompatible } = listedChains(name, findTable(ruleset, name));
	const heads: string[] = [];
	const rules: string[] = [];
	const wanted = (one: string): boolean => chain === null || one === chain;
	let found = chain === null;
	for (const { name: one, chain: built } of builtin) {
		if (!wanted(one)) continue;
		found = true;
		const { packets, bytes } = built?.policyCounter ?? { packets: 0, bytes: 0 };
		const policy = built?.base?.policy === 'drop' ? 'DROP' : 'ACCEPT';
		heads.push(`-P ${one} ${policy}${verbose ? ` -c ${packets} ${bytes}` : ''}`);
		if (built) rules.push(...ruleLines(built, verbose ? 'after' : 'none'));
	}
	for (const one of user) {
		if (!wanted(one.name)) continue;
		found = true;
		heads.push(`-N ${one.name}`);
		rules.push(...ruleLines(one, verbose ? 'after' : 'none'));
	}
	if (!found) return null;
	if (number !== null) return rules.slice(number - 1, number);
	return [...(incompatible ? [incompatibleLine(name)] : []), ...heads, ...rules];
}
