/** `iptables -E`: a chain gets another name, and every jump to it goes along. */
import type { Chain, Rule, Table } from '../ruleset';
import type { IptablesRule } from './rule';
import { iptablesForm } from './translate';

export function renameChain(table: Table, chain: Chain, name: string): Table {
	return {
		...table,
		chains: table.chains.map((one) => ({
			...one,
			name: one === chain ? name : one.name,
			rules: one.rules.map((rule) => retarget(rule, chain.name, name))
		}))
	};
}

/** The rule with its jump going to the chain's new name. */
function retarget(rule: Rule, from: string, to: string): Rule {
	if (
		!rule.statements.some(
			(one) => one.kind === 'verdict' && 'chain' in one.verdict && one.verdict.chain === from
		)
	)
		return rule;
	const form = iptablesForm(rule);
	return {
		...rule,
		statements: rule.statements.map((one) =>
			one.kind === 'verdict' && 'chain' in one.verdict && one.verdict.chain === from
				? { ...one, verdict: { ...one.verdict, chain: to } }
				: one
		),
		...(form && {
			iptables: {
				...form,
				target:
					form.target && (form.target.kind === 'jump' || form.target.kind === 'goto')
						? { ...form.target, chain: to }
						: form.target
			} satisfies IptablesRule
		})
	};
}
