/**
 * How much work rules can make of one packet, found without running them: a few lines that jump to each other can ask for
 * more steps than there are atoms, and whoever checks such an answer must not wait for it.
 */
import type { Chain, Ruleset, Statement, Table, Verdict, World } from '../../engine';
import { elementsOf } from '../../scenario/limits';
import type { Scenario, ScenarioError } from '../../scenario/scenario';
import { asText } from '../../scenario/scenario';

/** Most rules that one packet may ask in one host. */
export const MOST_RULES = 20_000;
/** Most elements of a host's ipsets. */
export const MOST_ELEMENTS = 20_000;

/** The error of a scenario whose ipsets are larger than anybody needs. */
export function tooManyElements(scenario: Scenario): ScenarioError | null {
	for (const [name, { ipset }] of Object.entries(scenario.hosts))
		if (ipset !== undefined && elementsOf(asText(ipset)) > MOST_ELEMENTS)
			return {
				path: `hosts.${name}.ipset`,
				message: `these sets have more than ${MOST_ELEMENTS} elements`
			};
	return null;
}

/** The error of a world whose rules ask too much of it. */
export function tooMuchWork(world: World): ScenarioError | null {
	for (const [name, host] of world.hosts)
		if (rulesAsked(host.ruleset) > MOST_RULES)
			return {
				path: `hosts.${name}`,
				message: `these rules can ask more than ${MOST_RULES} rules of one packet`
			};
	return null;
}

/** The most rules that one packet can be held against in one host. */
export function rulesAsked({ tables }: Ruleset): number {
	let sum = 0;
	for (const table of tables) {
		const known = new Map<string, number>();
		for (const chain of table.chains) if (chain.base) sum += cost(chain, table, known);
	}
	return sum;
}

function cost(chain: Chain, table: Table, known: Map<string, number>): number {
	const before = known.get(chain.name);
	if (before !== undefined) return before;
	// A loop is refused when the rules are read; this only keeps the sum from going round.
	known.set(chain.name, Infinity);
	let sum = 0;
	for (const { statements } of chain.rules) {
		sum += 1;
		for (const target of new Set(statements.flatMap((one) => targets(one, table)))) {
			const to = table.chains.find((one) => one.name === target);
			if (to) sum += cost(to, table, known);
		}
	}
	known.set(chain.name, sum);
	return sum;
}

const chainOf = (verdict: Verdict | undefined): string[] =>
	verdict && 'chain' in verdict ? [verdict.chain] : [];

function targets(statement: Statement, table: Table): string[] {
	if (statement.kind === 'verdict') return chainOf(statement.verdict);
	if (statement.kind === 'xt')
		// Targets of iptables' own kind name no chain; jumps are plain verdicts.
		return [];
	if (statement.kind !== 'vmap') return [];
	const { map } = statement;
	const elements =
		map.kind === 'literal'
			? map.elements
			: (table.sets.find((set) => set.name === map.name)?.elements.list ?? []);
	return elements.flatMap((element) => chainOf(element.verdict));
}
