/**
 * Asking a chain (`nft_do_chain`): rules one after another, each a list of statements, until one
 * gives a verdict.
 */
import type { RuleContext, RuleStep } from './context';
import { BREAK, compileStatement } from './evaluate-statement';
import type { Step } from './evaluate-statement';
import { count } from './own';
import type { Chain, Rule, Table, Verdict } from './ruleset';

const ACCEPT: Verdict = Object.freeze({ kind: 'accept' });
const DROP: Verdict = Object.freeze({ kind: 'drop' });

/**
 * Most rules that are noted for one packet in one base chain. Chains that jump to chains that jump can ask more than any
 * list holds; a kernel then stands still, but who records has a page to keep alive.
 */
const MOST_RECORDED = 200_000;

const compiledRules = new WeakMap<Rule, readonly Step[]>();
const compiledChains = new WeakMap<Chain, readonly (readonly Step[])[]>();
const chainsByName = new WeakMap<Table, Map<string, Chain>>();

function stepsOf(rule: Rule, table: Table): readonly Step[] {
	let steps = compiledRules.get(rule);
	if (!steps) {
		steps = rule.statements.map((statement) => compileStatement(statement, table));
		compiledRules.set(rule, steps);
	}
	return steps;
}

function rulesOf(chain: Chain, table: Table): readonly (readonly Step[])[] {
	let rules = compiledChains.get(chain);
	if (!rules) {
		rules = chain.rules.map((rule) => stepsOf(rule, table));
		compiledChains.set(chain, rules);
	}
	return rules;
}

function chainNamed(table: Table, name: string): Chain | undefined {
	let chains = chainsByName.get(table);
	if (!chains) {
		chains = new Map(table.chains.map((chain) => [chain.name, chain]));
		chainsByName.set(table, chains);
	}
	return chains.get(name);
}

/**
 * Ask a base chain; the answer is `accept` or `drop`, by a rule or by the chain's policy. An
 * accept ends this chain only: later chains of the hook are still to be asked. With `record`,
 * every rule asked is noted there, in order.
 */
export function evaluateChain(
	ctx: RuleContext,
	table: Table,
	chain: Chain,
	record: RuleStep[] | null
): Verdict {
	const verdict = run(ctx, table, chain, record);
	if (verdict !== null) return verdict;
	const policy = chain.base?.policy === 'drop' ? DROP : ACCEPT;
	if (chain.policyCounter) count(ctx, chain.policyCounter);
	if (record) record.push({ table, chain: chain.name, rule: -1, failedAt: null, verdict: policy });
	return policy;
}

/**
 * Ask one chain's rules; `accept` or `drop` if one of them, or of a chain they led to, said so.
 * `null` at the chain's end, after a `return`, or at the end of a chain it went to: the caller
 * goes on behind its jump.
 */
function run(
	ctx: RuleContext,
	table: Table,
	chain: Chain,
	record: RuleStep[] | null
): Verdict | null {
	const rules = rulesOf(chain, table);
	for (let at = 0; at < rules.length; at++) {
		const steps = rules[at]!;
		let verdict: Verdict | null = null;
		let failedAt: number | null = null;
		for (let i = 0; i < steps.length; i++) {
			const said = steps[i]!(ctx);
			if (said === null) continue;
			if (said === BREAK) failedAt = i;
			else verdict = said;
			break;
		}
		if (record) {
			if (record.length >= MOST_RECORDED)
				throw new Error(`one packet asks chain ${chain.name} more rules than can be recorded`);
			record.push({ table, chain: chain.name, rule: at, failedAt, verdict });
		}
		if (verdict === null) continue;
		switch (verdict.kind) {
			case 'accept':
			case 'drop':
				return verdict;
			case 'return':
				return null;
			case 'jump':
			case 'goto': {
				const next = chainNamed(table, verdict.chain);
				const said = next ? run(ctx, table, next, record) : null;
				if (said !== null || verdict.kind === 'goto') return said;
				break;
			}
		}
	}
	return null;
}
