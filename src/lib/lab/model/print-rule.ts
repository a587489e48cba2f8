/** Printing rules, with the printers of both languages. */
import type { IptablesRule, Rule, Table } from '$lib/engine';
import { printRule, ruleText as iptablesText } from '$lib/engine';
import type { Timeline } from '$lib/timeline/timeline';
import type { PrintedRule, RulePart } from './rule-text';

const STATELESS = { stateless: true };

function textOf(rule: Rule, table: Table): string {
	return rule.iptables
		? iptablesText(rule.iptables as IptablesRule)
		: printRule(rule, table, STATELESS);
}

function partsOf(rule: Rule, table: Table, whole: string): RulePart[] {
	const all = [{ text: whole, from: 0, to: Math.max(0, rule.statements.length - 1) }];
	if (rule.iptables) return all;
	const parts: RulePart[] = [];
	let at = 0;
	let from = 0;
	rule.statements.forEach((statement, index) => {
		const text = printRule({ handle: 0, statements: [statement] }, table, STATELESS);
		// What the language puts there by itself is not in the rule's text.
		const found = text === '' ? -1 : whole.indexOf(text, at);
		if (found < 0 || whole.slice(at, found).trim() !== '') return;
		parts.push({ text, from, to: index });
		at = found + text.length;
		from = index + 1;
	});
	const rest = whole.slice(at).trim();
	if (rest !== '' && !rest.startsWith('comment ')) return all;
	return parts;
}

/** A rule of a table as it is written. */
export function printedRule(rule: Rule, table: Table): PrintedRule {
	const text = textOf(rule, table);
	return { text, parts: partsOf(rule, table, text) };
}

/** All rules that a host has at some time. */
export function printedRules(timeline: Timeline): Map<Rule, PrintedRule> {
	const rules = new Map<Rule, PrintedRule>();
	for (const host of timeline.hosts.values()) {
		const rulesets = new Set(
			Array.from({ length: timeline.events.length + 1 }, (_, at) => timeline.at(at).ruleset(host))
		);
		for (const { tables } of rulesets)
			for (const table of tables)
				for (const { rules: list } of table.chains)
					for (const rule of list) rules.set(rule, printedRule(rule, table));
	}
	return rules;
}
