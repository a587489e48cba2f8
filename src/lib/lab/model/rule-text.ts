/**
 * A rule as its parts, each the text of one statement, so that the part that did not match can be
 * pointed at.
 */
import type { IptablesRule, Rule, Table } from '$lib/engine';
import { printRule, ruleText as iptablesText } from '$lib/engine';

export interface RulePart {
	readonly text: string;
	/** Indexes of the statements it stands for: its own, and unwritten ones before it. */
	readonly from: number;
	readonly to: number;
}

const STATELESS = { stateless: true };

/** The text of a rule: nft's as `nft list` writes it, iptables' as `iptables-save` does. */
export function ruleText(rule: Rule, table: Table): string {
	return table.language === 'iptables' && rule.iptables
		? iptablesText(rule.iptables as IptablesRule)
		: printRule(rule, table, STATELESS);
}

/** The parts of a rule in the order in which they are tried. */
export function ruleParts(rule: Rule, table: Table): RulePart[] {
	const whole = ruleText(rule, table);
	const all = [{ text: whole, from: 0, to: Math.max(0, rule.statements.length - 1) }];
	if (table.language === 'iptables') return all;
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

export interface TextLine {
	readonly parts: readonly RulePart[];
	/** A line that goes on from the one before it. */
	readonly continued: boolean;
}

/** Width of a text in columns: Chinese characters take two. */
export function columnsOf(text: string): number {
	let width = 0;
	for (const character of text) width += character.codePointAt(0)! > 0x2e7f ? 2 : 1;
	return width;
}

/** Breaks a rule into lines of at most `width` columns, between its parts where that can be. */
export function wrapParts(parts: readonly RulePart[], width: number): TextLine[] {
	const lines: RulePart[][] = [[]];
	let used = 0;
	const put = (part: RulePart): void => {
		const long = columnsOf(part.text);
		const line = lines.at(-1)!;
		if (line.length > 0 && used + 1 + long > width) {
			lines.push([part]);
			used = long + 2;
		} else {
			line.push(part);
			used += (line.length > 1 ? 1 : 0) + long;
		}
	};
	for (const part of parts) {
		if (columnsOf(part.text) <= width - 2) put(part);
		else for (const word of part.text.split(' ')) put({ ...part, text: word });
	}
	return lines.map((line, i) => ({ parts: line, continued: i > 0 }));
}
