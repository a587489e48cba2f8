/** What stands in the cards of the hook path: each station with its rules as lines of text. */
import type { Chain, HookName, Rule, Station, StationList, Table } from '$lib/engine';
import { HOOKS } from '$lib/engine';
import type { CardSpec } from '../geometry/path-layout';
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

/** The rules of one chain, the station's own or one that is jumped to from there. */
export interface ChainView {
	readonly name: string;
	readonly table: Table;
	/** Not the chain that is hooked in: its name is written above its rules. */
	readonly called: boolean;
	readonly policy: 'accept' | 'drop' | null;
	readonly rules: readonly RuleView[];
	/** Rules that there is no room for. */
	readonly more: number;
}

export interface StationView {
	readonly key: string;
	readonly station: Station;
	/** `conntrack`, `ip filter forward`, `ip nat prerouting`; empty for NAT hooks without a chain. */
	readonly chains: readonly ChainView[];
	/** Lines reserved for it. */
	readonly lines: number;
}

/** Columns of rule text that fit a card, and one on a phone. */
export const RULE_COLUMNS = 37;
export const NARROW_COLUMNS = 31;
/** More rules of a chain are not listed in the path; the ruleset has them all. */
const MANY_RULES = 10;

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

function chainView(table: Table, chain: Chain, called: boolean, columns: number): ChainView {
	const rules = chain.rules.slice(0, MANY_RULES).map((rule, index): RuleView => {
		const parts = ruleParts(rule, table);
		return { chain: chain.name, index, rule, parts, lines: wrapParts(parts, columns) };
	});
	return {
		name: chain.name,
		table,
		called,
		policy: chain.base?.policy ?? null,
		rules,
		more: chain.rules.length - rules.length
	};
}

function chainsOf(station: Station, columns: number): ChainView[] {
	const hooked =
		station.kind === 'chain' ? [station.rules] : station.kind === 'nat-rules' ? station.chains : [];
	return hooked.flatMap(({ table, chain }) => [
		chainView(table, chain, false, columns),
		...calledFrom(table, chain, new Set([chain.name])).map((one) =>
			chainView(table, one, true, columns)
		)
	]);
}

function linesOf(station: Station, chains: readonly ChainView[]): number {
	switch (station.kind) {
		case 'defrag':
		case 'confirm':
			return 1;
		case 'conntrack':
			return 3;
		case 'nat':
			return 3;
		case 'chain':
		case 'nat-rules': {
			const rules = chains.reduce(
				(sum, { rules: list, called, more }) =>
					sum +
					(called ? 1 : 0) +
					(more > 0 ? 1 : 0) +
					list.reduce((lines, one) => lines + one.lines.length, 0),
				0
			);
			// The title, and either why it is not asked or what it decided.
			return rules + 2;
		}
	}
}

export type Inside = Readonly<Record<HookName, readonly StationView[]>>;

/** The stations of all hooks with what is written in them. */
export function insideOf(stations: StationList, columns = RULE_COLUMNS): Inside {
	const inside = {} as Record<HookName, StationView[]>;
	for (const hook of HOOKS)
		inside[hook] = stations[hook].map((station) => {
			const chains = chainsOf(station, columns);
			return { key: stationKey(station), station, chains, lines: linesOf(station, chains) };
		});
	return inside;
}

/** Sizes for the layout; hooks that no packet visits are drawn as one line. */
export function cardSpecs(
	inside: Inside,
	visited: ReadonlySet<HookName>
): Record<HookName, CardSpec> {
	const specs = {} as Record<HookName, CardSpec>;
	for (const hook of HOOKS)
		specs[hook] = {
			hook,
			compact: !visited.has(hook),
			stations: inside[hook].map(({ key, lines }) => ({ key, lines }))
		};
	return specs;
}
