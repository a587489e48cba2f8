/** What stands in the cards of the hook path: each station with its rules as lines of text. */
import type { Chain, HookName, Rule, Station, StationList, Table } from '$lib/engine';
import { HOOKS } from '$lib/engine';
import type { CardSpec } from '../geometry/path-layout';
import type { AskedRules } from './asked-rules';
import type { RulePart, TextLine } from './rule-text';
import { ruleParts, wrapParts } from './rule-text';
import { stationKey } from './walk-view';

export interface RuleView {
	readonly chain: string;
	/** Place in its chain, from 0. */
	readonly index: number;
	readonly rule: Rule;
	readonly parts: readonly RulePart[];
	readonly lines: readonly TextLine[];
}

/** Rules that are not listed one by one, because nothing of interest happens at them. */
export interface FoldView {
	/** Place of the first of them in its chain. */
	readonly index: number;
	readonly count: number;
}

/** The rules of one chain, the station's own or one that is jumped to from there. */
export interface ChainView {
	readonly name: string;
	readonly table: Table;
	/** Not the chain that is hooked in: its name is written above its rules. */
	readonly called: boolean;
	readonly policy: 'accept' | 'drop' | null;
	/** In the order in which they are asked. */
	readonly rules: readonly (RuleView | FoldView)[];
}

export interface StationView {
	readonly key: string;
	readonly station: Station;
	/** `conntrack`, `ip filter forward`, `ip nat prerouting`; empty for NAT hooks without a chain. */
	readonly chains: readonly ChainView[];
	/** Chains that are jumped to from here and not listed, because no packet comes to them. */
	readonly foldedChains: number;
	/** Something is folded, or was and has been opened. */
	readonly foldable: boolean;
	/** Lines reserved for it. */
	readonly lines: number;
}

/** How much is listed. */
export interface Folding {
	/** What packets came by; without it everything is listed. */
	readonly asked: AskedRules;
	/** Keys of stations that the reader has opened. */
	readonly open: ReadonlySet<string>;
}

export const isFold = (one: RuleView | FoldView): one is FoldView => 'count' in one;

/** Columns of rule text that fit a card, and one on a phone. */
export const RULE_COLUMNS = 37;
export const NARROW_COLUMNS = 31;
/** A chain with more rules is folded where no packet's way is decided. */
const MANY_RULES = 8;
/** Rules at the head of a folded chain that are listed all the same, so that one sees what it is like. */
const HEAD = 2;
/** Called chains that no packet comes to are listed as long as they have no more lines than these. */
const FEW_LINES = 6;
/** What a fold can be opened by is a little higher than a line of text. */
const FOLD_LINES = 1.375;

function calledFrom(table: Table, chain: Chain, seen: Set<string>): Chain[] {
	const found: Chain[] = [];
	for (const rule of chain.rules)
		for (const statement of rule.statements) {
			if (statement.kind !== 'verdict' || !('chain' in statement.verdict)) continue;
			const { chain: name } = statement.verdict;
			const target = table.chains.find((one) => one.name === name);
			if (!target || seen.has(name)) continue;
			seen.add(name);
			found.push(target, ...calledFrom(table, target, seen));
		}
	return found;
}

function ruleView(table: Table, chain: Chain, index: number, columns: number): RuleView {
	const rule = chain.rules[index]!;
	const parts = ruleParts(rule, table);
	return { chain: chain.name, index, rule, parts, lines: wrapParts(parts, columns) };
}

function chainView(
	table: Table,
	chain: Chain,
	called: boolean,
	columns: number,
	asked: AskedRules | null
): ChainView {
	const rules: (RuleView | FoldView)[] = [];
	const many = asked !== null && chain.rules.length > MANY_RULES;
	const isListed = (index: number): boolean =>
		!many || index < HEAD || asked.matched(table, chain.name, index);
	for (let index = 0; index < chain.rules.length; index++) {
		let end = index;
		while (end < chain.rules.length && !isListed(end)) end++;
		// A single rule takes no more room than the fold.
		if (end - index > 1) {
			rules.push({ index, count: end - index });
			index = end - 1;
		} else rules.push(ruleView(table, chain, index, columns));
	}
	const { name, base } = chain;
	return { name, table, called, policy: base?.policy ?? null, rules };
}

