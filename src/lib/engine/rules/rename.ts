/** A chain that is renamed is still where its jumps lead: they change with it. */
import type { IptablesRule } from './iptables/rule';
import { iptablesForm } from './iptables/translate';
import type { Chain, Rule, SetElement, SetOperand, Statement, Verdict } from './ruleset';

function verdict(one: Verdict, from: string, to: string): Verdict {
	return 'chain' in one && one.chain === from ? { ...one, chain: to } : one;
}

/** The elements of a verdict map, or the same list when none leads to the chain. */
export function renameInElements(
	elements: readonly SetElement[],
	from: string,
	to: string
): readonly SetElement[] {
	const leads = (element: SetElement): boolean =>
		element.verdict !== undefined && 'chain' in element.verdict && element.verdict.chain === from;
	if (!elements.some(leads)) return elements;
	return elements.map((element) =>
		leads(element) ? { ...element, verdict: verdict(element.verdict!, from, to) } : element
	);
}

function set(operand: SetOperand, from: string, to: string): SetOperand {
	if (operand.kind === 'named') return operand;
	const elements = renameInElements(operand.elements, from, to);
	return elements === operand.elements ? operand : { kind: 'literal', elements };
}

function statement(one: Statement, from: string, to: string): Statement {
	if (one.kind === 'verdict') {
		const changed = verdict(one.verdict, from, to);
		return changed === one.verdict ? one : { ...one, verdict: changed };
	}
	if (one.kind === 'vmap') {
		const changed = set(one.map, from, to);
		return changed === one.map ? one : { ...one, map: changed };
	}
	if (one.kind === 'update' && one.verdict) {
		const changed = verdict(one.verdict, from, to);
		return changed === one.verdict ? one : { ...one, verdict: changed };
	}
	return one;
}

/** The rule, or the same one when it does not lead to the chain. */
function renameInRule(rule: Rule, from: string, to: string): Rule {
	const statements = rule.statements.map((one) => statement(one, from, to));
	if (statements.every((one, i) => one === rule.statements[i])) return rule;
	const form = iptablesForm(rule);
	if (form?.target?.kind !== 'jump' && form?.target?.kind !== 'goto')
		return { ...rule, statements };
	const iptables: IptablesRule = { ...form, target: { ...form.target, chain: to } };
	return { ...rule, statements, iptables };
}

/** The chains of a table with another name for one of them, and every jump going there. */
export function renameChain<Named extends Pick<Chain, 'name' | 'rules'>>(
	chains: readonly Named[],
	chain: Named,
	to: string
): Named[] {
	return chains.map((one) => ({
		...one,
		name: one === chain ? to : one.name,
		rules: one.rules.map((rule) => renameInRule(rule, chain.name, to))
	}));
}
