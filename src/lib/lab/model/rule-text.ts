/**
 * A rule as its parts, each the text of one statement, so that the part that did not match can be
 * pointed at.
 */
import type { Rule, Table } from '$lib/engine';

export interface RulePart {
	readonly text: string;
	/** Indexes of the statements it stands for: its own, and unwritten ones before it. */
	readonly from: number;
	readonly to: number;
}

/** A rule as it is written. */
export interface PrintedRule {
	readonly text: string;
	/** The parts in the order in which they are tried. */
	readonly parts: readonly RulePart[];
}

type Print = (rule: Rule, table: Table) => PrintedRule;

/** What is known already: a rule does not change. */
const printed = new WeakMap<Rule, PrintedRule>();
let print: Print | null = null;

/** Says how rules are printed: the printers of the two languages come with the engine. */
export function printWith(printer: Print): void {
	print = printer;
}

/** Takes in rules that were printed when the site was built. */
export function knowRules(rules: Iterable<readonly [Rule, PrintedRule]>): void {
	for (const [rule, text] of rules) printed.set(rule, text);
}

// Whoever has the engine at hand has its printers.
if (import.meta.env.SSR || import.meta.env.MODE === 'test')
	printWith((await import('./print-rule')).printedRule);

function printedRule(rule: Rule, table: Table): PrintedRule {
	let known = printed.get(rule);
	if (!known) {
		if (!print) throw new Error('the engine has not been fetched');
		printed.set(rule, (known = print(rule, table)));
	}
	return known;
}

/** The text of a rule: nft's as `nft list` writes it, iptables' as `iptables-save` does. */
export function ruleText(rule: Rule, table: Table): string {
	return printedRule(rule, table).text;
}

/** The parts of a rule in the order in which they are tried. */
export function ruleParts(rule: Rule, table: Table): readonly RulePart[] {
	return printedRule(rule, table).parts;
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
