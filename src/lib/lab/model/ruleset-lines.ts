/** The text of a host's rules, line by line, with the rules that stand on them. */
import type { Rule, Ruleset } from '$lib/engine';

export type RuleLanguage = 'nft' | 'iptables';

export interface RuleLine {
	/** From 1. */
	readonly number: number;
	readonly text: string;
	/** The rule that this line is; `null` for all other lines, and for rules that share one. */
	readonly rule: Rule | null;
	/** A rule that was commented out here. */
	readonly off: boolean;
}

const COMMENTED = /^(\s*)#\s?(\S.*)$/;

/** What a commented-out line would say; `null` for lines that are no comment. */
export function commentedOut(text: string): string | null {
	return COMMENTED.exec(text)?.[2]?.trim() ?? null;
}

/**
 * @param ruleset as read from `text`
 * @param switched texts of rules that were switched off in this text
 */
export function ruleLines(
	text: string,
	ruleset: Ruleset | null,
	language: RuleLanguage,
	switched: readonly string[]
): RuleLine[] {
	const rules = (ruleset?.tables ?? [])
		.filter((table) => table.language === language)
		.flatMap((table) => table.chains.flatMap((chain) => chain.rules))
		.filter(({ source }) => source !== undefined);
	return text
		.trimEnd()
		.split('\n')
		.map((line, i) => {
			const number = i + 1;
			const here = rules.filter(
				({ source }) => source!.line <= number && source!.endLine >= number
			);
			const rule = here.length === 1 ? here[0]! : null;
			const { source } = rule ?? {};
			const alone =
				source !== undefined &&
				source.line === number &&
				source.endLine === number &&
				line.slice(0, source.column - 1).trim() === '' &&
				/^[;\s]*(#.*)?$/.test(line.slice(source.endColumn - 1));
			const off = commentedOut(line);
			return {
				number,
				text: line,
				rule: alone ? rule : null,
				off: off !== null && switched.includes(off)
			};
		});
}

/**
 * The line that gives a chain its policy; -1 where none says it in so many words.
 * @param lines the text that the chain was read from
 */
export function policyLine(
	lines: readonly string[],
	language: RuleLanguage,
	{ table, chain }: { table: string; chain: string }
): number {
	const opens = language === 'nft' ? /\btable\s+(?:\w+\s+)?([\w-]+)\s*\{/ : /^\s*\*(\w+)/;
	let inTable: string | undefined;
	let inChain: string | undefined;
	const found = lines.findIndex((line) => {
		inTable = opens.exec(line)?.[1] ?? inTable;
		if (language === 'iptables') inChain = /^\s*:(\S+)\s+[A-Z]/.exec(line)?.[1];
		else inChain = /\bchain\s+([\w-]+)\s*\{/.exec(line)?.[1] ?? inChain;
		const says = language === 'iptables' || /\bpolicy\s+\w/.test(line);
		return says && inTable === table && inChain === chain;
	});
	return found < 0 ? -1 : found + 1;
}

/** Comments a line out, or back in. */
export function toggleLine(text: string, number: number): string {
	const lines = text.split('\n');
	const line = lines[number - 1] ?? '';
	const match = COMMENTED.exec(line);
	lines[number - 1] = match ? `${match[1]}${match[2]}` : line.replace(/^(\s*)/, '$1# ');
	return lines.join('\n');
}
