/** Rules that are added, put before others, replaced. */
import type { ChainItem, Command, RuleAdded } from './ast';
import type { DraftChain, DraftTable } from './draft';
import { Fault, KernelFault } from './fault';
import type { Place } from './place';
import { Variables } from './values';
import type { Workspace } from './workspace';

export function addRules(
	ws: Workspace,
	table: DraftTable,
	name: string,
	items: readonly ChainItem[]
): void {
	const found = table.chains.find((chain) => chain.name === name);
	if (!found) return;
	const chain = ws.draft.editChain(table, found);
	const outer = ws.variables;
	ws.variables = new Variables(outer);
	for (const item of items) {
		if (item.kind === 'define' || item.kind === 'undefine') ws.attempt(() => ws.define(item));
		if (item.kind === 'rule')
			ws.attempt(() => void chain.rules.push(ws.makeRule(table, item.rule)));
	}
	ws.variables = outer;
}

export function addRule(ws: Workspace, node: RuleAdded, before: boolean): void {
	const { table, chain: found } = ws.chain(node);
	const chain = ws.draft.editChain(table, found);
	const rule = ws.makeRule(table, node.rule);
	if (!node.position) {
		if (before) chain.rules.unshift(rule);
		else chain.rules.push(rule);
		return;
	}
	const number = ws.values.count(node.position.number);
	const at =
		node.position.how === 'index'
			? number < chain.rules.length
				? number
				: -1
			: chain.rules.findIndex((one) => one.handle === number);
	if (at < 0)
		throw new Fault(
			node.position,
			`there is no rule with ${node.position.how === 'index' ? 'index' : 'handle'} ${number} in chain \`${chain.name}\``
		);
	chain.rules.splice(before ? at : at + 1, 0, rule);
}

export function ruleAt(
	ws: Workspace,
	chain: DraftChain,
	handle: { readonly text: string } & Place
): number {
	const number = ws.values.count(handle);
	const at = chain.rules.findIndex((rule) => rule.handle === number);
	if (at < 0)
		throw new KernelFault(
			handle,
			`there is no rule with handle ${number} in chain \`${chain.name}\``
		);
	return at;
}

export function replaceRule(ws: Workspace, node: Extract<Command, { kind: 'replace' }>): void {
	const { table, chain: found } = ws.chain(node);
	const chain = ws.draft.editChain(table, found);
	const at = ruleAt(ws, chain, node.handle);
	chain.rules[at] = ws.makeRule(table, node.rule, chain.rules[at]!.handle);
}