function chainLines({ called, rules }: ChainView): number {
	return rules.reduce(
		(lines, one) => lines + (isFold(one) ? FOLD_LINES : one.lines.length),
		called ? 1 : 0
	);
}

interface Chains {
	readonly chains: readonly ChainView[];
	readonly folded: number;
}

function chainsOf(station: Station, columns: number, asked: AskedRules | null): Chains {
	const hooked =
		station.kind === 'chain' ? [station.rules] : station.kind === 'nat-rules' ? station.chains : [];
	const chains: ChainView[] = [];
	let folded = 0;
	for (const { table, chain } of hooked) {
		chains.push(chainView(table, chain, false, columns, asked));
		const called = calledFrom(table, chain, new Set([chain.name]));
		const isAsked = ({ name }: Chain): boolean => asked === null || asked.chain(table, name);
		// No text is made of what is folded: there can be a great deal of it.
		const others = called.filter((one) => !isAsked(one));
		const few =
			others.length <= 2 &&
			others.reduce((sum, one) => sum + 1 + Math.min(one.rules.length, 4), 0) <= FEW_LINES;
		if (!few) folded += others.length;
		for (const one of called)
			if (few || isAsked(one)) chains.push(chainView(table, one, true, columns, asked));
	}
	return { chains, folded };
}

/** Lines of a station beside its rules: its title, and what it says (why it is not asked, what it decided). */
const OWN_LINES: Readonly<Record<Station['kind'], number>> = {
	defrag: 1,
	conntrack: 3,
	nat: 3,
	'nat-rules': 2,
	chain: 2,
	confirm: 1
};

/** All but the lines of its rules. */
function linesBeside({ kind }: Station, folded: number, foldable: boolean): number {
	return OWN_LINES[kind] + (folded > 0 ? 1 : 0) + (foldable ? FOLD_LINES : 0);
}

function linesOf(station: Station, { chains, folded }: Chains, foldable: boolean): number {
	const rules = chains.reduce((sum, one) => sum + chainLines(one), 0);
	return rules + linesBeside(station, folded, foldable);
}

function hasFolds({ chains, folded }: Chains): boolean {
	return folded > 0 || chains.some(({ rules }) => rules.some(isFold));
}

function stationView(station: Station, columns: number, folding: Folding | null): StationView {
	const key = stationKey(station);
	let shown = chainsOf(station, columns, folding?.asked ?? null);
	const foldable = hasFolds(shown);
	if (foldable && folding?.open.has(key)) shown = chainsOf(station, columns, null);
	return {
		key,
		station,
		chains: shown.chains,
		foldedChains: shown.folded,
		foldable,
		lines: linesOf(station, shown, foldable)
	};
}

export type Inside = Readonly<Record<HookName, readonly StationView[]>>;

/** The stations of all hooks with what is written in them. */
export function insideOf(
	stations: StationList,
	columns = RULE_COLUMNS,
	folding: Folding | null = null
): Inside {
	const inside = {} as Record<HookName, StationView[]>;
	for (const hook of HOOKS)
		inside[hook] = stations[hook].map((station) => stationView(station, columns, folding));
	return inside;
}

/**
 * Sizes for the layout; hooks that no packet visits are drawn as one line.
 *
 * @param roomy the reader has made text large or spaced it out: what is a line otherwise may take two
 */
export function cardSpecs(
	inside: Inside,
	visited: ReadonlySet<HookName>,
	roomy = false
): Record<HookName, CardSpec> {
	const specs = {} as Record<HookName, CardSpec>;
	for (const hook of HOOKS)
		specs[hook] = {
			hook,
			compact: !visited.has(hook),
			stations: inside[hook].map(({ key, lines, station, foldedChains, foldable }) => ({
				key,
				lines: roomy ? lines + linesBeside(station, foldedChains, foldable) : lines
			}))
		};
	return specs;
}
